package dev.podium.desktop.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.testing.SameThread;
import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.desktop.testing.Vms;
import dev.podium.fleet.model.PresentPerson;
import dev.podium.wire.model.PodiumException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeopleViewModelTest {
  private final ScriptedFleet fleet = new ScriptedFleet();
  private final List<FailureText> failures = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private final PeopleViewModel model =
      new PeopleViewModel(fleet, new SameThread(), failures::add, notices::add);

  private void two() {
    fleet.show(
        List.of(
            Vms.inRoom(Vms.vm("vm-1"), "lobby", "Ann", "Ben 10"),
            Vms.inRoom(Vms.vm("vm-2"), "maths", "Ann", "Ben 9")));
    model.look(true);
  }

  @Test
  void everybody_stands_once_with_their_rooms_and_vms_by_name() {
    two();
    assertThat(model.people())
        .extracting(PresentPerson::name)
        .containsExactly("Ann", "Ben 9", "Ben 10");
    assertThat(model.people().getFirst().rooms()).containsExactly("lobby", "maths");
    assertThat(model.people().getFirst().instances()).containsExactly("vm-1", "vm-2");
    model.search().set("MATHS");
    assertThat(model.people()).extracting(PresentPerson::name).containsExactly("Ann", "Ben 9");
    assertThat(model.total()).isEqualTo(3);
  }

  @Test
  void nobody_is_gathered_while_nobody_looks() {
    two();
    model.look(false);
    fleet.show(List.of(Vms.inRoom(Vms.vm("vm-1"), "lobby", "Eve")));
    model.tick();
    assertThat(model.people()).extracting(PresentPerson::name).doesNotContain("Eve");
    model.look(true);
    assertThat(model.people()).extracting(PresentPerson::name).contains("Eve");
  }

  @Test
  void who_is_put_out_was_named_in_the_question_and_is_refused_for_the_hours_chosen() {
    two();
    model.ask(model.people().subList(0, 2));
    PeopleViewModel.Question question = model.question().get();
    assertThat(question.inWords()).isEqualTo("2 people");
    assertThat(question.consequence()).startsWith("They are put out on every VM");
    assertThat(fleet.putOut()).isEmpty();

    model.confirm(2);

    assertThat(fleet.putOut()).containsExactly("id-of-Ann for 2 h", "id-of-Ben 9 for 2 h");
    assertThat(model.question().get()).isNull();
    assertThat(notices).containsExactly("2 people are put out, and refused for 2 hours.");
  }

  @Test
  void who_is_let_stay_stays() {
    two();
    model.ask(model.people().subList(0, 1));
    model.dismiss();
    model.confirm(2);
    assertThat(fleet.putOut()).isEmpty();
    model.ask(List.of());
    assertThat(model.question().get()).isNull();
  }

  @Test
  void one_who_left_keeps_none_of_the_others_in_and_is_told() {
    two();
    model.ask(model.people());
    fleet.show(List.of(Vms.inRoom(Vms.vm("vm-1"), "lobby", "Ann"), Vms.vm("vm-2")));
    model.confirm(12);
    assertThat(fleet.putOut()).containsExactly("id-of-Ann for 12 h");
    assertThat(failures).hasSize(1);
    assertThat(failures.getFirst().sentence()).contains("is in the chat");
  }

  @Test
  void what_the_fleet_refuses_is_told() {
    two();
    model.ask(model.people());
    fleet.refuse(
        new PodiumException.Unavailable(
            "'Ann' could not be put out", "the VMs could not be told", "Try again.", null));
    model.confirm(12);
    assertThat(notices).isEmpty();
    assertThat(failures).extracting(FailureText::code).containsExactly("unavailable");
  }
}
