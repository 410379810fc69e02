package dev.podium.desktop.details;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.testing.Vms;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.policy.FleetPolicy;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyMember;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.wire.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EarliestEndTest {
  private static final Instant NOW = Vms.START;

  // Unused for 400 s, as its last heartbeat said 2 s ago.
  private final FleetVm idle = Vms.ending(Vms.vm("class-a-1", Health.IDLE, 0), 28_680);
  private final FleetPolicy policy =
      new FleetPolicy(ScalingPolicy.defaults(Duration.ofSeconds(442)), HealthLimits.demo());

  @Test
  void the_idle_rule_comes_before_the_clouds_limit() {
    assertThat(end(idle)).isEqualTo("in 40 s if nobody comes: unused for 6 min");
  }

  @Test
  void a_vm_in_use_ends_at_the_clouds_limit() {
    FleetVm used = Vms.with(idle, Health.HEALTHY, 3);
    assertThat(end(used)).startsWith("in 7 h 58 min, the cloud’s limit of ");
    assertThat(end(Vms.endless(used))).isEqualTo("no limit");
  }

  @Test
  void the_clouds_limit_comes_first_where_it_is_sooner() {
    assertThat(end(Vms.ending(idle, 10))).startsWith("in 10 s, the cloud’s limit");
  }

  @Test
  void a_pinned_vm_and_one_of_the_minimum_are_not_ended_for_being_unused() {
    assertThat(end(Vms.labelled(idle, Labels.PIN, "true"))).startsWith("in 7 h 58 min");
    FleetPolicy minimum =
        new FleetPolicy(
            PolicyDraft.of(policy)
                .with(Map.of(PolicyMember.MINIMUM, "1"))
                .toPolicy(policy.limits())
                .scaling(),
            policy.limits());
    assertThat(new EarliestEnd(minimum, 1).of(idle, NOW)).startsWith("in 7 h 58 min");
    assertThat(new EarliestEnd(minimum, 2).of(idle, NOW)).startsWith("in 40 s");
  }

  @Test
  void a_held_vm_is_not_ended_before_its_hold() {
    FleetVm held =
        Vms.labelled(idle, Labels.HOLD, Long.toString(NOW.plusSeconds(600).getEpochSecond()));
    assertThat(end(held)).startsWith("in 10 min if nobody comes");
  }

  @Test
  void what_is_overdue_or_on_its_way_out_has_no_number() {
    assertThat(new EarliestEnd(policy, 5).of(idle, NOW.plusSeconds(60)))
        .startsWith("as soon as the fleet can spare it");
    assertThat(end(Vms.with(idle, Health.DRAINING, 0)))
        .isEqualTo("as soon as it is empty: it is drained");
    assertThat(end(Vms.with(idle, Health.DELETING, 0))).startsWith("now");
  }

  private String end(FleetVm vm) {
    return new EarliestEnd(policy, 5).of(vm, NOW);
  }
}
