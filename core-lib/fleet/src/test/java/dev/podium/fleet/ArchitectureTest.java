package dev.podium.fleet;

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
  ///
  /// - Policy, scaler, leaks and health know none of the sequences that use them.
  /// - `facade` puts the parts together, so it alone may know them all.
  /// - The adapters take tokens through a port; they do not know how an operator signed in.
  private static final PackageArrows ARROWS =
      PackageArrows.of(
          "dev.podium.fleet",
          """
          .              | /wire.model event leaks model model.offer policy
          acceptance     | . /wire.chat /wire.cloud /wire.model /wire.text cloud leaks model model.offer
          admission      | . /wire.chat /wire.cloud /wire.invite /wire.model cloud directory event invite model policy scaler
          api            | . /wire.model api.call api.http api.instance api.key api.people
          api.call       | . /wire.model /wire.text api.http api.instance api.key event leaks model model.offer policy
          api.http       | /wire.model
          api.instance   | /wire.model api.http event model model.offer
          api.key        | /wire.model config
          api.people     | . /wire.model api.http model
          auth           | /wire.cloud /wire.google /wire.model /wire.text config
          cloud          | /wire.model /wire.text model model.offer
          config         | /wire.model
          directory      | /wire.cloud /wire.model cloud config event health.record model model.offer
          event          | model
          facade         | . /wire.chat /wire.cloud /wire.model /wire.pulse admission cloud config directory event health health.record health.sight identity invite leaks model model.offer policy scaler vm
          google         | /wire.chat /wire.cloud /wire.google /wire.google.pubsub /wire.model cloud config google.compute google.compute.failure google.image image model model.offer
          google.compute | /wire.cloud /wire.google /wire.model /wire.text cloud config google.compute.failure model model.offer
          google.compute.failure | /wire.google /wire.model
          google.image   | /wire.cloud /wire.google /wire.model config google.compute google.compute.failure image
          google.project | . /wire.chat /wire.cloud /wire.google /wire.google.pubsub /wire.model config google google.compute google.compute.failure policy preflight preflight.fact
          health         | /wire.chat /wire.cloud /wire.model /wire.pulse cloud event health.ending health.record health.rules health.sight identity model
          health.ending  | /wire.cloud /wire.model /wire.text cloud health.record model
          health.record  | /wire.chat /wire.cloud /wire.model /wire.text cloud event model
          health.rules   | /wire.chat /wire.cloud /wire.text event health.record model
          health.sight   | /wire.chat /wire.cloud /wire.model /wire.pulse /wire.text cloud health.record model
          identity       | /wire.chat /wire.cloud /wire.identity /wire.model /wire.pulse cloud directory event invite model
          image          | /wire.model
          image.bake     | /wire.cloud /wire.model /wire.text cloud image image.publish model model.offer
          image.desk     | /wire.cloud /wire.model cloud image image.bake image.publish
          image.publish  | /wire.chat /wire.cloud /wire.model /wire.text cloud image model model.offer
          invite         | /wire.chat /wire.identity /wire.invite /wire.model /wire.text config
          leaks          | /wire.cloud /wire.model /wire.text cloud directory event health.record model
          model          | /wire.model /wire.text model.offer
          model.offer    |
          preflight      | /wire.model preflight.check preflight.fact
          preflight.check | /wire.google /wire.model /wire.text config google model model.offer preflight.fact
          preflight.fact | /wire.google config
          policy         | /wire.invite /wire.model /wire.text health.record model model.offer
          scaler         | /wire.chat /wire.cloud /wire.model /wire.text event health model policy
          vm             | . /wire.cloud /wire.model /wire.text cloud directory event health health.record model model.offer policy scaler
          """);

  @TestFactory
  Stream<DynamicTest> packages_use_only_what_they_may() {
    return ARROWS.tests();
  }

  @Test
  void the_model_needs_the_jdk_alone() {
    classes()
        .that()
        .resideInAPackage("dev.podium.fleet.model..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.podium.fleet.model..",
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
