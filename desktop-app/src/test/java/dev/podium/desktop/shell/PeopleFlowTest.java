package dev.podium.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.desktop.testing.Vms;
import java.util.List;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// Seeing who is in the chat, and putting somebody out.
class PeopleFlowTest extends ConsoleTest {
  @Test
  void somebody_is_put_out_by_clicks_after_a_question_with_the_name() {
    fleet.show(List.of(Vms.inRoom(Vms.vm("vm-1"), "lobby", "Ann", "Ben")));
    enter(true);
    awaitText("Podium");
    key(KeyCode.DIGIT5, true);
    await().atMost(PATIENCE).until(() -> window(() -> people().getItems().size()) == 2);
    robot.interact(() -> people().getSelectionModel().select(1));

    click("Put out…");
    awaitText("Put Ben out of the chat?");
    click("Let stay");
    assertThat(fleet.putOut()).isEmpty();

    robot.interact(() -> people().requestFocus());
    push(KeyCode.DELETE);
    click("Put out");
    await().atMost(PATIENCE).until(() -> fleet.putOut().equals(List.of("id-of-Ben for 12 h")));
    awaitText("Ben is put out, and refused for 12 hours.");
  }

  @Test
  void an_empty_page_says_so_and_offers_an_invite() {
    fleet.show(List.of(Vms.vm("vm-1")));
    enter(true);
    key(KeyCode.DIGIT5, true);
    awaitText("Nobody is in the chat");
    assertThat(fleet.putOut()).isEmpty();
  }

  private TableView<?> people() {
    return robot.lookup(".people .table-view").queryAs(TableView.class);
  }
}
