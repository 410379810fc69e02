package dev.podium.wire;

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
  private static final PackageArrows ARROWS = PackageArrows.of("dev.podium.wire");
  private static final Set<String> ROWS = new ConcurrentSkipListSet<>();

  /// Each package, and what of Podium's it may use beside itself.
  @ParameterizedTest(name = "{0} uses only {1}")
  @CsvSource(
      nullValues = "nothing",
      delimiter = '|',
      value = {
        "chat          | model",
        "cloud         | nothing",
        "google        | cloud model",
        "google.pubsub | cloud google model",
        "invite        | model",
        "model         | nothing",
        "text          | nothing",
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
        .resideInAPackage("dev.podium.wire.model")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.podium.wire.model", "java..", "org.jspecify..")
        .check(ARROWS.classes());
  }

  @Test
  void the_text_needs_the_jdk_alone() {
    classes()
        .that()
        .resideInAPackage("dev.podium.wire.text")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.podium.wire.text", "java..", "org.jspecify..")
        .check(ARROWS.classes());
  }

  @Test
  void only_the_adapter_knows_googles_classes() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.podium.wire.google..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google..", "io.grpc..")
        .check(ARROWS.classes());
  }

  /// Each VM runs this, and the compute client is large.
  @Test
  void the_bus_needs_nothing_of_the_compute_client() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.cloud.compute..", "com.google.api.gax.httpjson..")
        .check(ARROWS.classes());
  }

  @Test
  void invites_are_verified_with_the_jdk_and_jackson_alone() {
    classes()
        .that()
        .resideInAPackage("dev.podium.wire.invite")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.podium.wire..", "java..", "com.fasterxml.jackson..", "org.jspecify..")
        .check(ARROWS.classes());
  }
}
