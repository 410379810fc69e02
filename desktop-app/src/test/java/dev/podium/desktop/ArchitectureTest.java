package dev.podium.desktop;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.podium.core.cloud.Ticker;
import dev.podium.core.fleet.Fleet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The arrows of the architecture: who may know whom.
class ArchitectureTest {
  private static final String ROOT = "dev.podium.desktop";

  static final List<String> FEATURES =
      List.of(
          "signin",
          "fleet",
          "create",
          "destroy",
          "invite",
          "details",
          "activity",
          "leaks",
          "policy",
          "settings");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void the_shared_part_knows_only_events_and_the_words_of_the_product() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".fx")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("dev.podium..")
                .and(
                    not(
                        resideInAnyPackage(
                            ROOT + ".fx", "dev.podium.core.event", "dev.podium.core.model"))))
        .check(CLASSES);
  }

  @ParameterizedTest
  @FieldSource("FEATURES")
  void a_feature_knows_no_other_feature_nor_the_shell(String feature) {
    String own = ROOT + "." + feature + "..";
    noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(own, ROOT + ".fx"))))
        .check(CLASSES);
  }

  @ParameterizedTest
  @FieldSource("FEATURES")
  void a_feature_knows_the_fleet_and_no_cloud_behind_it(String feature) {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + feature + "..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("dev.podium..")
                .and(
                    not(
                        resideInAnyPackage(
                            ROOT + "..",
                            "dev.podium.core.model",
                            "dev.podium.core.event",
                            "dev.podium.core.fleet")))
                // The clocks are a port, but no cloud.
                .and(not(type(Ticker.class))))
        .check(CLASSES);
  }

  @Test
  void a_view_model_never_sees_a_control() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("ViewModel")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javafx.scene..", "javafx.stage..", "atlantafx..", "org.kordamp..")
        .check(CLASSES);
  }

  @Test
  void a_view_never_sees_a_core_service() {
    noClasses().that(areViews()).should().dependOnClassesThat(type(Fleet.class)).check(CLASSES);
  }

  @Test
  void only_the_bridge_hops_to_the_windows_thread() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "..")
        .and()
        .doNotHaveSimpleName("EventBridge")
        .should()
        .callMethod(javafx.application.Platform.class, "runLater", Runnable.class)
        .check(CLASSES);
  }

  @Test
  void only_the_start_and_the_shell_know_the_shell() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".shell")
        .should()
        .onlyBeAccessed()
        .byAnyPackage(ROOT, ROOT + ".shell")
        .check(CLASSES);
  }

  @Test
  void the_command_line_knows_nothing_of_the_window() {
    String[] window =
        Stream.concat(FEATURES.stream(), Stream.of("fx", "shell"))
            .map(each -> ROOT + "." + each + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".cli..")
        .should()
        .dependOnClassesThat(resideInAnyPackage(window).or(resideInAnyPackage("javafx..")))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> areViews() {
    return DescribedPredicate.describe(
        "use controls",
        each ->
            each.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency ->
                    dependency.getTargetClass().getPackageName().startsWith("javafx.scene.")));
  }
}
