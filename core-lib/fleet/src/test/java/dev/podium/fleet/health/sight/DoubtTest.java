package dev.podium.fleet.health.sight;

import static dev.podium.fleet.model.Health.BROKEN;
import static dev.podium.fleet.model.Health.CONDEMNED;
import static dev.podium.fleet.model.Health.DELETING;
import static dev.podium.fleet.model.Health.HEALTHY;
import static dev.podium.fleet.model.Health.STARTING;
import static dev.podium.fleet.model.Health.SUSPECT;
import static dev.podium.fleet.model.Health.UNKNOWN;
import static dev.podium.fleet.model.Health.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.Observation;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.testing.HealthTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A console that doubts itself as much as it can waits nine times as long before it says that
/// something is wrong with a VM. For the first steps of silence see `HealthRulesTest`.
class DoubtTest {
  private static final int TIMES = ObserverRules.MOST + 1;

  private final HealthTable table = HealthTable.standard();

  DoubtTest() {
    table.doubt = ObserverRules.MOST;
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Duration stretched(Duration limit) {
    return limit.multipliedBy(TIMES);
  }

  /// The rest of the stretched limit after the plain one, but for its last second.
  private static Duration more(Duration limit) {
    return limit.multipliedBy(TIMES - 1).minusSeconds(1);
  }

  @Test
  void the_boot_may_take_nine_times_as_long() {
    Duration boot = table.limits.silence().boot();
    assertThat(table.silent(boot).health()).isEqualTo(STARTING);
    assertThat(table.silent(more(boot)).health()).isEqualTo(STARTING);
    assertThat(table.silent(seconds(1)).health()).isEqualTo(CONDEMNED);
  }

  @Test
  void a_silent_vm_is_condemned_after_nine_times_as_long() {
    Duration condemned = table.limits.silence().condemned();
    assertThat(table.ready().silent(condemned).health()).isEqualTo(SUSPECT);
    assertThat(table.silent(more(condemned)).health()).isEqualTo(UNREACHABLE);
    assertThat(table.silent(seconds(1)).health()).isEqualTo(CONDEMNED);
  }

  @Test
  void a_sign_of_life_keeps_a_condemned_vm_for_nine_times_as_long() {
    Duration condemned = table.limits.silence().condemned();
    table.idle().silent(stretched(condemned));
    assertThat(table.tick().ends()).containsExactly(End.DELETE_DEAD);
    table.good().failedProbe();
    assertThat(table.pass(condemned).tick().ends()).isEmpty();
    assertThat(table.pass(more(condemned)).tick().ends()).isEmpty();
    assertThat(table.pass(seconds(1)).tick().ends()).containsExactly(End.DELETE_DEAD);
  }

  @Test
  void a_check_of_itself_may_fail_for_nine_times_as_long() {
    table.withPeople(1).failing = List.of("pubsub");
    table.beat();
    long beats = table.limits.silence().broken().dividedBy(table.limits.watching().heartbeat());
    assertThat(table.beats((int) beats).health()).isEqualTo(HEALTHY);
    assertThat(table.beats((int) beats * (TIMES - 1) - 1).health()).isEqualTo(HEALTHY);
    assertThat(table.beats(1).health()).isEqualTo(BROKEN);
  }

  @Test
  void a_vm_may_be_idle_for_nine_times_as_long() {
    Duration idle = table.limits.use().idle();
    table.idle().idleSeconds = idle.toSeconds();
    assertThat(table.beat().tick().ends()).isEmpty();
    table.idleSeconds = stretched(idle).toSeconds() - 1;
    assertThat(table.beat().tick().ends()).isEmpty();
    table.idleSeconds++;
    assertThat(table.beat().tick().ends()).containsExactly(End.DRAIN_IDLE);
  }

  @Test
  void a_vm_that_only_its_probe_hears_may_be_idle_for_nine_times_as_long() {
    Duration idle = table.limits.use().idle();
    table.ready().silent(stretched(table.limits.silence().suspect()));
    table.idleSeconds = idle.toSeconds();
    assertThat(table.good().tick().ends()).isEmpty();
    table.idleSeconds = stretched(idle).toSeconds() - 1;
    assertThat(table.good().tick().ends()).isEmpty();
    table.idleSeconds++;
    assertThat(table.good().tick().ends()).containsExactly(End.DELETE_DEAF);
  }

  @Test
  void a_machine_may_be_off_for_nine_times_as_long() {
    Duration stopped = table.limits.silence().stopped();
    table.ready().cloudSays(VmState.TERMINATED);
    assertThat(table.pass(stopped).tick().ends()).isEmpty();
    assertThat(table.pass(more(stopped)).tick().ends()).isEmpty();
    assertThat(table.pass(seconds(1)).tick().ends()).containsExactly(End.DELETE_STOPPED);
  }

  @Test
  void a_deletion_that_was_accepted_may_take_nine_times_as_long_to_begin() {
    Duration stopped = table.limits.silence().stopped();
    table.ready().see(new Observation.EndAccepted("x"));
    assertThat(table.pass(stopped).tick().health()).isEqualTo(DELETING);
    assertThat(table.pass(more(stopped)).tick().health()).isEqualTo(DELETING);
    assertThat(table.pass(seconds(1)).tick().health()).isEqualTo(UNKNOWN);
  }

  @Test
  void the_operator_has_nine_times_as_long_for_a_dead_vm_that_people_used() {
    Duration grace = table.limits.use().condemnedInUse();
    table.withPeople(3).silent(stretched(table.limits.silence().condemned()));
    assertThat(table.health()).isEqualTo(CONDEMNED);
    assertThat(table.pass(grace).tick().ends()).isEmpty();
    assertThat(table.pass(more(grace)).tick().ends()).isEmpty();
    assertThat(table.pass(seconds(1)).tick().ends()).containsExactly(End.DELETE_DEAD);
  }

  @Test
  void the_operators_time_for_a_vm_that_was_never_heard_begins_when_it_is_given_up() {
    table.vm =
        table.rules.found(HealthTable.machine(VmState.RUNNING, Map.of()), false, table.now());
    table.doubt = 0;
    table.silent(table.limits.silence().suspect());
    assertThat(table.health()).isEqualTo(STARTING);
    table.doubt = ObserverRules.MOST;
    table.silent(stretched(table.limits.silence().boot()).minus(table.limits.silence().suspect()));
    assertThat(table.health()).isEqualTo(CONDEMNED);
    Duration grace = table.limits.use().condemnedInUse();
    assertThat(table.pass(grace).tick().ends()).isEmpty();
    assertThat(table.pass(more(grace)).tick().ends()).isEmpty();
    assertThat(table.pass(seconds(1)).tick().ends()).containsExactly(End.DELETE_DEAD);
  }
}
