package dev.podium.fleet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.testing.PackageArrows;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may know whom in this module. A new arrow is a decision: make it here, with its reason.
class ArchitectureTest {
  private static final PackageArrows ARROWS = PackageArrows.of("dev.podium.fleet");
  private static final Set<String> ROWS = new ConcurrentSkipListSet<>();

  /// Each package, and what of Podium's it may use beside itself.
  ///
  /// - Policy, scaler, leaks and health know none of the sequences that use them.
  /// - `facade` puts the parts together, so it alone may know them all.
  /// - The adapters take tokens through a port; they do not know how an operator signed in.
  @ParameterizedTest(name = "{0} uses only {1}")
  @CsvSource(
      nullValues = "nothing",
      delimiter = '|',
      value = {
        ".              | /wire.model event leaks model policy",
        "admission      | . /wire.chat /wire.cloud /wire.invite /wire.model cloud directory event invite model policy scaler",
        "api            | . /wire.model api.call api.http api.instance config",
        "api.call       | . /wire.model /wire.text api.http api.instance event leaks model policy",
        "api.http       | /wire.model",
        "api.instance   | api.http event model",
        "auth           | /wire.cloud /wire.model /wire.text config",
        "cloud          | /wire.text model",
        "config         | /wire.model /wire.text",
        "directory      | /wire.cloud /wire.model cloud event health.record model",
        "event          | model",
        "facade         | . /wire.chat /wire.cloud /wire.model admission cloud directory event health health.sight invite leaks model policy scaler vm",
        "google         | /wire.cloud /wire.google /wire.google.pubsub /wire.model cloud config google.compute model",
        "google.compute | /wire.cloud /wire.google /wire.model /wire.text cloud config model",
        "health         | /wire.chat /wire.cloud /wire.model cloud event health.ending health.record health.rules health.sight model",
        "health.ending  | /wire.cloud /wire.model /wire.text cloud health.record model",
        "health.record  | /wire.chat /wire.model /wire.text cloud event model",
        "health.rules   | /wire.chat /wire.text event health.record model",
        "health.sight   | /wire.chat /wire.cloud /wire.model /wire.text health.record model",
        "invite         | /wire.invite /wire.model /wire.text config",
        "leaks          | /wire.cloud /wire.model /wire.text cloud directory event model policy",
        "model          | /wire.cloud /wire.model /wire.text",
        "policy         | /wire.invite /wire.model /wire.text health.record model",
        "scaler         | /wire.chat /wire.cloud /wire.model /wire.text event health model policy",
        "vm             | . /wire.chat /wire.cloud /wire.model /wire.text cloud directory event health health.record model policy scaler",
      })
  void a_package_uses_only_what_it_may(String name, @Nullable String allowed) {
    ARROWS.check(name, allowed == null ? "" : allowed);
    ROWS.add(name);
  }

  @AfterAll
  static void every_package_has_its_row() {
    assertThat(ROWS).containsAll(ARROWS.packages());
  }

  @Test
  void no_packages_know_each_other_in_a_circle() {
    ARROWS.checkNoCircle();
  }

  @Test
  void the_model_needs_the_jdk_alone() {
    classes()
        .that()
        .resideInAPackage("dev.podium.fleet.model")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.podium.fleet.model",
            "dev.podium.wire.model",
            "dev.podium.wire.text",
            "java..",
            "org.jspecify..")
        .check(ARROWS.classes());
  }

  @Test
  void only_the_adapters_know_googles_classes() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.podium.fleet.google..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google..", "io.grpc..")
        .check(ARROWS.classes());
  }

  /// A simulator runs the same rules over years of a fleet, so they own neither time nor threads.
  @Test
  void the_rules_are_pure() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.podium.fleet.health.rules",
            "dev.podium.fleet.health.record",
            "dev.podium.fleet.policy")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.io..", "java.util.concurrent.locks..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(ARROWS.classes());
  }
}
