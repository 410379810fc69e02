package dev.podium.fleet.health.ending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.cloud.ComputeCloud.PastDeletion;
import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.health.ending.LastLook.Ask;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.testing.HealthTable;
import dev.podium.wire.cloud.ClockReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What a last look makes of the deletions that the cloud has on record.
class LastLookPastTest {
  private static PastDeletion deletion(UUID request, String vmId, Instant accepted) {
    return new PastDeletion(vmId, Optional.of(request), accepted);
  }

  @Test
  void which_vms_ended_for_their_health_the_cloud_tells_and_how_long_ago_by_its_own_clock() {
    LastLookTalk talk = new LastLookTalk(End.DELETE_DEAD);
    Instant claimed = talk.cloudTime;
    Vm other = HealthTable.machine(VmState.RUNNING, Map.of());
    UUID health = DeletionId.of("f", other, true, 2);
    talk.deletions =
        List.of(
            deletion(health, other.id(), claimed.minus(Duration.ofMinutes(7))),
            deletion(DeletionId.of("f", other, false, 0), other.id(), claimed.minusSeconds(1)),
            deletion(DeletionId.of("g", other, true, 0), other.id(), claimed.minusSeconds(2)),
            deletion(health, "78", claimed.minusSeconds(3)),
            new PastDeletion(other.id(), Optional.empty(), claimed));
    talk.claimed();
    long seen = ClockReading.of(talk.ticker).nanos();
    talk.ticker.pass(Duration.ofSeconds(4));
    talk.until(Ask.Deletions.class);
    assertThat(talk.ask()).isEqualTo(new Ask.Deletions(claimed.minus(Duration.ofMinutes(30))));
    talk.until(Ask.Consent.class);

    LastLook.Others others = ((Ask.Consent) talk.ask()).others().orElseThrow();
    assertThat(others.ended())
        .containsExactly(new HealthEnd(other.id(), seen - Duration.ofMinutes(7).toNanos()));
  }

  @Test
  void what_ended_after_the_claim_was_taken_ended_now_at_the_latest() {
    LastLookTalk talk = new LastLookTalk(End.DELETE_DEAF);
    Vm other = HealthTable.machine(VmState.RUNNING, Map.of());
    UUID health = DeletionId.of("f", other, true, 0);
    talk.probe = new HealthProbe.Result.Answered(true, "b", "ok", 0, 2_000);
    talk.deletions = List.of(deletion(health, other.id(), talk.cloudTime.plusSeconds(9)));
    talk.claimed().until(Ask.Consent.class);

    LastLook.Others others = ((Ask.Consent) talk.ask()).others().orElseThrow();
    assertThat(others.ended())
        .containsExactly(new HealthEnd(other.id(), ClockReading.of(talk.ticker).nanos()));
  }
}
