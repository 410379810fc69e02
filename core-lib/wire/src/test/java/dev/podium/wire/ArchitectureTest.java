package dev.podium.wire;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.podium.testing.PackageArrows;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Who may know whom in this module. A new arrow is a decision: make it here, with its reason.
class ArchitectureTest {
  /// Each package, and what of Podium's it may use beside itself.
  private static final PackageArrows ARROWS =
      PackageArrows.of(
          "dev.podium.wire",
          """
          chat          | identity model name
          cloud         | model
          google        | cloud model
          google.pubsub | cloud google model
          identity      |
          invite        | identity model
          model         |
          name          |
          pulse         | chat cloud identity model
          text          |
          """);

  @TestFactory
  Stream<DynamicTest> packages_use_only_what_they_may() {
    return ARROWS.tests();
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
  void the_names_need_the_jdk_alone() {
    classes()
        .that()
        .resideInAPackage("dev.podium.wire.name")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.podium.wire.name", "java..", "org.jspecify..")
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
