package dev.podium.desktop.fleet;

import static dev.podium.desktop.testing.Vms.vm;
import static dev.podium.desktop.testing.Vms.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.fx.FleetBatch;
import dev.podium.desktop.testing.SameThread;
import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.desktop.testing.Vms;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FleetViewModelTest {
  private final ScriptedFleet fleet = new ScriptedFleet();
  private final SameThread thread = new SameThread();
  private final List<FailureText> failures = new ArrayList<>();
  private final FleetViewModel model =
      new FleetViewModel(fleet, thread, thread::wall, failures::add);

  private final FleetVm a = vm("class-a-1", Health.HEALTHY, 3);
  private final FleetVm b = vm("class-b-1", Health.IDLE, 0);

  @Test
  void a_change_keeps_the_row_and_replaces_what_it_holds() {
    changed(a, b);
    VmRow row = model.rows().getFirst();

    changed(with(a, Health.SUSPECT, 3));

    assertThat(model.rows()).hasSize(2).first().isSameAs(row);
    assertThat(row.vm().health()).isEqualTo(Health.SUSPECT);
  }

  @Test
  void the_selection_stays_on_the_vm_when_others_go() {
    changed(a, b);
    model.select(Set.of(b.vm().id()));

    gone(a);

    assertThat(model.selected().get()).containsExactly(b);
  }

  @Test
  void the_selection_follows_the_newest_state_and_ends_with_the_vm() {
    changed(a, b);
    model.select(Set.of(a.vm().id(), b.vm().id()));

    FleetVm sick = with(a, Health.BROKEN, 3);
    changed(sick);
    assertThat(model.selected().get()).containsExactly(sick, b);

    gone(a);
    assertThat(model.selected().get()).containsExactly(b);
    assertThat(model.selectedIds()).containsExactly(b.vm().id());
  }

  @Test
  void a_vm_that_a_search_hides_is_not_acted_on_and_is_selected_again_when_it_shows() {
    changed(a, b);
    model.select(Set.of(a.vm().id(), b.vm().id()));

    model.search().set("class-a");
    assertThat(model.rows()).extracting(VmRow::vm).containsExactly(a);
    assertThat(model.selected().get()).containsExactly(a);
    model.toggleHoldOfSelected();
    assertThat(fleet.held()).containsExactly("class-a-1 PT1H");

    model.search().set("");
    assertThat(model.selected().get()).containsExactly(a, b);
  }

  @Test
  void every_word_of_a_search_must_occur_somewhere_in_the_row() {
    changed(a, b);

    model.search().set(" IDLE  ann_ ");
    assertThat(model.rows()).extracting(VmRow::vm).containsExactly(b);

    model.search().set("idle class-a");
    assertThat(model.rows()).isEmpty();
  }

  @Test
  void the_search_is_asked_again_once_a_second_because_vms_change() {
    changed(a, b);
    model.search().set("suspect");
    assertThat(model.rows()).isEmpty();

    changed(with(a, Health.SUSPECT, 3));
    model.tick();

    assertThat(model.rows()).hasSize(1);
  }

  @Test
  void the_summary_counts_states_people_and_cost_but_not_what_is_off() {
    changed(a, b, vm("class-c-1", Health.TERMINATED, 0));

    var summary = model.summary().get();
    assertThat(summary.byHealth())
        .containsEntry(Health.HEALTHY, 1)
        .containsEntry(Health.IDLE, 1)
        .containsEntry(Health.TERMINATED, 1)
        .hasSize(3);
    assertThat(summary.people()).isEqualTo(3);
    assertThat(summary.costPerHour()).isEqualTo(a.costPerHour() + b.costPerHour());
    assertThat(summary.pricesKnown()).isTrue();
  }

  @Test
  void a_vm_whose_price_is_not_known_makes_the_sum_a_part() {
    FleetVm dear =
        new FleetVm(b.vm(), b.verdict(), b.participants(), b.idle(), b.lastHeartbeat(), 0, false);
    changed(a, dear);
    assertThat(model.summary().get().costPerHour()).isEqualTo(a.costPerHour());
    assertThat(model.summary().get().pricesKnown()).isFalse();
  }

  @Test
  void the_vms_that_need_attention_are_told_with_the_worst_and_its_reason() {
    changed(a, Vms.vm("room-10", Health.UNREACHABLE, 0, "no answer for 72 s"));
    assertThat(model.attention().get().sentence())
        .isEqualTo("room-10 needs attention. Unreachable: no answer for 72 s.");

    changed(
        Vms.vm("room-2", Health.BROKEN, 3, "its check of the bridge fails"),
        Vms.vm("room-3", Health.SUSPECT, 0));
    assertThat(model.attention().get().sentence())
        .isEqualTo(
            "room-2 needs attention. Broken: its check of the bridge fails. 1 other VM needs it,"
                + " too.");

    changed(Vms.with(Vms.vm("room-2"), Health.HEALTHY, 3), Vms.vm("room-10"));
    assertThat(model.attention().get().sentence()).isEmpty();
  }

  @Test
  void several_that_are_selected_are_counted_with_their_people() {
    FleetVm used = Vms.with(b, Health.HEALTHY, 3);
    FleetVm empty = Vms.vm("class-a-5");
    assertThat(SelectionBar.sentence(List.of(empty, used)))
        .startsWith("2 selected · 3 people · $0.")
        .endsWith(" an hour");
    assertThat(SelectionBar.sentence(List.of(empty, b))).startsWith("2 selected · nobody on them");
  }

  @Test
  void the_clock_moves_with_each_tick() {
    thread.pass(Duration.ofSeconds(5));
    model.tick();
    assertThat(model.now().get()).isEqualTo(thread.wall());
  }

  @Test
  void a_refused_pin_of_many_is_told_once_with_their_names_in_order() {
    FleetVm ten = vm("class-a-10");
    changed(ten, a, b);
    model.select(Set.of(a.vm().id(), b.vm().id(), ten.vm().id()));
    fleet.refuse(new PodiumException.NotPermitted("It was not pinned", "no right", "Ask.", null));

    model.togglePinOfSelected();

    assertThat(failures).singleElement().extracting(FailureText::code).isEqualTo("not_permitted");
    assertThat(failures.getFirst().sentence())
        .isEqualTo("3 VMs were not pinned.\nclass-a-1, class-a-10, class-b-1: no right");
  }

  @Test
  void the_selection_is_in_the_order_in_which_people_count() {
    FleetVm two = vm("class-a-2");
    FleetVm ten = vm("class-a-10");
    changed(ten, a, two);
    model.select(Set.of(a.vm().id(), two.vm().id(), ten.vm().id()));
    assertThat(model.selected().get()).containsExactly(a, two, ten);
  }

  @Test
  void a_hold_is_for_an_hour_and_once_more_lifts_it() {
    changed(a);
    model.select(Set.of(a.vm().id()));
    model.toggleHoldOfSelected();

    FleetVm held =
        Vms.labelled(a, "podium-hold", Vms.START.plusSeconds(3_600).getEpochSecond() + "");
    changed(held);
    model.toggleHoldOfSelected();

    FleetVm over = Vms.labelled(a, "podium-hold", Vms.START.minusSeconds(1).getEpochSecond() + "");
    changed(over);
    model.toggleHoldOfSelected();

    assertThat(fleet.held()).containsExactly("class-a-1 PT1H", "class-a-1 PT0S", "class-a-1 PT1H");
  }

  private void changed(FleetVm... vms) {
    model.accept(new FleetBatch(List.of(vms), Set.of(), List.of(), Optional.empty()));
  }

  private void gone(FleetVm vm) {
    model.accept(new FleetBatch(List.of(), Set.of(vm.vm().id()), List.of(), Optional.empty()));
  }
}
