package dev.podium.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.desktop.testing.Vms;
import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.event.FleetEvent.Actor;
import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// What the pages say about the fleet.
class FleetFlowTest extends ConsoleTest {
  @Test
  void where_no_browser_can_be_started_it_is_said_and_the_link_is_copied() {
    browser =
        page -> {
          throw new PodiumException.Unavailable(
              "Your browser was not opened", "xdg-open ended with 3", "Open it yourself.", null);
        };
    enterWithOne();
    push(KeyCode.CONTROL, KeyCode.O);
    awaitText("Your browser was not opened: xdg-open ended with 3");
    awaitText(
        "The link to the chat of room-1 is copied: paste it into a browser’s address bar, here or"
            + " on another computer.");
    assertThat(copied).singleElement().asString().startsWith("http://127.0.0.1:31234/#t=");
  }

  @Test
  void a_chat_that_opens_is_told() {
    enterWithOne();
    push(KeyCode.CONTROL, KeyCode.O);
    awaitText("The chat of room-1 opens in your browser.");
  }

  @Test
  void an_activity_begins_with_its_vm_to_the_eye_and_to_the_ear() {
    enterWithOne();
    fleet
        .events()
        .publish(
            new Activity(
                Vms.START,
                Actor.MONITOR,
                Level.WARNING,
                Optional.of(new VmName("room-1")),
                "destroyed: no answer for 3 min",
                List.of()));
    push(KeyCode.CONTROL, KeyCode.DIGIT2);
    awaitText("room-1: destroyed: no answer for 3 min");
    String heard =
        window(() ->
            robot.lookup(".activity .list-cell").queryAllAs(ListCell.class).stream()
                .map(cell -> cell.getAccessibleText())
                .filter(text -> text != null)
                .findFirst()
                .orElse(""));
    assertThat(heard).startsWith("room-1: destroyed");
  }

  @Test
  void a_console_that_sees_badly_says_so_in_words_and_explains_it() {
    enterWithOne();
    fleet.tick(3, Optional.empty(), true);
    await().atMost(PATIENCE).until(() -> monitor().getText().endsWith("sees badly: 3 of 8"));
    assertThat(window(() -> monitor().getTooltip().getText()))
        .contains("does not see the fleet well")
        .contains("Podium waits 4 times as long before it judges a VM");
  }

  @Test
  void failed_vms_are_tried_again_from_the_dialog() {
    fleet.show(List.of());
    enter(true);
    push(KeyCode.CONTROL, KeyCode.N);
    click("Create 1 VM");
    awaitText("Creating 1 VM");
    fleet
        .creations()
        .getFirst()
        .operation()
        .completeExceptionally(
            new PodiumException.QuotaExceeded("It was not created", "CPUS", "Ask.", null));
    awaitText("No VM is ready, 1 failed");
    assertThat(shows("You may close this; the VMs come all the same and show in the table."))
        .isFalse();

    click("Try again for 1 VM");
    awaitText("Creating 1 VM");
    fleet.creations().getLast().ready().complete(Vms.vm("vm-2"));
    awaitText("1 of 1 ready");
    awaitText("They show in the table.");
  }

  @Test
  void the_details_name_the_earliest_end_with_its_reason() {
    fleet.show(List.of(Vms.vm("room-1", Health.IDLE, 0)));
    enter(true);
    select("room-1");
    await()
        .atMost(PATIENCE)
        .until(() ->
            window(() ->
                robot.lookup(".facts .label").queryAllAs(Label.class).stream()
                    .anyMatch(label -> label.getText().contains("if nobody comes: unused for"))));
  }

  @Test
  void ages_go_by_the_clouds_clock_and_a_wrong_clock_here_is_told() {
    fleet.show(List.of(Vms.ending(Vms.vm("room-1"), 3_600)));
    enter(true);
    await().atMost(PATIENCE).until(() -> cellTexts("NAME").size() == 1);
    List<String> ages = cellTexts("AGE");

    // Two hours pass on this computer alone.
    fleet.goBy(() -> Vms.START.plusSeconds(1));
    passTime(Duration.ofHours(2));
    String banner =
        "This computer's clock is 2 h ahead of the cloud's. Podium goes by the cloud's; set this"
            + " one right.";
    fleet.tick(0, Optional.of(banner), true);
    awaitText(banner);
    assertThat(cellTexts("AGE")).isEqualTo(ages);
  }

  @Test
  void the_vms_that_need_attention_are_selected_and_drained_together() {
    fleet.show(
        List.of(
            Vms.vm("room-1"),
            Vms.vm("room-2", Health.BROKEN, 0, "its check fails"),
            Vms.vm("room-10", Health.UNREACHABLE, 0, "no answer for 72 s")));
    enter(true);
    awaitText("room-2 needs attention. Broken: its check fails. 1 other VM needs it, too.");
    click("Select all 2");
    await()
        .atMost(PATIENCE)
        .until(() ->
            window(() -> robot.lookup(".selection-bar .label").queryAs(Label.class).getText())
                .startsWith("2 selected · nobody on them"));
    push(KeyCode.CONTROL, KeyCode.D);
    awaitText("Drain 2 VMs?");
  }

  private Label monitor() {
    return robot.lookup(".monitor").queryAs(Label.class);
  }

  private void enterWithOne() {
    fleet.show(List.of(Vms.vm("room-1")));
    enter(true);
    select("room-1");
  }
}
