package dev.podium.desktop.shell;

import static dev.podium.desktop.testing.Vms.vm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.testing.Vms;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import java.util.List;
import org.junit.jupiter.api.Test;

class StayingVmsTest {
  private final FleetVm empty = Vms.ending(vm("class-a-1"), 3_600);
  private final FleetVm used = Vms.ending(vm("class-a-2", Health.HEALTHY, 3), 7_200);

  @Test
  void what_stays_in_a_project_says_what_it_costs_and_when_the_cloud_ends_it() {
    double cost = empty.costPerHour() + used.costPerHour();
    assertThat(google(empty, used).sentences())
        .isEqualTo(
            String.format(
                java.util.Locale.ROOT,
                "2 VMs stay when you leave and cost $%.3f an hour. 3 people are on them. Google"
                    + " ends the first in 1 h, the last in 2 h. Unused VMs are not ended before"
                    + " that, unless another console runs.",
                cost));
  }

  @Test
  void a_vm_without_a_limit_stays_until_somebody_ends_it() {
    assertThat(google(Vms.endless(empty)).sentences())
        .contains("It has no run limit: it stays until somebody ends it.");
    assertThat(google(Vms.endless(empty), used).sentences())
        .contains("1 VM has no limit and stays.");
  }

  @Test
  void what_ends_with_the_local_cloud_is_told_with_its_people() {
    assertThat(local(empty, used).sentences())
        .isEqualTo(
            "The local cloud runs inside this window. If you leave, it ends, and with it its 2"
                + " VMs. 3 people are on them and will be cut off.");
    assertThat(local(used).wordToType()).isEmpty();
  }

  @Test
  void people_in_a_project_are_cut_off_only_by_a_typed_word() {
    assertThat(google(empty).wordToType()).isEmpty();
    assertThat(google(empty, used).wordToType()).isEqualTo("destroy 2");
  }

  @Test
  void what_is_being_deleted_does_not_stay() {
    assertThat(google(vm("class-a-3", Health.DELETING, 0)).none()).isTrue();
  }

  private static StayingVms google(FleetVm... vms) {
    return new StayingVms(List.of(vms), false, true, Vms.START);
  }

  private static StayingVms local(FleetVm... vms) {
    return new StayingVms(List.of(vms), true, true, Vms.START);
  }
}
