package dev.podium.desktop.fx;

import static dev.podium.desktop.testing.Vms.vm;
import static dev.podium.desktop.testing.Vms.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.event.FleetEvent.VmChanged;
import dev.podium.fleet.event.FleetEvent.VmGone;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import org.junit.jupiter.api.Test;

class EventFolderTest {
  private final EventFolder folder = new EventFolder();
  private final FleetVm a = vm("class-a-1");

  @Test
  void only_the_newest_state_of_a_vm_is_handed_over() {
    FleetVm newest = with(a, Health.SUSPECT, 2);
    assertThat(folder.fold(new VmChanged(a))).isTrue();
    assertThat(folder.fold(new VmChanged(newest))).isFalse();

    assertThat(folder.drain().changed()).containsExactly(newest);
    assertThat(folder.drain().changed()).isEmpty();
    assertThat(folder.fold(new VmChanged(a))).isTrue();
  }

  @Test
  void what_came_and_went_is_only_gone_and_what_came_back_is_there() {
    folder.fold(new VmChanged(a));
    folder.fold(gone());
    FleetBatch batch = folder.drain();
    assertThat(batch.changed()).isEmpty();
    assertThat(batch.gone()).containsExactly(a.vm().id());

    folder.fold(gone());
    folder.fold(new VmChanged(a));
    batch = folder.drain();
    assertThat(batch.changed()).containsExactly(a);
    assertThat(batch.gone()).isEmpty();
  }

  private VmGone gone() {
    return new VmGone(a.name(), a.vm().id(), "deleted");
  }
}
