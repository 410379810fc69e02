package dev.podium.desktop.details;

import static dev.podium.desktop.testing.Vms.vm;
import static dev.podium.desktop.testing.Vms.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.fx.FleetBatch;
import dev.podium.desktop.testing.SameThread;
import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Verdict;
import dev.podium.wire.model.PodiumException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DetailsViewModelTest {
  private final ScriptedFleet fleet = new ScriptedFleet();
  private final DetailsViewModel model = new DetailsViewModel(fleet, new SameThread());
  private final FleetVm a = vm("class-a-1");
  private final FleetVm b = vm("class-b-1");

  @Test
  void the_timeline_has_a_line_for_each_state_and_none_for_fresher_evidence() {
    happened(a);
    model.show(Optional.of(a));
    happened(a);
    FleetVm suspect = with(a, Health.SUSPECT, 1);
    happened(suspect);

    assertThat(model.verdicts().get())
        .extracting(Verdict::health)
        .containsExactly(Health.SUSPECT, Health.HEALTHY);
  }

  @Test
  void the_serial_console_is_read_on_from_where_it_was_left_and_only_while_somebody_looks() {
    fleet.write("booting\n");
    model.show(Optional.of(a));
    assertThat(model.serial().get()).isEmpty();

    model.followSerial(true);
    fleet.write("ready\n");
    model.tick();
    assertThat(model.serial().get()).isEqualTo("booting\nready\n");

    model.followSerial(false);
    fleet.write("unseen\n");
    model.tick();
    assertThat(model.serial().get()).isEqualTo("booting\nready\n");
  }

  @Test
  void another_vm_starts_with_its_own_console() {
    fleet.write("one\n");
    model.followSerial(true);
    model.show(Optional.of(a));
    model.show(Optional.of(b));
    assertThat(model.serial().get()).isEqualTo("one\n");
  }

  @Test
  void a_console_that_cannot_be_read_says_why_and_is_asked_again() {
    fleet.refuse(
        new PodiumException.NotFound("class-a-1 has no console", "it is gone", "Wait.", null));
    model.followSerial(true);
    model.show(Optional.of(a));
    assertThat(model.serialNote().get()).isEqualTo("class-a-1 has no console: it is gone");

    fleet.refuse(null);
    fleet.write("back\n");
    model.tick();
    assertThat(model.serial().get()).isEqualTo("back\n");
    assertThat(model.serialNote().get()).isEmpty();
  }

  private void happened(FleetVm vm) {
    model.accept(new FleetBatch(List.of(vm), Set.of(), List.of(), Optional.empty()));
  }
}
