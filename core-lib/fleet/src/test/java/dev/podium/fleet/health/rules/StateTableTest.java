package dev.podium.fleet.health.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.health.record.HealthAction;
import dev.podium.fleet.health.record.Sight;
import dev.podium.fleet.health.record.Usage;
import dev.podium.fleet.health.record.Verdicts;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.testing.HealthTable;
import dev.podium.wire.cloud.ClockReading;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class StateTableTest {
  private final HealthTable table = HealthTable.standard();

  @Test
  void a_state_that_was_only_named_is_entered_and_rests() {
    Transition judged =
        judged(Map.of(Health.STARTING, vm -> Transition.to(vm, Health.HEALTHY, "kept: by a row")));
    assertThat(judged.vm().health()).isEqualTo(Health.HEALTHY);
    assertThat(judged.vm().verdict().reason()).isEqualTo("kept: by a row");
    assertThat(judged.target()).isEmpty();
  }

  @Test
  void each_state_on_the_way_is_judged_by_its_own_row_and_all_actions_are_kept_in_order() {
    Transition judged =
        judged(
            Map.of(
                Health.STARTING,
                vm -> Transition.through(vm, Health.HEALTHY, "a").telling(Level.INFO, "first"),
                Health.HEALTHY,
                vm -> Transition.through(vm, Health.DRAINING, "b").telling(Level.INFO, "second"),
                Health.DRAINING,
                vm -> Transition.stay(vm).telling(Level.INFO, "third")));
    assertThat(judged.vm().health()).isEqualTo(Health.DRAINING);
    assertThat(judged.actions())
        .containsExactly(
            new HealthAction.Tell(Level.INFO, "first"),
            new HealthAction.Tell(Level.INFO, "second"),
            new HealthAction.Tell(Level.INFO, "third"));
  }

  @Test
  void rows_that_lead_in_a_circle_fail_with_the_way_that_they_took() {
    Map<Health, Function<VmRecord, Transition>> circle =
        Map.of(
            Health.STARTING, vm -> Transition.through(vm, Health.SUSPECT, "a"),
            Health.SUSPECT, vm -> Transition.through(vm, Health.STARTING, "b"));
    assertThatIllegalStateException()
        .isThrownBy(() -> judged(circle))
        .withMessageContaining("vm-1")
        .withMessageContaining("SUSPECT, STARTING, SUSPECT");
  }

  /// However the rows are asked, from any state and after any silence, they come to rest.
  @Test
  void the_real_rows_never_lead_in_a_circle() {
    Map<Health, Integer> reached = new EnumMap<>(Health.class);
    for (Health health : Health.values()) {
      for (Duration silence : List.of(Duration.ZERO, Duration.ofMinutes(5), Duration.ofHours(2))) {
        for (VmState state : VmState.values()) {
          for (boolean draining : List.of(false, true)) {
            VmRecord vm = seen(health, state, draining);
            ClockReading later =
                new ClockReading(
                    table.now().nanos() + silence.toNanos(), table.now().wall().plus(silence));
            Transition judged = new StateTable(context(later)).judged(vm);
            reached.merge(judged.vm().health(), 1, Integer::sum);
          }
        }
      }
    }
    assertThat(reached).hasSizeGreaterThan(6);
  }

  private VmRecord seen(Health health, VmState state, boolean draining) {
    HealthTable other = HealthTable.standard();
    other.draining = draining;
    other.idle();
    VmRecord vm = other.vm.withVm(HealthTable.machine(state, Map.of()));
    Optional<VmRecord.Drain> drain =
        draining
            ? Optional.of(new VmRecord.Drain("d", false, 0, 0, true, false, "nobody", false))
            : Optional.empty();
    return Verdicts.entered(vm.withDrain(drain), health, "put there", other.now());
  }

  private Transition judged(Map<Health, Function<VmRecord, Transition>> rows) {
    return new StateTable(
            context(table.now()),
            vm -> Optional.ofNullable(rows.get(vm.health())).orElseThrow().apply(vm))
        .judged(table.vm);
  }

  private StepContext context(ClockReading now) {
    return new StepContext(
        table.limits, new Usage(table.limits.use().window()), Sight.open(0), now);
  }
}
