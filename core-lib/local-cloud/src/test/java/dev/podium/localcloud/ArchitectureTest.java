package dev.podium.localcloud;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.podium.testing.PackageArrows;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may know whom in this module. A new arrow is a decision: make it here, with its reason.
class ArchitectureTest {
  /// Each package, and what of Podium's it may use beside itself.
  ///
  /// - The servers share only the cloud's truth, and two forms of answers: `error`, in which all
  ///   refuse, and `partial`.
  /// - Nothing of Podium's beside this module is on its class path.
  private static final PackageArrows ARROWS =
      PackageArrows.of(
          "dev.podium.localcloud",
          """
          .                        | administration compute compute.fault compute.request error identity machine machine.qemu metadata pubsub state state.compute state.fault state.instance state.messaging state.project state.storage state.token storage
          administration           | error state state.project state.token
          compute                  | compute.body compute.fault compute.list compute.request compute.resource compute.rule partial state state.compute state.fault state.place state.project state.token
          compute.body             | compute.request state state.compute state.instance state.place state.resource state.storage
          compute.fault            | compute.body compute.request compute.resource state state.compute state.fault state.instance state.token
          compute.list             | compute.request state
          compute.request          | error state state.compute state.instance state.operation state.place state.project state.storage state.token
          compute.resource         | compute.body compute.list compute.request compute.rule state state.compute state.fault state.instance state.operation state.place state.project state.resource
          compute.rule             | compute.request state state.compute state.instance state.place state.project state.resource
          error                    |
          identity                 | state.token
          machine                  | state state.fault state.instance
          machine.qemu             | machine state.fault state.instance
          metadata                 | error state state.compute state.instance state.resource state.token
          partial                  |
          pubsub                   | error partial pubsub.form pubsub.stream state state.fault state.messaging state.messaging.model state.project state.token
          pubsub.form              | state.messaging.model
          pubsub.stream            | pubsub.form state.messaging state.messaging.delivery state.messaging.model
          state                    |
          state.compute            | state state.fault state.instance state.operation state.place state.resource
          state.fault              | state state.place
          state.instance           | state state.fault
          state.messaging          | state.fault state.messaging.delivery state.messaging.log state.messaging.model
          state.messaging.delivery | state.fault state.messaging.log state.messaging.model
          state.messaging.log      | state.messaging.model
          state.messaging.model    |
          state.operation          | state
          state.place              |
          state.project            | state state.fault state.token
          state.resource           | state state.instance
          state.storage            | state
          state.token              |
          storage                  | state state.project state.storage state.token storage.form
          storage.form             | partial state state.storage
          """);

  @TestFactory
  Stream<DynamicTest> packages_use_only_what_they_may() {
    return ARROWS.tests();
  }

  @Test
  void the_clouds_truth_needs_the_jdk_alone() {
    classes()
        .that()
        .resideInAPackage("dev.podium.localcloud.state..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.podium.localcloud.state..", "java..", "org.jspecify..")
        .check(ARROWS.classes());
  }

  @ParameterizedTest
  @CsvSource({"compute", "pubsub", "identity", "metadata", "machine", "storage"})
  @CsvSource({"administration", "compute", "pubsub", "identity", "metadata", "machine"})
  void no_server_knows_another(String server) {
    noClasses()
        .that()
        .resideInAPackage("dev.podium.localcloud." + server + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.podium.localcloud..")
                .and(
                    not(
                        resideInAnyPackage(
                            "dev.podium.localcloud." + server + "..",
                            "dev.podium.localcloud.state..",
                            "dev.podium.localcloud.error",
                            "dev.podium.localcloud.partial"))))
        .check(ARROWS.classes());
  }
}
