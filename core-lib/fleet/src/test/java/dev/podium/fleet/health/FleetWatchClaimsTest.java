package dev.podium.fleet.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.health.record.Claim;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.testing.HealthTable;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// A VM that this console would end and another one already claimed.
class FleetWatchClaimsTest {
  private static final HealthLimits LIMITS = HealthLimits.standard();
  private static final String OTHERS = "another console is destroying";

  private final ManualTicker ticker = new ManualTicker();
  private final EventStream events = new EventStream();
  private final RecordedEffects effects = new RecordedEffects();
  private Vm vm = HealthTable.machine(VmState.RUNNING, Map.of());
  private List<String> failing = List.of();
  private long sequence;

  private final FleetWatch watch =
      new FleetWatch(
          LIMITS,
          Rulebook.of(LIMITS),
          "me",
          FleetSizing.atLeast(0),
          effects,
          events,
          new OperatorView(() -> 50, _ -> OptionalDouble.of(0)),
          now());

  private ClockReading now() {
    return ClockReading.of(ticker);
  }

  private String reason() {
    return events.fleet().getFirst().verdict().reason();
  }

  private Health health() {
    return events.fleet().getFirst().health();
  }

  /// A second in which the console sees well.
  private void second() {
    ticker.pass(Duration.ofSeconds(1));
    watch.tick(now());
    watch.listed(List.of(vm), now());
    effects.lastCanary().ifPresent(canary -> watch.heard(canary, ticker.wall(), now()));
  }

  private void silent(Duration span) {
    for (long passed = 0; passed < span.toSeconds(); passed++) {
      second();
      watch.probed(vm.id(), new HealthProbe.Result.Silent("refused"), now());
    }
  }

  private void heard(Duration span) {
    for (long passed = 0; passed < span.toSeconds(); passed++) {
      second();
      watch.heard(
          new Pulse.Heartbeat(
              "vm-1", "77", "b", ++sequence, "", 0, 50, 1, true, false, failing, List.of(), 0),
          ticker.wall(),
          now());
    }
  }

  private void claimedBy(String console) {
    vm =
        HealthTable.machine(
            VmState.RUNNING, Map.of(Labels.CLAIM, new Claim(console, "1", true).label()));
  }

  /// The VM is dead, but for the last seconds until it is condemned.
  private void nearlyDead() {
    heard(Duration.ofSeconds(10));
    silent(LIMITS.silence().condemned().minusSeconds(5));
    assertThat(health()).isEqualTo(Health.UNREACHABLE);
  }

  private long drains() {
    return effects.sent.stream().filter(Pulse.DrainRequest.class::isInstance).count();
  }

  @Test
  void a_dead_vm_that_another_console_claimed_says_so_and_is_left_to_it() {
    nearlyDead();
    claimedBy("other");
    silent(Duration.ofSeconds(60));
    assertThat(health()).isEqualTo(Health.CONDEMNED);
    assertThat(reason()).contains(OTHERS);
    assertThat(effects.ends).isEmpty();
  }

  @Test
  void a_dead_vm_whose_claim_is_too_old_ends_all_the_same() {
    nearlyDead();
    claimedBy("other");
    silent(LIMITS.ends().claim().minusSeconds(1));
    assertThat(effects.ends).isEmpty();
    silent(Duration.ofSeconds(10));
    assertThat(effects.ends).containsExactly(End.DELETE_DEAD);
  }

  @Test
  void a_dead_vm_that_this_console_claimed_before_is_not_left_to_another() {
    nearlyDead();
    claimedBy("me");
    silent(Duration.ofSeconds(10));
    assertThat(effects.ends).containsExactly(End.DELETE_DEAD);
    assertThat(reason()).doesNotContain(OTHERS);
  }

  @Test
  void a_broken_vm_that_another_console_claimed_says_so_and_is_drained_once_the_claim_is_too_old() {
    heard(Duration.ofSeconds(10));
    failing = List.of("pubsub");
    heard(LIMITS.silence().broken().minusSeconds(5));
    claimedBy("other");
    heard(Duration.ofSeconds(60));
    assertThat(health()).isEqualTo(Health.BROKEN);
    assertThat(drains()).isZero();
    assertThat(reason()).contains(OTHERS);
    heard(LIMITS.ends().claim());
    assertThat(drains()).isPositive();
  }
}
