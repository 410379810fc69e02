package dev.podium.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.podium.testing.PackageArrows;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Who may use whom in the agent. A new arrow is a decision: make it here, with its reason.
class ArchitectureTest {
  /// Each package, and what of Podium's it may use beside itself.
  ///
  /// `wire.cloud` is time alone for all but `bridge`, `duty` and the wiring: see below.
  private static final PackageArrows ARROWS =
      PackageArrows.of(
          "dev.podium.agent",
          """
          .      | /wire.chat /wire.cloud /wire.google.pubsub /wire.identity /wire.invite /wire.model /wire.pulse bridge chat door duty metric room trust web
          bridge | /wire.chat /wire.cloud /wire.identity /wire.model /wire.pulse people room trust
          chat   | /wire.chat /wire.cloud door metric people room
          door   | /wire.chat /wire.cloud /wire.invite people room
          duty   | /wire.chat /wire.cloud /wire.model /wire.text people room
          metric |
          people | /wire.chat /wire.cloud /wire.identity
          room   | /wire.chat /wire.cloud /wire.identity /wire.model /wire.name people
          trust  | /wire.chat /wire.cloud /wire.identity /wire.invite /wire.pulse people room
          web    | /wire.cloud /wire.invite /wire.model chat door metric people room
          """);

  @TestFactory
  Stream<DynamicTest> packages_use_only_what_they_may() {
    return ARROWS.tests();
  }

  @Test
  void rooms_and_people_are_pure_state() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.podium.agent.room", "dev.podium.agent.people")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.io..", "java.util.concurrent.locks..", "io.netty..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .check(ARROWS.classes());
  }

  @Test
  void only_the_bridge_duties_and_the_wiring_know_the_bus() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.podium.agent", "dev.podium.agent.bridge", "dev.podium.agent.duty")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("dev\\.podium\\.wire\\.cloud\\.(MessageBus|AccessTokens).*")
        .check(ARROWS.classes());
  }

  @Test
  void only_the_wiring_knows_googles_adapter() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.podium.agent.*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.podium.wire.google..", "com.google..")
        .check(ARROWS.classes());
  }

  @Test
  void netty_stays_in_the_chat_the_web_and_the_wiring() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.podium.agent.room",
            "dev.podium.agent.people",
            "dev.podium.agent.metric",
            "dev.podium.agent.bridge",
            "dev.podium.agent.trust",
            "dev.podium.agent.duty")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..")
        .check(ARROWS.classes());
  }
}
