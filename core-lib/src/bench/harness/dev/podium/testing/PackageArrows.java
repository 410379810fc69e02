package dev.podium.testing;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// The arrows of a module: which of its packages may use which others of Podium's.
///
/// @param root the module's first package, such as `dev.podium.fleet`
/// @param allowed by package below the root: what it may use beside itself
/// @param classes the module's classes, without its tests
public record PackageArrows(String root, Map<String, Set<String>> allowed, JavaClasses classes) {
  private static final String OURS = "dev.podium";

  /// Reads the module's classes from the class path.
  ///
  /// @param table a line for each package: its name, a bar, and the names of what it may use, with
  ///   blanks between. Names are below the root, `.` is the root itself; those after a slash are of
  ///   other modules, below `dev.podium`
  public static PackageArrows of(String root, String table) {
    Map<String, Set<String>> allowed = new TreeMap<>();
    table
        .lines()
        .map(line -> line.split("\\|", -1))
        .forEach(row ->
            allowed.put(
                row[0].strip(),
                Stream.of(row[1].strip().split("\\s+", -1))
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new))));
    return new PackageArrows(
        root,
        allowed,
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(root));
  }

  /// A test for each line of the table, one that no package lacks its line, and one that no
  /// packages know each other in a circle.
  public Stream<DynamicTest> tests() {
    return Stream.concat(
        allowed.entrySet().stream().map(row -> arrow(row.getKey(), row.getValue())),
        Stream.of(
            dynamicTest(
                "every package has its line",
                () -> assertThat(packages()).isEqualTo(allowed.keySet())),
            dynamicTest(
                "no packages know each other in a circle",
                () -> slices().matching(OURS + ".(**)").should().beFreeOfCycles().check(classes))));
  }

  private DynamicTest arrow(String name, Set<String> uses) {
    return dynamicTest(name + " uses only " + uses, () -> checkUses(name, uses));
  }

  private void checkUses(String name, Set<String> uses) {
    Set<String> may = new TreeSet<>(Set.of(full(name)));
    uses.forEach(each -> may.add(full(each)));
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

  private Set<String> packages() {
    Set<String> found = new TreeSet<>();
    for (JavaClass each : classes) {
      String name = each.getPackageName();
      found.add(name.equals(root) ? "." : name.substring(root.length() + 1));
    }
    return found;
  }

  private String full(String name) {
    if (name.startsWith("/")) {
      return OURS + "." + name.substring(1);
    }
    return name.equals(".") ? root : root + "." + name;
  }

  private static String packageOf(JavaClass used) {
    return used.getBaseComponentType().getPackageName();
  }
}
