package dev.podium.desktop.shell;

import static org.awaitility.Awaitility.await;

import dev.podium.fleet.model.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// A window on JavaFX's headless platform, and what a person does with it and sees in it.
abstract class WindowTest {
  static final Duration PATIENCE = Duration.ofSeconds(15);

  final FxRobot robot = new FxRobot();
  Stage stage;

  @BeforeEach
  void openStage() throws TimeoutException {
    stage = FxToolkit.registerPrimaryStage();
  }

  @AfterEach
  void closeStages() throws TimeoutException {
    FxToolkit.cleanupStages();
  }

  void closeWindow() {
    window(() -> {
      stage.getOnCloseRequest().handle(new WindowEvent(stage, null));
      return true;
    });
  }

  // Fired instead of clicked: the headless platform takes every mouse press for a popup trigger.
  void press(String selector) {
    await().atMost(PATIENCE).until(() -> robot.lookup(selector).tryQuery().isPresent());
    robot.interact(() -> robot.lookup(selector).queryAs(ButtonBase.class).fire());
  }

  void pressText(String text) {
    awaitText(text);
    robot.interact(() ->
        stage.getScene().getRoot().lookupAll(".button").stream()
            .filter(node -> node instanceof ButtonBase button && text.equals(button.getText()))
            .map(ButtonBase.class::cast)
            .findFirst()
            .orElseThrow()
            .fire());
  }

  void type(String text) {
    robot.interact(() -> robot.lookup(".card .text-field").queryAs(TextField.class).setText(text));
  }

  void awaitText(String text) {
    await().atMost(PATIENCE).until(() -> shows(text));
  }

  boolean shows(String text) {
    return window(() ->
        Stream.of(".label", ".button")
            .flatMap(kind -> stage.getScene().getRoot().lookupAll(kind).stream())
            .anyMatch(node ->
                node instanceof Labeled labeled
                    && text.equals(labeled.getText())
                    && isShown(node)));
  }

  private static boolean isShown(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  List<String> marks() {
    return window(() ->
        cells("NAME").stream()
            .map(cell -> cell.getTooltip() == null ? "" : cell.getTooltip().getText())
            .toList());
  }

  /// The names that are struck through, as of VMs that are about to be destroyed.
  List<String> struckThrough() {
    return window(() ->
        cells("NAME").stream()
            .filter(cell -> cell.lookup(".text") instanceof Text text && text.isStrikethrough())
            .map(Labeled::getText)
            .toList());
  }

  // The headless robot sends no modifiers with a key, so the event is made here.
  void key(KeyCode code, boolean control) {
    robot.interact(() -> {
      Node owner = stage.getScene().getFocusOwner();
      Node target = owner == null ? stage.getScene().getRoot() : owner;
      target.fireEvent(
          new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, control, false, false));
    });
    WaitForAsyncUtils.waitForFxEvents();
  }

  // Through the robot, as a keyboard does it: pressed, typed where it has a character, released.
  void push(KeyCode... keys) {
    robot.push(keys);
    WaitForAsyncUtils.waitForFxEvents();
  }

  // Through the robot, as a mouse does it.
  void click(String text) {
    awaitText(text);
    Node button =
        window(() ->
            stage.getScene().getRoot().lookupAll(".button").stream()
                .filter(node ->
                    node instanceof ButtonBase labelled
                        && text.equals(labelled.getText())
                        && isShown(node))
                .findFirst()
                .orElseThrow());
    robot.clickOn(button);
    WaitForAsyncUtils.waitForFxEvents();
  }

  Node focusOwner() {
    return window(() -> {
      Node owner = stage.getScene().getFocusOwner();
      return owner == null ? stage.getScene().getRoot() : owner;
    });
  }

  /// The words on the control that has the focus.
  String focused() {
    return focusOwner() instanceof Labeled labeled ? labeled.getText() : focusOwner().toString();
  }

  void select(String name) {
    await().atMost(PATIENCE).until(() -> cellTexts("NAME").contains(name));
    int row = cellTexts("NAME").indexOf(name);
    robot.interact(() -> table().getSelectionModel().select(row));
  }

  TableView<?> table() {
    return robot.lookup(".table-view").queryAs(TableView.class);
  }

  String selectedName() {
    return window(() -> robot.lookup(".details .title-4").queryAs(Label.class).getText());
  }

  List<String> cellTexts(String column) {
    return window(() -> cells(column).stream().map(Labeled::getText).toList());
  }

  List<String> badges() {
    List<String> looks = new ArrayList<>();
    window(() -> {
      for (TableCell<?, ?> cell : cells("HEALTH")) {
        for (Health health : Health.values()) {
          String name = health.name().toLowerCase(java.util.Locale.ROOT);
          if (cell.getPseudoClassStates().contains(PseudoClass.getPseudoClass(name))) {
            looks.add(name);
          }
        }
      }
      return true;
    });
    return looks;
  }

  private List<TableCell<?, ?>> cells(String column) {
    return robot.lookup(".table-row-cell .table-cell").queryAll().stream()
        .filter(node -> node instanceof TableCell<?, ?>)
        .<TableCell<?, ?>>map(node -> (TableCell<?, ?>) node)
        .filter(cell -> column.equals(cell.getTableColumn().getId()) && !cell.isEmpty())
        .sorted((a, b) -> Integer.compare(a.getIndex(), b.getIndex()))
        .toList();
  }

  static <T> T window(Callable<T> work) {
    return WaitForAsyncUtils.waitForAsyncFx(PATIENCE.toMillis(), work);
  }
}
