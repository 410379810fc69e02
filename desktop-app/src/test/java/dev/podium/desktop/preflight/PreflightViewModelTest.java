package dev.podium.desktop.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.desktop.testing.SameThread;
import dev.podium.desktop.testing.ScriptedProject;
import dev.podium.fleet.preflight.CheckResult;
import dev.podium.fleet.preflight.check.CheckName;
import dev.podium.fleet.preflight.check.CheckState;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreflightViewModelTest {
  private final ScriptedProject project = new ScriptedProject();
  private final ExecutorService window = Executors.newSingleThreadExecutor();

  @AfterEach
  void end() {
    window.shutdownNow();
  }

  private PreflightViewModel model() {
    return new PreflightViewModel(
        project::preflight,
        new SameThread() {
          @Override
          public void inBackground(Runnable work) {
            Thread.ofVirtual().start(work);
          }

          @Override
          public void onWindow(Runnable work) {
            // Results come on several threads at a time; the window takes them on its own.
            window.execute(work);
          }
        });
  }

  private PreflightViewModel ended() {
    PreflightViewModel model = model();
    on(model::run);
    awaitEnd(model);
    return model;
  }

  private void awaitEnd(PreflightViewModel model) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> on(() -> !model.running().get() && !model.rows().isEmpty()));
  }

  private void on(Runnable work) {
    on(() -> {
      work.run();
      return true;
    });
  }

  private <T> T on(java.util.concurrent.Callable<T> work) {
    try {
      return window.submit(work).get();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static CheckState state(PreflightViewModel model, CheckName name) {
    return row(model, name).result().get().map(CheckResult::state).orElseThrow();
  }

  private static CheckRow row(PreflightViewModel model, CheckName name) {
    return model.rows().stream().filter(row -> row.name() == name).findFirst().orElseThrow();
  }

  @Test
  void where_all_is_well_it_says_so_and_what_a_vm_costs() {
    PreflightViewModel model = ended();
    assertThat(model.rows()).allMatch(row -> row.result().get().isPresent());
    assertThat(model.summary().get()).isEqualTo("All is well: a fleet can be made here.");
    assertThat(model.cost().get()).startsWith("One VM costs about $0.023 an hour");
    assertThat(model.blocked()).isFalse();
  }

  @Test
  void rows_stand_there_while_they_are_looked_at_and_fill_in_as_answers_come() {
    Semaphore answers = new Semaphore(0);
    project.answering(
        "quotas",
        () -> {
          answers.acquireUninterruptibly();
          return List.of();
        });
    PreflightViewModel model = model();
    on(model::run);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> on(() -> model.summary().get().equals("Checking… 14 of 15")));
    assertThat(on(() -> row(model, CheckName.QUOTAS).result().get())).isEmpty();
    assertThat(on(() -> row(model, CheckName.BILLING).result().get())).isPresent();

    answers.release(100);
    awaitEnd(model);
    assertThat(row(model, CheckName.QUOTAS).result().get()).isPresent();
  }

  @Test
  void what_stands_in_the_way_stands_first_with_what_helps() {
    project.troubled();
    PreflightViewModel model = ended();
    assertThat(model.summary().get()).startsWith("5 things stand in the way of a fleet.");
    assertThat(model.blocked()).isTrue();
    assertThat(model.rows().subList(0, 5))
        .extracting(CheckRow::name)
        .containsExactly(
            CheckName.BILLING,
            CheckName.APIS,
            CheckName.IMAGE,
            CheckName.FIREWALL,
            CheckName.VM_ROLE);
    assertThat(model.rows().subList(0, 5))
        .allMatch(row -> row.result().get().orElseThrow().remedy().isPresent());
  }

  @Test
  void a_fix_changes_the_project_only_when_it_is_pressed_and_its_row_turns_green() {
    project.troubled();
    PreflightViewModel model = ended();
    assertThat(project.done()).isEmpty();

    on(() -> model.fix(row(model, CheckName.FIREWALL)));

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> on(() -> state(model, CheckName.FIREWALL) == CheckState.OK));
    assertThat(project.done()).containsExactly("openPort");
    assertThat(model.summary().get()).startsWith("4 things stand");
  }

  @Test
  void a_fix_that_is_refused_is_told_in_its_row() {
    project.troubled();
    PreflightViewModel model = ended();
    project.refuseFixes(
        new PodiumException.NotPermitted("The port was not opened", "no right", "Ask.", null));
    CheckRow firewall = row(model, CheckName.FIREWALL);
    on(() -> model.fix(firewall));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> on(() -> firewall.unfixed().get() != null && !firewall.fixing().get()));
    assertThat(state(model, CheckName.FIREWALL)).isEqualTo(CheckState.FAILED);
  }

  @Test
  void it_runs_again_and_sees_what_was_mended_elsewhere() {
    project.troubled();
    PreflightViewModel model = ended();
    project.answer("billed", true);
    on(model::run);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> on(() -> model.summary().get().startsWith("4 things")));
  }

  @Test
  void a_project_that_cannot_be_opened_is_told() {
    PreflightViewModel model =
        new PreflightViewModel(
            () -> {
              throw new PodiumException.NotFound("No project", "none", "Set one up.", null);
            },
            new SameThread());
    model.run();
    assertThat(model.refusal().get()).isNotNull();
    assertThat(model.running().get()).isFalse();
  }

  @Test
  void what_comes_after_it_was_closed_is_dropped() {
    PreflightViewModel model = ended();
    on(model::close);
    on(model::run);
    assertThat(model.running().get()).isFalse();
  }
}
