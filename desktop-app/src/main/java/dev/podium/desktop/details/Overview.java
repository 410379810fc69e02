package dev.podium.desktop.details;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Phrases;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// The VM's facts, in three columns of name and value.
final class Overview extends ScrollPane {
  private static final int COLUMNS = 3;

  private record Fact(String name, String value) {}

  private final GridPane grid = new GridPane();
  private final List<Label> values = new ArrayList<>();

  Overview() {
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

  void show(FleetVm vm, Instant now) {
    List<Fact> facts = facts(vm, now);
    if (values.isEmpty()) {
      build(facts);
    }
    for (int i = 0; i < facts.size(); i++) {
      values.get(i).setText(facts.get(i).value());
    }
  }

  private void build(List<Fact> facts) {
    int rows = Math.ceilDiv(facts.size(), COLUMNS);
    for (int i = 0; i < facts.size(); i++) {
      Label name = new Label(facts.get(i).name());
      name.getStyleClass().add(Styles.TEXT_MUTED);
      Label value = new Label();
      value.setWrapText(true);
      values.add(value);
      grid.add(name, 2 * (i / rows), i % rows);
      grid.add(value, 2 * (i / rows) + 1, i % rows);
    }
  }

  private static List<Fact> facts(FleetVm shown, Instant now) {
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
        new Fact("Chat", vm.chatUrl().map(Object::toString).orElse("no address yet")),
        new Fact("Zone", vm.zone()),
        new Fact("Machine type", vm.machineType() + (vm.spot() ? ", spot" : "")),
        new Fact("Image", vm.image().isEmpty() ? "not known" : vm.image()),
        new Fact("Status", vm.state().name()),
        new Fact("Instance id", vm.id()),
        new Fact("Created", Phrases.dateAndTime(vm.created(), ZoneId.systemDefault())),
        new Fact("Age", DurationText.twoUnits(age)),
        new Fact("Ends by itself", vm.runLimit().map(limit -> ends(limit, age)).orElse("no limit")),
        new Fact("Kept", Phrases.kept(vm, now).orElse("no pin, no hold")),
        new Fact("Cost", Phrases.hourly(shown.costPerHour(), shown.priceKnown())));
  }

  private static String ends(Duration limit, Duration age) {
    return "in "
        + DurationText.twoUnits(limit.minus(age))
        + ", after "
        + DurationText.twoUnits(limit);
  }
}
