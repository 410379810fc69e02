package dev.podium.desktop.details;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.testing.SameThread;
import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.desktop.testing.Vms;
import dev.podium.fleet.model.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

class DetailsViewTest {
  private final FxRobot robot = new FxRobot();
  private final ScriptedFleet fleet = new ScriptedFleet();
  private final List<String> copied = new ArrayList<>();
  private final DetailsViewModel model = new DetailsViewModel(fleet, new SameThread());

  @BeforeEach
  void open() throws Exception {
    Stage stage = FxToolkit.registerPrimaryStage();
    fleet.write("line\n".repeat(200));
    robot.interact(() -> {
      model.show(Optional.of(Vms.vm("class-a-1")));
      stage.setScene(
          new Scene(
              new DetailsView(model, new SimpleObjectProperty<>(Vms.START), List.of(), copied::add),
              1_000,
              300));
      stage.show();
      robot.lookup(".tab-pane").queryAs(TabPane.class).getSelectionModel().select(2);
    });
    WaitForAsyncUtils.waitForFxEvents();
  }

  @AfterEach
  void close() throws Exception {
    FxToolkit.cleanupStages();
  }

  @Test
  void who_reads_further_up_keeps_place_and_selection_when_the_console_goes_on() {
    robot.interact(() -> {
      serial().selectRange(5, 9);
      serial().setScrollTop(0);
    });
    goOn();

    assertThat(serial().getSelectedText()).isEqualTo("line");
    assertThat(serial().getScrollTop()).isZero();
  }

  @Test
  void who_is_at_the_end_stays_there() {
    double before = serial().getScrollTop();
    assertThat(before).isPositive();
    goOn();

    assertThat(serial().getScrollTop()).isGreaterThan(before);
  }

  @Test
  void ids_and_addresses_can_be_selected_and_copied_and_a_selection_outlasts_a_heartbeat() {
    robot.interact(
        () -> robot.lookup(".tab-pane").queryAs(TabPane.class).getSelectionModel().select(0));
    TextField id = field("Instance id");
    robot.doubleClickOn(id);
    assertThat(id.getSelectedText()).isEqualTo(Vms.vm("class-a-1").vm().id());
    robot.interact(() -> model.show(Optional.of(Vms.with(Vms.vm("class-a-1"), Health.HEALTHY, 1))));
    assertThat(id.getSelectedText()).isNotEmpty();

    robot.clickOn(id.getParent().lookup(".copy"));
    assertThat(copied).containsExactly(Vms.vm("class-a-1").vm().id());
    assertThat(field("Chat").getText()).startsWith("http://127.0.0.1:");
  }

  private TextField field(String name) {
    return robot.lookup(".selectable").queryAllAs(TextField.class).stream()
        .filter(field -> name.equals(field.getAccessibleText()))
        .findFirst()
        .orElseThrow();
  }

  private void goOn() {
    fleet.write("more\n".repeat(50));
    robot.interact(model::tick);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private TextArea serial() {
    return robot.lookup(".serial").queryAs(TextArea.class);
  }
}
