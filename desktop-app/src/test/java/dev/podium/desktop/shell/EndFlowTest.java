package dev.podium.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.desktop.testing.ScriptedFleet.Destroyed;
import dev.podium.desktop.testing.Vms;
import dev.podium.fleet.model.Health;
import java.time.Duration;
import java.util.stream.IntStream;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// Draining and destroying, by keyboard and mouse.
class EndFlowTest extends ConsoleTest {
  @Test
  void all_that_is_selected_is_drained_only_after_a_counted_question_and_ten_seconds() {
    rooms(3, Health.IDLE);
    push(KeyCode.CONTROL, KeyCode.A);
    push(KeyCode.CONTROL, KeyCode.D);
    awaitText("Drain 3 VMs?");
    assertThat(focused()).isEqualTo("Keep");

    click("Drain in 10 s");
    awaitText("Draining 3 VMs in 10 s");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(marks())
                .hasSize(3)
                .containsOnly("To be drained in a few seconds; Ctrl+Z takes it back"));
    assertThat(fleet.drained()).isEmpty();
    assertThat(struckThrough()).as("people on a VM that is drained go on").isEmpty();

    push(KeyCode.CONTROL, KeyCode.Z);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(marks()).containsOnly(""));
    passTime(Duration.ofSeconds(11));
    assertThat(fleet.drained()).isEmpty();
  }

  @Test
  void a_drain_that_nobody_takes_back_goes_out() {
    rooms(2, Health.IDLE);
    push(KeyCode.CONTROL, KeyCode.A);
    push(KeyCode.CONTROL, KeyCode.D);
    click("Drain in 10 s");
    awaitText("Draining 2 VMs in 10 s");
    passTime(Duration.ofSeconds(10));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(fleet.drained()).containsExactlyInAnyOrder("room-1", "room-2"));
  }

  @Test
  void vms_that_died_while_booting_are_one_dialog_with_a_button_for_force() {
    fleet.fallSilent();
    rooms(3, Health.STARTING);
    push(KeyCode.CONTROL, KeyCode.A);
    push(KeyCode.DELETE);
    click("Destroy in 10 s");
    awaitText("Destroying 3 VMs in 10 s");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(struckThrough()).hasSize(3));
    passTime(Duration.ofSeconds(10));
    awaitText("3 VMs were not destroyed.\nroom-1, room-2, room-3: it does not answer");

    click("Destroy by force…");
    awaitText("Destroy 3 VMs by force?");
    assertThat(shows("That did not work")).isFalse();
    type("destroy 3");
    click("Destroy in 10 s");
    awaitText("Destroying 3 VMs in 10 s");
    passTime(Duration.ofSeconds(10));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(fleet.destroyed())
                .filteredOn(Destroyed::force)
                .extracting(Destroyed::name)
                .containsExactlyInAnyOrder("room-1", "room-2", "room-3"));
  }

  private void rooms(int count, Health health) {
    fleet.show(
        IntStream.rangeClosed(1, count).mapToObj(i -> Vms.vm("room-" + i, health, 0)).toList());
    enter(true);
    await().atMost(PATIENCE).until(() -> cellTexts("NAME").size() == count);
    assertThat(cellTexts("NAME"))
        .isEqualTo(IntStream.rangeClosed(1, count).mapToObj(i -> "room-" + i).toList());
  }
}
