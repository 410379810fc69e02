package dev.podium.agent.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.agent.ManualTicker;
import dev.podium.agent.people.Peers;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.identity.Ed25519PublicKey;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.identity.TextSigner;
import dev.podium.wire.identity.VerificationKey;
import dev.podium.wire.pulse.KnownKeys.Sender;
import dev.podium.wire.pulse.PulseCheck;
import dev.podium.wire.pulse.PulseRejection;
import dev.podium.wire.pulse.PulseSigner;
import dev.podium.wire.pulse.ReceivedPulse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which heartbeats are believed, on a clock of the test's own.
class ProvedHeartbeatsTest {
  private static final String FLEET = "class-a";
  private static final Duration BEAT = Duration.ofSeconds(5);

  private final ManualTicker ticker = new ManualTicker();
  private final Speaker ann = Speaker.vm(FLEET, ticker);
  private final Speaker eve = Speaker.vm(FLEET, ticker);
  private final Map<String, Sender> known = new HashMap<>();
  private final PulseCheck check =
      new PulseCheck(FLEET, key -> Optional.ofNullable(known.get(key)), Ed25519PublicKey::parse);
  private final Peers peers = new Peers(ticker);
  private final List<Long> believed = new ArrayList<>();
  private final ProvedHeartbeats heartbeats =
      new ProvedHeartbeats(
          check,
          ticker,
          (beat, heardNanos) -> {
            believed.add(beat.sequence());
            peers.heard(beat, heardNanos);
          });
  private int proofs;

  ProvedHeartbeatsTest() {
    known.put(ann.pair().publicKey().id(), new Sender.OfVm("vm-a", "1", counted(ann)));
    known.put(eve.pair().publicKey().id(), new Sender.OfVm("vm-e", "9", counted(eve)));
    peers.follow(
        new Roster(
            1, List.of(ann.entry("vm-a", "1", "http://a/", 50), eve.entry("vm-e", "9", "e", 1))));
  }

  private VerificationKey counted(Speaker of) {
    VerificationKey key = of.pair().publicKey();
    return new VerificationKey() {
      @Override
      public String id() {
        return key.id();
      }

      @Override
      public boolean verifies(String text, byte[] signature) {
        proofs++;
        return key.verifies(text, signature);
      }
    };
  }

  private static Pulse.Heartbeat beat(long sequence, int people) {
    return Speaker.beat("vm-a", "1", sequence, people, List.of());
  }

  private void hear(ReceivedPulse received) {
    heartbeats.heard(received, (Pulse.Heartbeat) received.pulse());
  }

  private ReceivedPulse annSays(long sequence) {
    return ann.says(beat(sequence, 3), ticker.wall());
  }

  /// Eve says it in Ann's name, with Ann's key id.
  private ReceivedPulse eveForges(long sequence) {
    return Speaker.forged(eve.says(beat(sequence, 3), ticker.wall()), ann);
  }

  private void second() {
    ticker.pass(Duration.ofSeconds(1));
    heartbeats.look();
    peers.expire();
  }

  @Test
  void an_idle_vm_costs_a_proof_every_ten_seconds_and_lives() {
    for (int second = 0; second < 600; second++) {
      if (second % BEAT.toSeconds() == 0) {
        hear(annSays(second));
      }
      second();
      assertThat(peers.living()).hasSize(1);
    }
    assertThat(proofs).isLessThanOrEqualTo(61);
  }

  @Test
  void what_changes_something_is_proved_at_once() {
    hear(annSays(1));
    ticker.pass(Duration.ofMillis(200));
    hear(ann.says(beat(2, 4), ticker.wall()));
    assertThat(believed).containsExactly(1L, 2L);
    ticker.pass(Duration.ofMillis(200));
    hear(Speaker.forged(eve.says(beat(3, 0), ticker.wall()), ann));
    assertThat(believed).containsExactly(1L, 2L);
    assertThat(check.rejected(PulseRejection.FORGED)).isEqualTo(1);
  }

  @Test
  void a_heartbeat_that_waited_counts_where_the_next_are_lost() {
    hear(annSays(1));
    ticker.pass(BEAT);
    hear(annSays(2));
    for (int second = 0; second < 15; second++) {
      second();
      assertThat(peers.living()).as("after %d s of silence", second + 1).hasSize(1);
    }
    second();
    assertThat(peers.living()).isEmpty();
  }

  @Test
  void forged_heartbeats_that_change_nothing_do_not_keep_a_dead_vm_alive() {
    hear(annSays(1));
    for (int second = 1; second <= 16; second++) {
      hear(eveForges(1 + second));
      second();
    }
    assertThat(peers.living()).isEmpty();
    assertThat(believed).containsExactly(1L);
  }

  @Test
  void a_flood_of_forged_heartbeats_does_not_hide_a_living_vm() {
    for (int second = 0; second < 120; second++) {
      if (second % BEAT.toSeconds() == 0) {
        hear(annSays(second));
      }
      for (int forged = 0; forged < 6; forged++) {
        hear(eveForges(second + 1 + forged));
      }
      second();
      assertThat(peers.living()).as("second %d", second).hasSize(1);
    }
  }

  @Test
  void heartbeats_of_a_vm_that_died_give_it_no_second_life_when_they_are_repeated() {
    hear(annSays(1));
    ticker.pass(Duration.ofSeconds(4));
    ReceivedPulse second = annSays(2);
    hear(second);
    ticker.pass(Duration.ofSeconds(4));
    ReceivedPulse third = annSays(3);
    hear(third);
    for (int passed = 0; passed < 30; passed++) {
      second();
      hear(at(second, ticker.wall()));
      hear(at(third, ticker.wall()));
    }
    assertThat(peers.living()).isEmpty();
  }

  @Test
  void a_heartbeat_that_was_lost_here_is_too_old_when_somebody_brings_it_later() {
    hear(annSays(1));
    ReceivedPulse lost = annSays(2);
    ticker.pass(ProvedHeartbeats.LATE.plusMillis(1));
    hear(at(lost, ticker.wall()));
    assertThat(check.rejected(PulseRejection.STALE)).isEqualTo(1);
    hear(annSays(3));
    assertThat(believed).containsExactly(1L, 3L);
  }

  @Test
  void a_sequence_that_jumps_further_than_time_allows_is_not_believed() {
    hear(annSays(1));
    ticker.pass(BEAT);
    hear(ann.says(beat(Long.MAX_VALUE, 9), ticker.wall()));
    hear(ann.says(beat(152, 9), ticker.wall()));
    assertThat(check.rejected(PulseRejection.IMPLAUSIBLE)).isEqualTo(2);
    hear(ann.says(beat(151, 9), ticker.wall()));
    assertThat(believed).containsExactly(1L, 151L);
  }

  @Test
  void another_vms_key_a_wrong_clock_and_no_signature_are_refused() {
    hear(eve.says(beat(1, 3), ticker.wall()));
    assertThat(check.rejected(PulseRejection.WRONG_SENDER)).isEqualTo(1);
    hear(ann.says(beat(1, 3), ticker.wall().plusSeconds(121)));
    hear(ann.says(beat(1, 3), ticker.wall().minusSeconds(121)));
    assertThat(check.rejected(PulseRejection.STALE)).isEqualTo(2);
    ReceivedPulse bare = annSays(1);
    hear(new ReceivedPulse(bare.pulse(), bare.body(), Optional.empty(), bare.published()));
    assertThat(check.rejected(PulseRejection.UNSIGNED)).isEqualTo(1);
    hear(Speaker.vm(FLEET, ticker).says(beat(1, 3), ticker.wall()));
    assertThat(check.rejected(PulseRejection.UNKNOWN_KEY)).isEqualTo(1);
    assertThat(believed).isEmpty();
  }

  @Test
  void a_vm_that_said_goodbye_or_started_anew_says_nothing_more_as_it_was() {
    ReceivedPulse last = ann.says(beat(7, 1), ticker.wall());
    hear(annSays(1));
    heartbeats.gone(new Pulse.Goodbye("vm-a", "boot"));
    hear(last);
    assertThat(believed).containsExactly(1L);
    assertThat(check.rejected(PulseRejection.REPEATED)).isEqualTo(1);
  }

  @Test
  void what_the_boot_before_said_is_not_believed_after_the_next_has_begun() {
    PulseSigner signer = new PulseSigner(TextSigner.ofVm(ann.pair()), FLEET, "b2", ticker);
    ReceivedPulse old = ann.says(beat(7, 1), ticker.wall());
    hear(annSays(1));
    ticker.pass(BEAT);
    Pulse.Heartbeat anew = renamed(beat(0, 0), "boot-2");
    hear(new Speaker(ann.pair(), signer).says(anew, ticker.wall()));
    hear(at(old, ticker.wall()));
    assertThat(believed).containsExactly(1L, 0L);
    assertThat(peers.living()).extracting(Pulse.Heartbeat::bootId).containsExactly("boot-2");
  }

  private static ReceivedPulse at(ReceivedPulse pulse, Instant published) {
    return new ReceivedPulse(pulse.pulse(), pulse.body(), pulse.signature(), published);
  }

  private static Pulse.Heartbeat renamed(Pulse.Heartbeat beat, String bootId) {
    return new Pulse.Heartbeat(
        beat.vm(),
        beat.vmId(),
        bootId,
        beat.sequence(),
        beat.url(),
        beat.participants(),
        beat.seats(),
        0,
        true,
        false,
        List.of(),
        List.of(),
        0);
  }
}
