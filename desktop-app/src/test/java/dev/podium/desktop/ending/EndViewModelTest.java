package dev.podium.desktop.ending;

import static dev.podium.desktop.testing.Vms.vm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.testing.SameThread;
import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.desktop.testing.ScriptedFleet.Destroyed;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndViewModelTest {
  private final ScriptedFleet fleet = new ScriptedFleet();
  private final SameThread thread = new SameThread();
  private final List<FailureText> failures = new ArrayList<>();
  private final EndViewModel model = new EndViewModel(fleet, thread, thread, failures::add);

  private final FleetVm empty = vm("class-a-1", Health.IDLE, 0);
  private final FleetVm used = vm("class-a-2", Health.HEALTHY, 3);

  @Test
  void nothing_is_asked_of_the_cloud_before_ten_seconds_are_over() {
    destroy(empty);

    thread.pass(Duration.ofMillis(9_999));
    model.tick();
    assertThat(fleet.destroyed()).isEmpty();
    assertThat(model.pending().getFirst().secondsLeft().get()).isEqualTo(1);

    thread.pass(Duration.ofMillis(1));
    model.tick();
    assertThat(fleet.destroyed()).containsExactly(new Destroyed("class-a-1", false));
    assertThat(model.pending()).isEmpty();
  }

  @Test
  void undo_takes_it_back_for_good() {
    destroy(empty);

    model.undo(model.pending().getFirst());
    thread.pass(Duration.ofMinutes(1));
    model.tick();

    assertThat(fleet.destroyed()).isEmpty();
  }

  @Test
  void undo_by_key_takes_the_youngest_back() {
    destroy(empty);
    destroy(vm("class-a-3", Health.IDLE, 0));

    model.undoLast();

    assertThat(model.pending())
        .singleElement()
        .extracting(pending -> pending.request().inWords())
        .isEqualTo("class-a-1");
  }

  @Test
  void a_vm_with_people_on_it_asks_for_its_name_and_is_then_forced() {
    model.ask(EndKind.DESTROY, List.of(used));
    assertThat(model.confirmable().get()).isFalse();
    model.confirm();
    assertThat(model.pending()).isEmpty();

    model.typed().set("class-a-1");
    assertThat(model.confirmable().get()).isFalse();
    model.typed().set(" class-a-2 ");
    assertThat(model.confirmable().get()).isTrue();

    model.confirm();
    thread.pass(EndViewModel.GRACE);
    model.tick();
    assertThat(fleet.destroyed()).containsExactly(new Destroyed("class-a-2", true));
  }

  @Test
  void of_several_only_those_that_were_in_use_are_forced() {
    model.ask(EndKind.DESTROY, List.of(empty, used));
    model.typed().set("destroy 2");
    model.confirm();
    thread.pass(EndViewModel.GRACE);
    model.tick();

    assertThat(fleet.destroyed())
        .containsExactly(new Destroyed("class-a-1", false), new Destroyed("class-a-2", true));
  }

  @Test
  void a_silent_vm_wants_its_name_typed_and_is_forced_because_it_cannot_say_who_is_on_it() {
    model.ask(EndKind.DESTROY, List.of(vm("class-a-3", Health.UNREACHABLE, 0)));
    model.confirm();
    assertThat(model.pending()).isEmpty();
    model.typed().set("class-a-3");
    model.confirm();
    thread.pass(EndViewModel.GRACE);
    model.tick();

    assertThat(fleet.destroyed()).containsExactly(new Destroyed("class-a-3", true));
  }

  @Test
  void the_word_of_one_question_does_not_answer_the_next() {
    model.ask(EndKind.DESTROY, List.of(used));
    model.typed().set("class-a-2");
    model.dismiss();

    model.ask(EndKind.DESTROY, List.of(used));

    assertThat(model.confirmable().get()).isFalse();
  }

  @Test
  void a_refusal_is_told_in_its_own_words() {
    fleet.refuse(
        new PodiumException.InUse("class-a-1 was not destroyed", "1 person is on it", "Drain it."));
    destroy(empty);
    thread.pass(EndViewModel.GRACE);
    model.tick();

    assertThat(failures)
        .singleElement()
        .extracting(FailureText::sentence)
        .isEqualTo("class-a-1 was not destroyed: 1 person is on it");
  }

  @Test
  void a_drain_is_asked_waits_ten_seconds_and_can_be_taken_back() {
    model.ask(EndKind.DRAIN, List.of(empty, vm("class-a-3")));
    assertThat(fleet.drained()).isEmpty();
    model.confirm();
    model.undoLast();
    pass();
    assertThat(fleet.drained()).isEmpty();

    model.ask(EndKind.DRAIN, List.of(vm("class-a-10"), empty));
    model.confirm();
    pass();
    assertThat(fleet.drained()).containsExactly("class-a-1", "class-a-10");
  }

  @Test
  void a_drain_of_people_asks_for_a_word_and_tells_how_many_they_are() {
    model.ask(EndKind.DRAIN, List.of(empty, used));
    EndRequest request = model.asking().get();
    assertThat(request.consequence()).startsWith("3 people are on them now and will be moved");
    assertThat(model.confirmable().get()).isFalse();
    model.typed().set("drain 2");
    assertThat(model.confirmable().get()).isTrue();
  }

  @Test
  void a_refused_drain_is_told() {
    fleet.refuse(new PodiumException.NotPermitted("class-a-1 was not drained", "", "Ask.", null));
    model.ask(EndKind.DRAIN, List.of(empty));
    model.confirm();
    pass();
    assertThat(failures).singleElement().extracting(FailureText::code).isEqualTo("not_permitted");
  }

  @Test
  void vms_that_died_while_booting_are_refused_once_and_can_then_be_destroyed_by_force() {
    fleet.fallSilent();
    model.ask(
        EndKind.DESTROY,
        List.of(
            vm("room-10", Health.STARTING, 0),
            vm("room-2", Health.STARTING, 0),
            vm("room-3", Health.STARTING, 0)));
    model.confirm();
    pass();

    FailureText told = failures.getFirst();
    assertThat(failures).hasSize(1);
    assertThat(told.sentence())
        .isEqualTo("3 VMs were not destroyed.\nroom-2, room-3, room-10: it does not answer");
    assertThat(told.remedy())
        .isEqualTo("Drain them, so that people are moved to other VMs, or destroy them by force.");
    told.offer().orElseThrow().work().run();
    assertThat(model.confirmable().get()).isFalse();
    model.typed().set("destroy 3");
    model.confirm();
    pass();
    assertThat(fleet.destroyed())
        .filteredOn(Destroyed::force)
        .extracting(Destroyed::name)
        .containsExactly("room-2", "room-3", "room-10");
  }

  @Test
  void force_is_not_offered_where_it_was_refused_for_another_reason() {
    fleet.refuse(new PodiumException.NotPermitted("class-a-1 was not destroyed", "", "Ask.", null));
    destroy(empty);
    pass();
    assertThat(failures.getFirst().offer()).isEmpty();
  }

  @Test
  void what_is_refused_while_others_are_still_under_way_is_told_a_moment_later() {
    model.ask(EndKind.DESTROY, List.of(empty, vm("class-a-3")));
    model.confirm();
    pass();
    fleet.destruction("class-a-3").completeExceptionally(new IllegalStateException("gone wrong"));
    assertThat(failures).isEmpty();
    model.tick();
    model.tick();
    assertThat(failures).hasSize(1);
  }

  @Test
  void who_leaves_and_wants_nothing_to_stay_destroys_all() {
    destroy(empty);
    var ended = model.destroyNow(List.of(empty, used));
    assertThat(fleet.destroyed())
        .containsExactly(new Destroyed("class-a-1", true), new Destroyed("class-a-2", true));
    fleet.destruction("class-a-1").complete(null);
    assertThat(ended).isNotDone();
    fleet.destruction("class-a-2").complete(null);
    assertThat(ended).isCompletedWithValue(true);
  }

  private void pass() {
    thread.pass(EndViewModel.GRACE);
    model.tick();
  }

  @Test
  void who_leaves_and_wants_it_done_waits_until_the_vms_are_gone() {
    destroy(empty);

    var ended = model.sendNow();

    assertThat(fleet.destroyed()).hasSize(1);
    assertThat(ended).isNotDone();
    fleet.destruction("class-a-1").complete(null);
    assertThat(ended).isDone();
  }

  @Test
  void what_is_withdrawn_is_kept() {
    destroy(empty);
    model.withdraw();
    thread.pass(Duration.ofMinutes(1));
    model.tick();
    assertThat(fleet.destroyed()).isEmpty();
  }

  @Test
  void the_seconds_stand_still_while_the_person_is_asked_whether_to_leave() {
    destroy(empty);
    thread.pass(Duration.ofSeconds(8));
    model.pause();
    thread.pass(Duration.ofMinutes(1));
    model.tick();
    assertThat(fleet.destroyed()).isEmpty();

    model.resume();
    thread.pass(Duration.ofMillis(1_999));
    model.tick();
    assertThat(fleet.destroyed()).isEmpty();
    thread.pass(Duration.ofMillis(1));
    model.tick();
    assertThat(fleet.destroyed()).hasSize(1);
  }

  @Test
  void what_was_sent_is_under_way_until_the_vm_is_gone() {
    destroy(empty);
    thread.pass(EndViewModel.GRACE);
    model.tick();
    assertThat(model.underWay()).containsExactly(empty);

    var ended = model.ended();
    assertThat(ended).isNotDone();
    fleet.destruction("class-a-1").complete(null);
    assertThat(ended).isCompletedWithValue(true);
    assertThat(model.underWay()).isEmpty();
  }

  @Test
  void who_leaves_hears_that_a_vm_did_not_go() {
    destroy(empty);
    var ended = model.sendNow();

    fleet
        .destruction("class-a-1")
        .completeExceptionally(
            new PodiumException.InUse(
                "class-a-1 was not destroyed", "1 person is on it", "Drain it."));

    assertThat(ended).isCompletedWithValue(false);
    assertThat(failures).hasSize(1);
    assertThat(model.underWay()).isEmpty();
  }

  private void destroy(FleetVm vm) {
    model.ask(EndKind.DESTROY, List.of(vm));
    model.confirm();
  }
}
