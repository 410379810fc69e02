package dev.podium.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.desktop.testing.Vms;
import java.util.List;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// Where the keyboard's focus is, and what keys do there.
class KeyboardFlowTest extends ConsoleTest {
  @Test
  void the_table_has_the_focus_once_the_fleet_is_shown() {
    enterWithOne();
    awaitTableFocused();
  }

  @Test
  void a_slash_opens_the_search_and_is_not_typed_into_it() {
    enterWithOne();
    awaitTableFocused();
    push(KeyCode.SLASH);
    await().atMost(PATIENCE).until(() -> focusOwner() instanceof TextField);
    push(KeyCode.A);
    assertThat(((TextField) focusOwner()).getText()).isEqualTo("a");

    // In the field it is a character like others.
    push(KeyCode.SLASH);
    assertThat(((TextField) focusOwner()).getText()).isEqualTo("a/");
  }

  @Test
  void arrows_in_the_header_show_the_tabs_page_and_reach_the_table() {
    enterWithOne();
    awaitTableFocused();
    push(KeyCode.SHIFT, KeyCode.TAB);
    while (!"Fleet".equals(focused())) {
      push(KeyCode.SHIFT, KeyCode.TAB);
    }
    push(KeyCode.RIGHT);
    assertThat(focused()).isEqualTo("Activity");
    awaitText(
        "Nothing has happened yet. Whatever you or Podium does will be told here, with its"
            + " reason.");
    push(KeyCode.LEFT);
    assertThat(focused()).isEqualTo("Fleet");
    push(KeyCode.DOWN);
    awaitTableFocused();
  }

  @Test
  void the_header_is_one_stop_for_the_tab_key() {
    enterWithOne();
    assertThat(
            window(() ->
                stage.getScene().getRoot().lookupAll(".page-tab").stream()
                    .filter(tab -> tab.isFocusTraversable())
                    .count()))
        .isEqualTo(1);
  }

  @Test
  void a_second_enter_does_not_give_up_what_the_first_began() {
    opens = false;
    open(true);
    await().atMost(PATIENCE).until(() -> robot.lookup("#door-local").tryQuery().isPresent());
    robot.interact(() -> robot.lookup("#door-local").query().requestFocus());
    push(KeyCode.ENTER);
    awaitText("Starting the local cloud…");
    assertThat(focused()).isNotEqualTo("Cancel");
    push(KeyCode.ENTER);
    push(KeyCode.SPACE);
    assertThat(shows("Starting the local cloud…")).isTrue();
  }

  private void enterWithOne() {
    fleet.show(List.of(Vms.vm("room-1")));
    enter(true);
    await().atMost(PATIENCE).until(() -> cellTexts("NAME").size() == 1);
  }

  private void awaitTableFocused() {
    await().atMost(PATIENCE).until(() -> focusOwner() instanceof TableView);
  }
}
