package dev.podium.desktop.create;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.create.CreateForm.Field;
import dev.podium.desktop.fx.Card;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/// A form in two columns: above each control its name, below it what is wrong with it.
final class FieldGrid {
  private static final double HALF_PERCENT = 50;

  private final GridPane grid = new GridPane();
  private final ReadOnlyObjectProperty<Map<Field, String>> faults;

  FieldGrid(ReadOnlyObjectProperty<Map<Field, String>> faults) {
    this.faults = faults;
    ColumnConstraints half = new ColumnConstraints();
    half.setPercentWidth(HALF_PERCENT);
    grid.getColumnConstraints().addAll(half, half);
    grid.getStyleClass().add("field-grid");
  }

  void add(Field field, String name, Control control, int column, int row) {
    Label label = new Label(name);
    label.setLabelFor(control);
    control.setMaxWidth(Double.MAX_VALUE);
    control.setAccessibleText(name);
    Label fault = Card.paragraph("", "fault");
    faults.subscribe(
        all -> {
          String wrong = all.getOrDefault(field, "");
          fault.setText(wrong);
          fault.setVisible(!wrong.isEmpty());
          fault.setManaged(!wrong.isEmpty());
          control.pseudoClassStateChanged(Styles.STATE_DANGER, !wrong.isEmpty());
          control.setAccessibleHelp(wrong);
        });
    VBox box = new VBox(label, control, fault);
    box.getStyleClass().add("field");
    grid.add(box, column, row);
  }

  void addPlain(Node node, int column, int row) {
    grid.add(node, column, row);
  }

  Node node() {
    return grid;
  }
}
