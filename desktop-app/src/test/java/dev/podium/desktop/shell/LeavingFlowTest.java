package dev.podium.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.desktop.testing.ScriptedFleet.Destroyed;
import dev.podium.desktop.testing.Vms;
import dev.podium.fleet.model.Health;
import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// Leaving a fleet that has VMs, by closing the window or by signing out.
class LeavingFlowTest extends ConsoleTest {
  @Test
  void closing_the_local_clouds_window_tells_that_its_vms_end_with_it() {
    enterWithTwo(true);
    closeWindow();
    awaitText("End the local cloud and its 2 VMs?");
    assertThat(focused()).isEqualTo("Go back");
    push(KeyCode.ENTER);
    await().atMost(PATIENCE).until(() -> !shows("End the local cloud and its 2 VMs?"));
    assertThat(closed).isFalse();

    closeWindow();
    click("End all and leave");
    await().atMost(PATIENCE).untilTrue(closed);
  }

  @Test
  void signing_out_of_a_project_says_what_stays_and_keeps_it() {
    enterWithTwo(false);
    click("Sign out");
    awaitText("Leave 2 VMs in the cloud?");
    push(KeyCode.ESCAPE);
    await().atMost(PATIENCE).until(() -> !shows("Leave 2 VMs in the cloud?"));
    assertThat(signedOut).isFalse();

    click("Sign out");
    click("Keep and leave");
    await().atMost(PATIENCE).untilTrue(signedOut);
    assertThat(fleet.destroyed()).isEmpty();
  }

  @Test
  void ending_all_in_a_project_wants_a_word_for_the_people_and_waits_until_they_are_gone() {
    enterWithTwo(false);
    closeWindow();
    awaitText("Leave 2 VMs in the cloud?");
    type("destroy 2");
    click("End all and leave");
    await().atMost(PATIENCE).until(() -> fleet.destroyed().size() == 2);
    assertThat(fleet.destroyed())
        .containsExactlyInAnyOrder(
            new Destroyed("class-a-1", true), new Destroyed("class-a-2", true));
    awaitText("Destroying 2 VMs");
    assertThat(closed).isFalse();

    fleet.destruction("class-a-1").complete(null);
    fleet.destruction("class-a-2").complete(null);
    await().atMost(PATIENCE).untilTrue(closed);
  }

  @Test
  void a_fleet_without_vms_is_left_without_a_question() {
    fleet.show(List.of());
    enter(false);
    awaitText("No VMs yet");
    closeWindow();
    await().atMost(PATIENCE).untilTrue(closed);
  }

  private void enterWithTwo(boolean local) {
    fleet.show(List.of(Vms.vm("class-a-1"), Vms.vm("class-a-2", Health.HEALTHY, 3)));
    enter(local);
    await().atMost(PATIENCE).until(() -> cellTexts("NAME").size() == 2);
  }
}
