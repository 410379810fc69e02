package dev.podium.desktop.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.testing.Vms;
import dev.podium.fleet.model.FleetVm;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FleetColumnTest {
  @Test
  void the_cost_sorts_by_the_cost_so_far_that_it_shows() {
    List<FleetVm> byAge =
        Stream.of(Vms.vm("class-a-1"), Vms.vm("class-b-1"))
            .sorted(Comparator.comparing(vm -> vm.vm().created()))
            .toList();
    FleetVm older = priced(byAge.getFirst(), 1);
    FleetVm younger = priced(byAge.getLast(), 1.0001);

    assertThat(FleetColumn.COST.order(() -> Vms.START).compare(older, younger)).isPositive();
  }

  private static FleetVm priced(FleetVm vm, double costPerHour) {
    return new FleetVm(
        vm.vm(), vm.verdict(), vm.participants(), vm.idle(), vm.lastHeartbeat(), costPerHour);
  }
}
