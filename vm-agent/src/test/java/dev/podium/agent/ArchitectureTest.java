package dev.podium.agent;

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

/// Who may use whom in the agent. A new arrow is a decision: make it here, with its reason.
class ArchitectureTest {
  private static final PackageArrows ARROWS = PackageArrows.of("dev.podium.agent");
  private static final Set<String> ROWS = new ConcurrentSkipListSet<>();

  /// Each package, and what of Podium's it may use beside itself.
  ///
  /// `wire.cloud` is time alone for all but `bridge`, `duty` and the wiring: see below.
  @ParameterizedTest(name = "{0} uses only {1}")
  @CsvSource(
      nullValues = "nothing",
      delimiter = '|',
      value = {
        ".      | /wire.chat /wire.cloud /wire.google.pubsub /wire.invite /wire.model bridge chat door duty room web",
        "bridge | /wire.chat /wire.cloud /wire.model people room",
        "chat   | /wire.chat /wire.cloud door metric people room",
        "door   | /wire.chat /wire.cloud /wire.invite people room",
        "duty   | /wire.chat /wire.cloud /wire.model /wire.text people room",
        "metric | nothing",
        "people | /wire.chat /wire.cloud",
        "room   | /wire.chat /wire.cloud people",
        "web    | /wire.cloud /wire.invite /wire.model chat door metric people room",
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
            "dev.podium.agent.duty")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..")
        .check(ARROWS.classes());
  }
}
