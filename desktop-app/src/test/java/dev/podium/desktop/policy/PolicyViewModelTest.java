package dev.podium.desktop.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.testing.Deferred;
import dev.podium.desktop.testing.SameThread;
import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyMember;
import dev.podium.wire.invite.AccessCode;
import dev.podium.wire.model.PodiumException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyViewModelTest {
  private final ScriptedFleet fleet = new ScriptedFleet();
  private final List<FailureText> failures = new ArrayList<>();
  private final PolicyViewModel model = new PolicyViewModel(fleet, new SameThread(), failures::add);

  private void write(PolicyMember member, String text) {
    model.text(member).set(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MINIMUM       | 11            | over the maximum of 10
          SEATS         | 0             | from 1 to 10,000
          HOURLY_BUDGET | -1            | Dollars from 0
          ZONES         | mars-north1-a | There is no zone mars-north1-a
          MACHINE_TYPE  | huge-9000     | There is no huge-9000 in us-central1-a
          IDLE          | soon          | such as 30 min
          ACCESS_CODE   | 12345         | From 6 to 64 characters
          """)
  void a_bad_member_is_refused_at_its_field_and_cannot_be_saved(
      PolicyMember member, String text, String sentence) {
    model.load();
    write(member, text);

    assertThat(model.faults().get()).containsOnlyKeys(member);
    assertThat(model.faults().get().get(member)).contains(sentence);
    model.save(() -> failures.add(new FailureText("saved", "", "", "")));
    assertThat(failures).isEmpty();
    assertThat(fleet.policy().scaling().minimum()).isZero();
  }

  @Test
  void nothing_is_in_force_before_it_is_saved_and_all_of_it_afterwards() {
    write(PolicyMember.MAXIMUM, "5");
    write(PolicyMember.SUSPECT, "25 s");
    assertThat(model.changed().get()).isTrue();
    assertThat(fleet.policy().scaling().maximum()).isEqualTo(10);

    List<String> told = new ArrayList<>();
    model.save(() -> told.add("saved"));

    assertThat(told).containsExactly("saved");
    assertThat(fleet.policy().scaling().maximum()).isEqualTo(5);
    assertThat(fleet.policy().limits().silence().suspect()).hasSeconds(25);
    assertThat(model.changed().get()).isFalse();
  }

  @Test
  void an_access_code_is_set_stays_hidden_beside_other_changes_and_is_cleared() {
    write(PolicyMember.ACCESS_CODE, "blue whale");
    model.save(() -> {});
    AccessCode code = fleet.policy().accessCode().orElseThrow();
    assertThat(code.matches("blue whale")).isTrue();
    assertThat(model.text(PolicyMember.ACCESS_CODE).get()).isEqualTo("******");
    assertThat(model.changed().get()).isFalse();

    write(PolicyMember.MAXIMUM, "5");
    model.save(() -> {});
    assertThat(fleet.policy().accessCode()).contains(code);

    write(PolicyMember.ACCESS_CODE, "");
    assertThat(model.changed().get()).isTrue();
    model.save(() -> {});
    assertThat(fleet.policy().accessCode()).isEmpty();
  }

  @Test
  void taking_back_shows_what_is_in_force() {
    write(PolicyMember.MAXIMUM, "0");
    model.revert();
    assertThat(model.text(PolicyMember.MAXIMUM).get()).isEqualTo("10");
    assertThat(model.faults().get()).isEmpty();
    assertThat(model.changed().get()).isFalse();
  }

  @Test
  void the_cost_it_could_lead_to_is_shown_and_held_by_the_budget() {
    model.load();
    write(PolicyMember.MINIMUM, "2");
    assertThat(model.estimate().get().most()).isEqualTo("At most $0.168 an hour");
    assertThat(model.estimate().get().why())
        .contains("10 VMs of e2-small at $0.017 each", "2 VMs also when nobody is there: $0.034");

    write(PolicyMember.HOURLY_BUDGET, "0.05");
    assertThat(model.estimate().get().most()).isEqualTo("At most $0.050 an hour");
    assertThat(model.estimate().get().why()).contains("The hourly budget holds it to 2 VMs.");

    write(PolicyMember.MACHINE_TYPE, "c3-standard-4");
    assertThat(model.estimate().get().most()).isEqualTo("Price not known");

    write(PolicyMember.MAXIMUM, "?");
    assertThat(model.estimate().get()).isEqualTo(PolicyEstimate.NOTHING);
  }

  @Test
  void what_was_spent_of_the_total_budget_is_shown_and_grows() {
    model.load();
    assertThat(model.estimate().get().why()).doesNotContain("total budget");
    write(PolicyMember.TOTAL_BUDGET, "20");
    assertThat(model.estimate().get().why()).contains("Nothing of the total budget is spent yet.");
    fleet.spend(1.25);
    model.tick();
    assertThat(model.estimate().get().why()).contains("Of the total budget $1.25 is spent.");
    fleet.spend(1.5);
    model.tick();
    assertThat(model.estimate().get().why()).contains("Of the total budget $1.50 is spent.");
  }

  @Test
  void a_change_from_elsewhere_is_taken_over_or_told_if_the_person_is_changing_something() {
    fleet.setPolicy(PolicyDraft.of(fleet.policy()).with(Map.of(PolicyMember.MAXIMUM, "20")));
    model.tick();
    assertThat(model.text(PolicyMember.MAXIMUM).get()).isEqualTo("20");

    write(PolicyMember.SEATS, "7");
    fleet.setPolicy(PolicyDraft.of(fleet.policy()).with(Map.of(PolicyMember.MAXIMUM, "30")));
    model.tick();
    assertThat(model.text(PolicyMember.SEATS).get()).isEqualTo("7");
    assertThat(model.note().get()).contains("changed elsewhere");
  }

  @Test
  void the_window_never_waits_for_the_clouds_zones() {
    Deferred later = new Deferred();
    PolicyViewModel slow = new PolicyViewModel(fleet, later, failures::add);
    slow.load();
    slow.text(PolicyMember.ZONES).set("mars-north1-a");
    assertThat(slow.faults().get()).isEmpty();

    later.run();

    assertThat(slow.faults().get()).containsOnlyKeys(PolicyMember.ZONES);
  }

  @Test
  void what_is_written_while_a_save_is_under_way_stays_as_the_next_change() {
    Deferred later = new Deferred();
    PolicyViewModel slow = new PolicyViewModel(fleet, later, failures::add);
    slow.text(PolicyMember.MAXIMUM).set(" 5");
    slow.save(() -> {});
    slow.text(PolicyMember.SEATS).set("7");
    later.run();

    assertThat(slow.text(PolicyMember.MAXIMUM).get()).isEqualTo("5");
    assertThat(fleet.policy().scaling().maximum()).isEqualTo(5);
    assertThat(slow.text(PolicyMember.SEATS).get()).isEqualTo("7");
    assertThat(slow.changed().get()).isTrue();
  }

  @Test
  void a_policy_that_cannot_be_kept_is_told_and_stays_in_the_form() {
    write(PolicyMember.MAXIMUM, "5");
    fleet.refuse(
        new PodiumException.NotPermitted(
            "The file cannot be written", "AccessDenied", "Make room.", null));
    model.save(() -> {});
    assertThat(failures).singleElement().extracting(FailureText::code).isEqualTo("not_permitted");
    assertThat(model.text(PolicyMember.MAXIMUM).get()).isEqualTo("5");
    assertThat(model.saving().get()).isFalse();
  }
}
