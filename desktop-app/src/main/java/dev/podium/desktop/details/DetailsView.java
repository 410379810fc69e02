package dev.podium.desktop.details;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Action;
import dev.podium.desktop.control.HealthStyle;
import dev.podium.desktop.control.Phrases;
import dev.podium.fleet.model.FleetVm;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The pane below the table: one VM from near.
public final class DetailsView extends VBox {
  // Rounding leaves the last line a little short of the end.
  private static final double NEARLY_AT_BOTTOM = 0.999;

  private final DetailsViewModel model;
  private final Label name = new Label();
  private final Label health = new Label();
  private final Label reason = new Label();
  private final Overview overview;
  private final VerdictTimeline timeline;
  private final LabelList labels;

  /// @param now the time against which ages are shown
  /// @param actions the buttons at the right
  /// @param clipboard takes ids and addresses that are copied
  public DetailsView(
      DetailsViewModel model,
      ObservableValue<Instant> now,
      List<Action> actions,
      Consumer<String> clipboard) {
    this.model = model;
    this.overview = new Overview(clipboard);
    this.labels = new LabelList(clipboard);
    this.timeline = new VerdictTimeline(now);
    getStyleClass().add("details");
    TabPane tabs = tabs();
    VBox.setVgrow(tabs, Priority.ALWAYS);
    getChildren().addAll(header(actions), tabs);
    model.vm().subscribe(vm -> show(vm, now.getValue()));
    now.subscribe(instant ->
        model.vm().get().ifPresent(vm -> overview.show(vm, model.end(instant), instant)));
    model.verdicts().subscribe(timeline::show);
  }

  private HBox header(List<Action> actions) {
    name.getStyleClass().add(Styles.TITLE_4);
    name.setMinWidth(Region.USE_PREF_SIZE);
    HealthStyle.prepare(health);
    health.setMinWidth(Region.USE_PREF_SIZE);
    reason.getStyleClass().add(Styles.TEXT_MUTED);
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    HBox header = new HBox(name, health, reason, spring);
    header.setAlignment(Pos.CENTER_LEFT);
    header.getStyleClass().add("details-header");
    for (Action action : actions) {
      Button button = action.button();
      button.getStyleClass().addAll(Styles.SMALL);
      header.getChildren().add(button);
    }
    return header;
  }

  private TabPane tabs() {
    Tab serial = new Tab("Serial console", serialConsole());
    TabPane tabs =
        new TabPane(
            new Tab("Overview", overview),
            new Tab("Health timeline", timeline),
            serial,
            new Tab("Labels", labels));
    tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    tabs.getStyleClass().add(Styles.DENSE);
    serial.selectedProperty().subscribe(model::followSerial);
    return tabs;
  }

  private Node serialConsole() {
    TextArea text = new TextArea();
    text.setEditable(false);
    text.getStyleClass().addAll("serial", "code");
    text.setAccessibleText("What the VM wrote to its serial console");
    model
        .serial()
        .subscribe(whole -> {
          String before = text.getText();
          if (!before.isEmpty() && whole.startsWith(before)) {
            append(text, whole.substring(before.length()));
          } else {
            text.setText(whole);
            text.end();
          }
        });
    Label note = new Label();
    note.getStyleClass().add(Styles.TEXT_MUTED);
    note.textProperty()
        .bind(
            model
                .serialNote()
                .flatMap(why ->
                    model
                        .serial()
                        .map(whole ->
                            !why.isEmpty()
                                ? why
                                : whole.isEmpty() ? "Nothing was written yet." : "")));
    StackPane stack = new StackPane(text, note);
    note.setMouseTransparent(true);
    return stack;
  }

  // Who reads further up or has selected something keeps place and selection; who is at the end
  // stays there.
  private static void append(TextArea text, String more) {
    int anchor = text.getAnchor();
    int caret = text.getCaretPosition();
    double top = text.getScrollTop();
    boolean follows = anchor == caret && isAtBottom(text);
    text.appendText(more);
    if (!follows) {
      text.selectRange(anchor, caret);
      text.setScrollTop(top);
    }
  }

  private static boolean isAtBottom(TextArea text) {
    return !(text.lookup(".scroll-pane") instanceof ScrollPane pane)
        || pane.getContent().getLayoutBounds().getHeight() <= pane.getViewportBounds().getHeight()
        || pane.getVvalue() >= NEARLY_AT_BOTTOM * pane.getVmax();
  }

  private void show(Optional<FleetVm> vm, Instant now) {
    if (vm.isEmpty()) {
      return;
    }
    FleetVm shown = vm.get();
    name.setText(shown.name().value());
    HealthStyle.show(health, shown.health(), shown.health().word());
    reason.setText(Phrases.why(shown.verdict()));
    overview.show(shown, model.end(now), now);
    labels.show(shown.vm().labels());
  }
}
