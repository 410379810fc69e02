package dev.podium.fleet.health.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.cloud.HealthProbe.Result.Answered;
import dev.podium.fleet.health.record.Observation;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.model.offer.VmResources;
import dev.podium.fleet.testing.HealthTable;
import dev.podium.fleet.testing.VmBuilder;
import dev.podium.wire.model.AccessProblem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A VM that Pub/Sub does not let in says so in the verdict, with what a person must do.
class AccessProblemTest {
  private static final String LINE =
      "gcloud projects add-iam-policy-binding class-1"
          + " --member=serviceAccount:7-compute@developer.gserviceaccount.com"
          + " --role=projects/class-1/roles/podiumVm";

  private final HealthTable table = HealthTable.standard();

  @BeforeEach
  void describe() {
    Vm vm =
        VmBuilder.like(HealthTable.machine(VmState.RUNNING, Map.of()))
            .resources(
                new VmResources("class-1", "7-compute@developer.gserviceaccount.com", true, "", 10))
            .build();
    table.see(new Observation.Listed(vm));
  }

  /// Each second the monitor ticks, and each probe is answered so.
  private void refused(AccessProblem problem, Duration span) {
    for (long second = 0; second < span.toSeconds(); second++) {
      table.pass(Duration.ofSeconds(1)).tick();
      if (table.vm.probes().inFlight()) {
        table.see(
            new Observation.Probed(
                new Answered(
                    false,
                    "b1",
                    "starting",
                    0,
                    0,
                    Map.of("bus", "it was refused"),
                    Optional.of(problem))));
      }
    }
  }

  @Test
  void it_is_named_at_once_with_the_account_and_the_line_that_grants_the_role() {
    refused(AccessProblem.ROLE_MISSING, Duration.ofSeconds(15));

    assertThat(table.health()).as("a new right takes minutes to hold").isEqualTo(Health.STARTING);
    assertThat(table.reason())
        .contains("its service account 7-compute@developer.gserviceaccount.com")
        .endsWith(LINE);
  }

  @Test
  void it_is_broken_after_a_while_and_stays_so_that_it_can_show_when_it_is_mended() {
    refused(AccessProblem.ROLE_MISSING, Duration.ofMinutes(6));
    assertThat(table.health()).isEqualTo(Health.BROKEN);
    assertThat(table.reason()).endsWith(LINE);

    refused(AccessProblem.ROLE_MISSING, Duration.ofHours(2));
    assertThat(table.health()).isEqualTo(Health.BROKEN);
    assertThat(table.ends()).isEmpty();

    table.beat().good().beats(2);
    assertThat(table.health()).isEqualTo(Health.HEALTHY);
    assertThat(table.vm.accessProblem()).isEmpty();
  }

  @Test
  void one_that_was_shut_out_and_falls_silent_is_given_up_as_any_other() {
    refused(AccessProblem.ROLE_MISSING, Duration.ofMinutes(6));
    table.silent(Duration.ofMinutes(6));
    assertThat(table.health()).isEqualTo(Health.CONDEMNED);
  }

  @Test
  void one_that_worked_before_says_why_its_heartbeats_stay_away() {
    table.ready().beats(3);
    refused(AccessProblem.ROLE_MISSING, Duration.ofMinutes(2));
    assertThat(table.health()).isEqualTo(Health.SUSPECT);
    assertThat(table.reason()).endsWith(LINE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SCOPE_MISSING | its access scopes leave Pub/Sub out | cloud-platform
          API_OFF       | the Pub/Sub API is switched off     | gcloud services enable pubsub.googleapis.com --project=class-1
          BILLING_OFF   | billing is off for project          | linkedaccount?project=class-1
          NO_ACCOUNT    | Pub/Sub does not know its service   | Name a service account
          """)
  void every_kind_has_its_reason_and_its_remedy(AccessProblem problem, String why, String remedy) {
    refused(problem, Duration.ofMinutes(6));
    assertThat(table.reason()).startsWith("broken: ").contains(why, remedy);
  }
}
