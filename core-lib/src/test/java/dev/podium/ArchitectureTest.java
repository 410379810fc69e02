package dev.podium;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may know whom in this module. A new arrow is a decision: make it here, with its reason.
class ArchitectureTest {
  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.podium.core", "dev.podium.localcloud");

  /// Each package, and what it may use of ours beside itself.
  ///
  /// - `cloud.google` takes its tokens from `auth`, which knows nothing of it.
  /// - `invite` and `api` keep their keys in `config`'s private files.
  /// - `health` reads what VMs say in `chat`'s words; `fleet` drives `health`, and signs with
  ///   `invite`.
  @ParameterizedTest(name = "core.{0} uses only {1}")
  @CsvSource(
      nullValues = "nothing",
      delimiter = '|',
      value = {
        "model        | nothing",
        "config       | model",
        "event        | model",
        "cloud        | model",
        "cloud.google | cloud auth config model",
        "auth         | config cloud model",
        "invite       | config model",
        "chat         | model",
        "health       | model event cloud chat",
        "fleet        | model event cloud chat health invite",
        "api          | fleet event model config",
      })
  void a_package_of_the_core_uses_only_what_it_may(String name, String allowed) {
    String[] allowedPackages = (name + (allowed == null ? "" : " " + allowed)).split(" ", -1);
    for (int i = 0; i < allowedPackages.length; i++) {
      allowedPackages[i] = "dev.podium.core." + allowedPackages[i];
    }
    classes()
        .that()
        .resideInAPackage("dev.podium.core." + name)
        .should()
        .onlyDependOnClassesThat(notOursOrIn(allowedPackages))
        .allowEmptyShould(true)
        .check(MODULE);
  }

  @Test
  void the_model_needs_the_jdk_alone() {
    classes()
        .that()
        .resideInAPackage("dev.podium.core.model")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.podium.core.model", "java..", "org.jspecify..")
        .check(MODULE);
  }

  @Test
  void the_core_and_the_local_cloud_meet_only_over_the_wire() {
    noClasses()
        .that()
        .resideInAPackage("dev.podium.core..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.podium.localcloud..")
        .check(MODULE);
    noClasses()
        .that()
        .resideInAPackage("dev.podium.localcloud..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.podium.core..")
        .check(MODULE);
  }

  @Test
  void only_the_adapters_know_googles_classes() {
    noClasses()
        .that()
        .resideInAPackage("dev.podium.core..")
        .and()
        .resideOutsideOfPackage("dev.podium.core.cloud.google")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google..", "io.grpc..")
        .check(MODULE);
  }

  @Test
  void the_agents_bus_needs_nothing_of_the_compute_client() {
    noClasses()
        .that()
        .haveNameMatching(
            "dev\\.podium\\.core\\.cloud\\.google\\.(GoogleMessageBus|Pubsub.*|TopicPublisher|CloudCalls|RetryPolicy|ErrorContext|TokenCredentials)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.cloud.compute..", "com.google.api.gax.httpjson..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching(
            "dev\\.podium\\.core\\.cloud\\.google\\.(GoogleCloud|GoogleComputeCloud|Compute.*|Operation.*|Instances)")
        .check(MODULE);
  }

  @Test
  void invites_are_verified_with_the_jdk_and_jackson_alone() {
    classes()
        .that()
        .resideInAPackage("dev.podium.core.invite")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.podium.core..", "java..", "com.fasterxml.jackson..", "org.jspecify..")
        .check(MODULE);
  }

  @Test
  void nothing_here_knows_the_window() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javafx..", "dev.podium.desktop..", "dev.podium.agent..")
        .check(MODULE);
  }

  @Test
  void the_local_clouds_truth_needs_the_jdk_alone() {
    classes()
        .that()
        .resideInAPackage("dev.podium.localcloud.state")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.podium.localcloud.state", "java..", "org.jspecify..")
        .allowEmptyShould(true)
        .check(MODULE);
  }

  @ParameterizedTest(name = "localcloud.{0}")
  @CsvSource({"compute", "pubsub", "identity", "metadata", "machine"})
  void the_local_clouds_servers_share_only_its_truth(String server) {
    classes()
        .that()
        .resideInAPackage("dev.podium.localcloud." + server)
        .should()
        .onlyDependOnClassesThat(
            notOursOrIn(
                "dev.podium.localcloud." + server,
                "dev.podium.localcloud.state",
                // The one form in which every server of Google's refuses; it knows none of them.
                "dev.podium.localcloud.error"))
        .allowEmptyShould(true)
        .check(MODULE);
  }

  @Test
  void the_local_clouds_way_to_refuse_knows_none_of_its_servers() {
    classes()
        .that()
        .resideInAPackage("dev.podium.localcloud.error")
        .should()
        .onlyDependOnClassesThat(notOursOrIn("dev.podium.localcloud.error"))
        .check(MODULE);
  }

  @Test
  void no_packages_know_each_other_in_a_circle() {
    slices().matching("dev.podium.(**)").should().beFreeOfCycles().check(MODULE);
  }

  private static DescribedPredicate<JavaClass> notOursOrIn(String... packages) {
    return new DescribedPredicate<>("are in " + String.join(", ", packages) + " or not ours") {
      @Override
      public boolean test(JavaClass known) {
        JavaClass base = known.getBaseComponentType();
        if (!base.getPackageName().startsWith("dev.podium")) {
          return true;
        }
        for (String allowed : packages) {
          if (base.getPackageName().equals(allowed)) {
            return true;
          }
        }
        return false;
      }
    };
  }
}
