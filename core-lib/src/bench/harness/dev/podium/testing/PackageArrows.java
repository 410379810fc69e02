package dev.podium.testing;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Set;
import java.util.TreeSet;

/// Which packages of a module may use which others of Podium's: its arrows.
///
/// @param root the module's first package, such as `dev.podium.fleet`
/// @param classes the module's classes, without its tests
public record PackageArrows(String root, JavaClasses classes) {
  private static final String OURS = "dev.podium";

  /// Reads the module's classes from the class path.
  public static PackageArrows of(String root) {
    return new PackageArrows(
        root,
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(root));
  }

  /// Fails unless every class of a package uses only what it may of Podium's.
  ///
  /// @param name below the root; `.` is the root itself
  /// @param allowed names of packages with blanks between: below the root, or below `dev.podium` if
  ///   a slash comes before
  public void check(String name, String allowed) {
    Set<String> may = new TreeSet<>();
    may.add(full(name));
    for (String each : allowed.isBlank() ? new String[0] : allowed.strip().split("\\s+", -1)) {
      may.add(each.startsWith("/") ? OURS + "." + each.substring(1) : full(each));
    }
    ArchRuleDefinition.classes()
        .that()
        .resideInAPackage(full(name))
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.<JavaClass>describe(
                "are in one of " + may + " or not ours",
                used -> !packageOf(used).startsWith(OURS + ".") || may.contains(packageOf(used))))
        .check(classes);
  }

  /// The module's packages, below its root, as the table of its arrows names them.
  public Set<String> packages() {
    Set<String> found = new TreeSet<>();
    for (JavaClass each : classes) {
      String name = each.getPackageName();
      found.add(name.equals(root) ? "." : name.substring(root.length() + 1));
    }
    return found;
  }

  /// Fails if packages of the module know each other in a circle.
  public void checkNoCircle() {
    slices().matching(OURS + ".(**)").should().beFreeOfCycles().check(classes);
  }

  private String full(String name) {
    return name.equals(".") ? root : root + "." + name;
  }

  private static String packageOf(JavaClass used) {
    return used.getBaseComponentType().getPackageName();
  }
}
