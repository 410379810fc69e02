package dev.podium.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.desktop.settings.WindowMemoryFile;
import dev.podium.desktop.signin.SignInPort;
import dev.podium.desktop.testing.SameThread;
import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.desktop.testing.ScriptedFleet.Destroyed;
import dev.podium.desktop.testing.ScriptedProject;
import dev.podium.desktop.testing.ScriptedSetup;
import dev.podium.desktop.testing.Vms;
import dev.podium.fleet.event.FleetEvent.VmGone;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.preflight.Preflight;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The window as a person meets it.
class WindowFlowTest extends WindowTest {
  @TempDir Path folder;
  private final ScriptedFleet fleet = new ScriptedFleet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<SignInPort.Door> opened = new CopyOnWriteArrayList<>();
  private volatile boolean signInEnded;
  // Its time stands still, so that no countdown ends while a busy machine takes its own.
  private final SameThread clock = new SameThread();

  @BeforeEach
  void open() {
    fleet.goBy(clock::wall);
    window(() -> {
      new ConsoleWindow(stage, parts(), () -> closed.set(true)).show();
      return true;
    });
  }

  @Test
  void from_the_first_screen_to_a_healthy_vm() {
    press("#door-local");
    awaitText("Looking for your VMs…");
    fleet.show(List.of());
    awaitText("No VMs yet");

    key(KeyCode.N, true);
    awaitText("Create 1 VM");
    pressText("Create 1 VM");
    awaitText("Creating 1 VM");
    fleet.creations().getFirst().operation().complete("operation-1");
    fleet.show(List.of(Vms.vm("vm-1", Health.STARTING, 0)));
    awaitText("Accepted, starting");
    fleet.creations().getFirst().ready().complete(Vms.vm("vm-1"));
    awaitText("1 of 1 ready");
    key(KeyCode.ESCAPE, false);

    await().atMost(PATIENCE).until(() -> cellTexts("HEALTH").contains("Starting"));
    fleet.show(List.of(Vms.with(Vms.vm("vm-1"), Health.HEALTHY, 1)));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(cellTexts("HEALTH")).containsExactly("Healthy"));
  }

  @Test
  void a_destruction_waits_is_undone_and_is_asked_for_when_the_window_closes() {
    fleet.show(List.of(Vms.vm("class-a-1", Health.HEALTHY, 2)));
    press("#door-local");
    select("class-a-1");
    key(KeyCode.DELETE, false);
    awaitText("Destroy class-a-1?");
    type("class-a-1");
    pressText("Destroy in 10 s");
    awaitText("Destroying class-a-1 in 10 s");

    closeWindow();
    awaitText("Destroy class-a-1 before leaving?");
    assertThat(closed).isFalse();
    pressText("Go back");

    key(KeyCode.Z, true);
    await().atMost(PATIENCE).until(() -> robot.lookup(".toast").tryQuery().isEmpty());
    assertThat(fleet.destroyed()).isEmpty();
  }

  @Test
  void who_closes_the_window_and_wants_it_done_has_it_done_first() {
    enterAndDestroy();
    closeWindow();
    pressText("Destroy and leave");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(fleet.destroyed()).containsExactly(new Destroyed("class-a-1", false)));
    assertThat(closed).isFalse();

    fleet.destruction("class-a-1").complete(null);
    await().atMost(PATIENCE).untilTrue(closed);
  }

  @Test
  void nothing_goes_out_while_the_window_asks_and_what_is_then_kept_is_kept() {
    enterAndDestroy();
    closeWindow();
    awaitText("Destroy class-a-1 before leaving?");
    List<String> ages = cellTexts("AGE");
    passTime(Duration.ofMinutes(1));
    await().atMost(PATIENCE).until(() -> !cellTexts("AGE").equals(ages));

    pressText("Keep and leave");
    await().atMost(PATIENCE).untilTrue(closed);
    assertThat(fleet.destroyed()).isEmpty();
  }

  @Test
  void a_window_waits_for_a_destruction_that_went_out_and_stays_open_if_it_fails() {
    enterAndDestroy();
    passTime(Duration.ofSeconds(10));
    await().atMost(PATIENCE).until(() -> !fleet.destroyed().isEmpty());
    closeWindow();
    awaitText("Destroying class-a-1");

    fleet
        .destruction("class-a-1")
        .completeExceptionally(
            new PodiumException.InUse(
                "class-a-1 was not destroyed", "1 person is on it", "Drain it."));
    awaitText("class-a-1 was not destroyed: 1 person is on it");
    assertThat(shows("Leave now")).isFalse();
    assertThat(closed).isFalse();
  }

  @Test
  void an_error_that_was_open_at_the_sign_out_does_not_hide_those_of_the_next_session() {
    enterAndSelect();
    fleet.refuse(new PodiumException.NotPermitted("Not drained", "", "Ask.", null));
    drainAndWait();
    awaitText("That did not work");
    pressText("Sign out");
    pressText("End all and leave");

    press("#door-local");
    select("class-a-1");
    drainAndWait();
    awaitText("That did not work");
  }

  @Test
  void who_is_signed_in_no_more_is_told_and_signs_in_again_with_one_click() {
    press("#door-google");
    awaitText("Looking for your VMs…");
    assertThat(shows("Sign in again")).isFalse();

    signInEnded = true;
    awaitText("Sign in again to see your VMs.");
    assertThat(shows("Looking for your VMs…")).isFalse();
    signInEnded = false;
    press("#sign-in-again");
    await().atMost(PATIENCE).until(() -> opened.size() == 2);
    assertThat(opened).containsOnly(SignInPort.Door.GOOGLE);
    await().atMost(PATIENCE).until(() -> !shows("Sign in again"));
  }

  @Test
  void keys_act_on_vms_only_where_the_person_sees_them_and_is_not_typing() {
    enterAndSelect();
    key(KeyCode.DIGIT3, true);
    key(KeyCode.K, true);
    key(KeyCode.DIGIT1, true);
    robot.interact(() -> robot.lookup(".search").queryAs(TextField.class).requestFocus());
    key(KeyCode.K, true);
    assertThat(fleet.held()).isEmpty();

    robot.interact(() -> table().requestFocus());
    key(KeyCode.K, true);
    await().atMost(PATIENCE).until(() -> fleet.held().size() == 1);
  }

  @Test
  void a_destruction_is_taken_back_by_key_while_another_card_is_open() {
    enterAndDestroy();
    key(KeyCode.DELETE, false);
    awaitText("Destroy class-a-1?");

    key(KeyCode.Z, true);
    await().atMost(PATIENCE).until(() -> robot.lookup(".toast").tryQuery().isEmpty());
  }

  @Test
  void selection_and_badges_stay_with_their_vms_while_rows_come_and_go() {
    FleetVm a = Vms.vm("class-a-1", Health.BROKEN, 0);
    FleetVm b = Vms.vm("class-a-2", Health.HEALTHY, 1);
    FleetVm c = Vms.vm("class-a-3", Health.IDLE, 0);
    fleet.show(List.of(a, b, c));
    press("#door-local");
    select("class-a-2");

    fleet.events().publish(new VmGone(a.name(), a.vm().id(), "deleted"));
    await()
        .atMost(PATIENCE)
        .until(() -> cellTexts("NAME").equals(List.of("class-a-2", "class-a-3")));
    assertThat(selectedName()).isEqualTo("class-a-2");
    assertThat(badges()).containsExactly("healthy", "idle");

    robot.interact(() -> robot.lookup(".search").queryAs(TextField.class).setText("class-a-3"));
    await().atMost(PATIENCE).until(() -> cellTexts("NAME").equals(List.of("class-a-3")));
    robot.interact(() -> robot.lookup(".search").queryAs(TextField.class).setText(""));
    await().atMost(PATIENCE).until(() -> cellTexts("NAME").size() == 2);
    assertThat(selectedName()).isEqualTo("class-a-2");
  }

  private void drainAndWait() {
    key(KeyCode.D, true);
    pressText("Drain in 10 s");
    awaitText("Draining class-a-1 in 10 s");
    passTime(Duration.ofSeconds(10));
  }

  private void enterAndSelect() {
    fleet.show(List.of(Vms.vm("class-a-1", Health.IDLE, 0)));
    press("#door-local");
    select("class-a-1");
  }

  private void enterAndDestroy() {
    enterAndSelect();
    key(KeyCode.DELETE, false);
    pressText("Destroy in 10 s");
    awaitText("Destroying class-a-1 in 10 s");
  }

  private void passTime(Duration time) {
    window(() -> {
      clock.pass(time);
      return true;
    });
  }

  private ConsoleParts parts() {
    Consumer<String> clipboard = text -> {};
    return new ConsoleParts(
        new LocalDoor(),
        new WindowMemoryFile(folder.resolve("window.properties")),
        page -> {},
        clipboard,
        Optional::empty,
        new ConsoleParts.Projects(new ScriptedSetup(), new ScriptedSetup()),
        Optional::empty,
        clock);
  }

  private final class LocalDoor implements SignInPort {
    @Override
    public Optional<Door> remembered() {
      return Optional.empty();
    }

    @Override
    public Optional<String> prepared() {
      return Optional.of("project class-1");
    }

    @Override
    public Preflight preflight() {
      return new ScriptedProject().preflight();
    }

    @Override
    public Attempt open(Door door, Consumer<Progress> progress) {
      opened.add(door);
      Opened inside =
          new Opened(fleet, "ann@example.org", "LOCAL", true, () -> signInEnded, List.of());
      return new Attempt(CompletableFuture.completedFuture(inside), () -> {});
    }

    @Override
    public void signOut() {}
  }

  @Test
  void a_pinned_vm_is_marked_and_the_mark_goes_with_the_pin() {
    FleetVm vm = Vms.vm("class-a-1");
    fleet.show(List.of(Vms.labelled(vm, Labels.PIN, "true"), Vms.vm("class-a-2")));
    press("#door-local");
    await()
        .atMost(PATIENCE)
        .until(() -> marks().equals(List.of("Pinned, Podium never ends it", "")));

    fleet.show(List.of(vm));
    await().atMost(PATIENCE).until(() -> marks().equals(List.of("", "")));
  }
}
