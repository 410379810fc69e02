package dev.podium.desktop.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.testing.Deferred;
import dev.podium.desktop.testing.LeakReports;
import dev.podium.desktop.testing.SameThread;
import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.desktop.testing.Vms;
import dev.podium.fleet.leaks.LeakReport;
import dev.podium.wire.model.PodiumException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaksViewModelTest {
  private final ScriptedFleet fleet = new ScriptedFleet();
  private final List<FailureText> failures = new ArrayList<>();
  private final LeaksViewModel model = new LeaksViewModel(fleet, new SameThread(), failures::add);

  @Test
  void nothing_is_said_before_the_sweep_has_looked() {
    assertThat(model.notice().get()).isEmpty();
    assertThat(model.report().get()).isEmpty();
  }

  @Test
  void what_the_sweep_found_is_a_notice_until_it_is_dismissed() {
    LeakReport report = LeakReports.report(Vms.START);
    fleet.swept(report);
    assertThat(model.notice().get()).isEqualTo(report.sentence());
    model.dismiss();
    assertThat(model.notice().get()).isEmpty();
    assertThat(model.report().get()).contains(report);
  }

  @Test
  void a_clean_cloud_needs_no_notice() {
    fleet.swept(new LeakReport(Vms.START, List.of(), ""));
    assertThat(model.notice().get()).isEmpty();
  }

  @Test
  void a_sweep_that_could_not_look_says_so() {
    fleet.swept(new LeakReport(Vms.START, List.of(), "The cloud does not answer."));
    assertThat(model.notice().get()).isEqualTo("The cloud does not answer.");
  }

  @Test
  void while_it_looks_what_was_seen_before_is_not_shown_as_fresh() {
    Deferred later = new Deferred();
    LeaksViewModel slow = new LeaksViewModel(fleet, later, failures::add);
    fleet.swept(LeakReports.report(Vms.START));
    later.run();
    assertThat(slow.report().get()).isPresent();

    slow.look();
    assertThat(slow.busy().get()).isTrue();
    assertThat(slow.report().get()).isEmpty();
    later.run();
    assertThat(slow.report().get()).isPresent();
  }

  @Test
  void a_good_look_takes_the_notice_of_the_failed_first_one_away() {
    fleet.swept(new LeakReport(Vms.START, List.of(), "The cloud does not answer."));
    fleet.lookFinds(LeakReports.report(Vms.START));
    model.look();
    assertThat(model.notice().get()).isEmpty();
    assertThat(model.report().get()).contains(LeakReports.report(Vms.START));
  }

  @Test
  void a_look_that_fails_is_a_problem_and_another_can_be_made() {
    fleet.swept(LeakReports.report(Vms.START));
    fleet.refuse(new PodiumException.Unavailable("It cannot be read", "why", "Wait.", null));
    model.look();
    assertThat(failures).hasSize(1);
    fleet.refuse(null);
    model.clean();
    assertThat(failures).hasSize(1);
    assertThat(model.busy().get()).isFalse();
  }
}
