package dev.podium.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Who may use whom in the agent. Every package may use the JDK, jspecify and slf4j.
class ArchitectureTest {
  private static final JavaClasses AGENT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.podium.agent");

  /// `core.cloud` here is `Ticker` alone: time is injected.
  @Test
  void rooms_are_pure_state_over_the_words_of_the_chat() {
    onlyUses("dev.podium.agent.room", "dev.podium.core.model", "dev.podium.core.chat");
    noClasses()
        .that()
        .resideInAPackage("dev.podium.agent.room")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.io..", "java.util.concurrent.locks..", "io.netty..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .check(AGENT);
  }

  @Test
  void the_web_knows_rooms_and_invites() {
    onlyUses(
        "dev.podium.agent.web",
        "dev.podium.agent.room",
        "dev.podium.core.invite",
        "dev.podium.core.chat",
        "dev.podium.core.model");
  }

  @Test
  void the_bridge_knows_rooms_and_the_bus() {
    onlyUses(
        "dev.podium.agent.bridge",
        "dev.podium.agent.room",
        "dev.podium.core.chat",
        "dev.podium.core.cloud",
        "dev.podium.core.model");
  }

  @Test
  void duties_know_rooms_and_what_is_said_between_vms() {
    onlyUses(
        "dev.podium.agent.duty",
        "dev.podium.agent.room",
        "dev.podium.core.chat",
        "dev.podium.core.cloud",
        "dev.podium.core.model");
  }

  @Test
  void only_the_wiring_knows_googles_adapter_and_nobody_the_compute_client() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.podium.agent.*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.podium.core.cloud.google..", "com.google..")
        .check(AGENT);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.google.cloud.compute..",
            "dev.podium.localcloud..",
            "dev.podium.core.fleet..",
            "dev.podium.core.health..",
            "dev.podium.core.event..")
        .check(AGENT);
  }

  @Test
  void netty_stays_in_the_web_and_the_wiring() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.podium.agent.room", "dev.podium.agent.bridge", "dev.podium.agent.duty")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..")
        .check(AGENT);
  }

  private static void onlyUses(String who, String... whom) {
    DescribedPredicate<JavaClass> ours =
        DescribedPredicate.describe(
            "Podium's own", used -> used.getPackageName().startsWith("dev.podium"));
    DescribedPredicate<JavaClass> allowed =
        DescribedPredicate.describe(
            who + " or one of " + Arrays.toString(whom),
            used ->
                used.getPackageName().equals(who)
                    || Arrays.asList(whom).contains(used.getPackageName())
                    || used.getFullName().startsWith("dev.podium.core.cloud.Ticker"));
    classes()
        .that()
        .resideInAPackage(who)
        .should()
        .onlyDependOnClassesThat(DescribedPredicate.not(ours).or(allowed))
        .check(AGENT);
  }
}
