package dev.podium.desktop.details;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Phrases;
import dev.podium.desktop.control.SelectableText;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// The VM's facts, in three columns of name and value.
final class Overview extends ScrollPane {
  private static final int COLUMNS = 3;
  private static final Set<String> COPIED = Set.of("Chat", "Image", "Instance id");

  /// @param copyable whether it is needed elsewhere: an id, an address
  private record Fact(String name, String value, boolean copyable) {
    Fact(String name, String value) {
      this(name, value, false);
    }
  }

  private final GridPane grid = new GridPane();
  private final List<BiConsumer<String, Boolean>> values = new ArrayList<>();
  private final Consumer<String> clipboard;

  /// @param clipboard takes what is copied
  Overview(Consumer<String> clipboard) {
    this.clipboard = clipboard;
    grid.getStyleClass().add("facts");
    for (int column = 0; column < COLUMNS; column++) {
      ColumnConstraints name = new ColumnConstraints();
      name.setMinWidth(USE_PREF_SIZE);
      ColumnConstraints value = new ColumnConstraints();
      value.setHgrow(Priority.ALWAYS);
      grid.getColumnConstraints().addAll(name, value);
    }
    setContent(grid);
    setFitToWidth(true);
    getStyleClass().add("plain");
  }

  /// @param end when and why it ends by itself
  void show(FleetVm vm, String end, Instant now) {
    List<Fact> facts = facts(vm, end, now);
    if (values.isEmpty()) {
      build(facts);
    }
    for (int i = 0; i < facts.size(); i++) {
      values.get(i).accept(facts.get(i).value(), facts.get(i).copyable());
    }
  }

  private void build(List<Fact> facts) {
    int rows = Math.ceilDiv(facts.size(), COLUMNS);
    for (int i = 0; i < facts.size(); i++) {
      Label name = new Label(facts.get(i).name());
      name.getStyleClass().add(Styles.TEXT_MUTED);
      grid.add(name, 2 * (i / rows), i % rows);
      grid.add(value(facts.get(i)), 2 * (i / rows) + 1, i % rows);
    }
  }

  private Node value(Fact fact) {
    if (COPIED.contains(fact.name())) {
      SelectableText value = new SelectableText(fact.name(), clipboard);
      values.add(value::show);
      return value;
    }
    Label value = new Label();
    value.setWrapText(true);
    values.add((text, copyable) -> value.setText(text));
    return value;
  }

  private static List<Fact> facts(FleetVm shown, String end, Instant now) {
    Vm vm = shown.vm();
    Duration age = Duration.between(vm.created(), now);
    return List.of(
        new Fact("Since", Phrases.ago(shown.verdict().since(), now)),
        new Fact(
            "People",
            shown.participants().present() + " of " + shown.participants().seats() + " seats"),
        new Fact("Idle", shown.idle().map(DurationText::twoUnits).orElse("not known yet")),
        new Fact(
            "Last heartbeat",
            shown.lastHeartbeat().map(at -> Phrases.ago(at, now)).orElse("none yet")),
        new Fact(
            "Chat",
            vm.chatUrl().map(Object::toString).orElse("no address yet"),
            vm.chatUrl().isPresent()),
        new Fact("Zone", vm.zone()),
        new Fact("Machine type", vm.machineType() + (vm.spot() ? ", spot" : "")),
        new Fact("Image", vm.image().isEmpty() ? "not known" : vm.image(), !vm.image().isEmpty()),
        new Fact("Status", vm.state().name()),
        new Fact("Instance id", vm.id(), true),
        new Fact("Created", Phrases.dateAndTime(vm.created(), ZoneId.systemDefault())),
        new Fact("Age", DurationText.twoUnits(age)),
        new Fact("Ends by itself", end),
        new Fact("Kept", Phrases.kept(vm, now).orElse("no pin, no hold")),
        new Fact(
            "Cost",
            (shown.vm().spot() && shown.costPerHour() > 0 ? "at most " : "")
                + Phrases.hourly(shown.costPerHour(), shown.priceKnown())
                + (shown.costPerHour() > 0 ? ", with disk and address" : "")));
  }
}
