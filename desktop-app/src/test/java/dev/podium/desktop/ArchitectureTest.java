package dev.podium.desktop;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.podium.fleet.Fleet;
import dev.podium.testing.PackageArrows;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The arrows of the architecture: who may know whom.
class ArchitectureTest {
  private static final String ROOT = "dev.podium.desktop";

  /// Each package, and what of Podium's it may use beside itself.
  ///
  /// A feature of the window knows the fleet and no cloud behind it, no other feature and not the
  /// shell. The command line knows nothing of the window.
  private static final PackageArrows ARROWS =
      PackageArrows.of(
          "dev.podium.desktop",
          """
          .            | /fleet /fleet.acceptance /fleet.auth /fleet.config /fleet.google.project /fleet.image /fleet.image.desk /fleet.image.publish /fleet.model /fleet.policy /fleet.preflight /localcloud /wire.cloud /wire.model cli cli.text fx image profile program program.image program.open settings setup shell signin system
          activity     | /fleet.event /fleet.model control control.failure fx
          cli          | /wire.model cli.client cli.fault cli.fleet cli.image cli.instance cli.key cli.people cli.policy cli.profile cli.server cli.terminal cli.text program
          cli.client   | /wire.model cli.text program
          cli.fault    | /wire.model /wire.text cli.client cli.text program
          cli.fleet    | /fleet.acceptance /fleet.event /fleet.preflight /fleet.preflight.check /wire.model /wire.text cli.client cli.text program
          cli.image    | /fleet.config /fleet.image /fleet.image.desk /fleet.image.publish /wire.model /wire.text cli.client cli.text program program.image
          cli.instance | /wire.model /wire.text cli.client cli.fleet cli.text program
          cli.key      | /fleet.api.key /wire.model /wire.text cli.client cli.fleet cli.text program
          cli.people   | /wire.model cli.client cli.fleet program
          cli.policy   | /fleet.api.call /fleet.policy /wire.text cli.client cli.fleet cli.text program
          cli.server   | cli.client cli.text program
          cli.terminal | cli.text
          cli.text     | /wire.model /wire.text
          control      | /fleet.model /wire.text
          control.failure | /fleet.model /wire.model /wire.text control
          create       | /fleet /fleet.model /fleet.model.offer /fleet.policy /wire.text control control.failure fx
          ending       | /fleet /fleet.model /wire.cloud /wire.model /wire.text control control.failure fx
          details      | /fleet /fleet.health.record /fleet.model /fleet.policy /wire.text control control.failure fx
          fleet        | /fleet /fleet.event /fleet.model /wire.text control control.failure fx
          fx           | /fleet.event /fleet.model
          image        | /fleet.image /fleet.image.publish /wire.text control control.failure fx
          invite       | /fleet /fleet.model /wire.text control control.failure fx
          leaks        | /fleet /fleet.leaks control control.failure fx
          preflight    | /fleet.preflight /fleet.preflight.check /wire.text control control.failure fx
          setup        | /fleet.config control control.failure fx preflight profile
          profile      | /fleet.config control control.failure fx
          people       | /fleet /fleet.model /wire.model /wire.text control control.failure fx
          policy       | /fleet /fleet.model /fleet.model.offer /fleet.policy /wire.text control control.failure fx
          cli.profile  | /fleet.config /wire.model cli.text program
          program      | /fleet.acceptance /fleet.config /fleet.image.desk /fleet.preflight /wire.model
          program.image | /fleet.cloud /fleet.config /fleet.google /fleet.health.record /fleet.image.desk /fleet.image.publish /fleet.policy /wire.cloud /wire.model program program.open
          program.open | /fleet /fleet.acceptance /fleet.api /fleet.api.key /fleet.auth /fleet.cloud /fleet.config /fleet.directory /fleet.event /fleet.facade /fleet.google /fleet.google.project /fleet.health.record /fleet.invite /fleet.leaks /fleet.policy /fleet.preflight /fleet.preflight.check /fleet.preflight.fact /fleet.scaler /localcloud /localcloud.state.fault /wire.cloud /wire.model program system
          settings     | control fx
          shell        | /fleet /fleet.event /fleet.model /wire.cloud /wire.model /wire.text activity control control.failure create details ending fleet fx image invite leaks people policy preflight profile settings setup signin system
          signin       | /fleet /fleet.preflight control control.failure fx image
          system       | /wire.model
          """);

  private static final JavaClasses CLASSES = ARROWS.classes();

  @TestFactory
  Stream<DynamicTest> packages_use_only_what_they_may() {
    return ARROWS.tests();
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
  void the_command_line_knows_no_toolkit() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".cli..", ROOT + ".program..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("javafx.."))
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
