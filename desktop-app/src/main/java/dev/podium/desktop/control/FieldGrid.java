package dev.podium.desktop.control;

import atlantafx.base.theme.Styles;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/// A form in columns of one width: above each control its name, below it what is wrong with it.
///
/// @param <F> names the fields
public final class FieldGrid<F> {
  private static final double WHOLE_PERCENT = 100;

  private final GridPane grid = new GridPane();
  private final ReadOnlyObjectProperty<Map<F, String>> faults;

  /// @param faults what is wrong, by field
  public FieldGrid(int columns, ReadOnlyObjectProperty<Map<F, String>> faults) {
    this.faults = faults;
    for (int column = 0; column < columns; column++) {
      ColumnConstraints part = new ColumnConstraints();
      part.setPercentWidth(WHOLE_PERCENT / columns);
      grid.getColumnConstraints().add(part);
    }
    grid.getStyleClass().add("field-grid");
  }

  /// Adds a field.
  public void add(F field, String name, Control control, int column, int row) {
    add(field, name, "", control, column, row);
  }

  /// Adds a field with a hint below it, in whose place a fault is shown while there is one.
  public void add(F field, String name, String hint, Control control, int column, int row) {
    Label label = new Label(name);
    label.setLabelFor(control);
    control.setMaxWidth(Double.MAX_VALUE);
    control.setAccessibleText(name);
    Label below = Card.paragraph(hint);
    faults.subscribe(all -> {
      String wrong = all.getOrDefault(field, "");
      String text = wrong.isEmpty() ? hint : wrong;
      below.setText(text);
      below.getStyleClass().removeAll("fault", "hint");
      below.getStyleClass().add(wrong.isEmpty() ? "hint" : "fault");
      below.setVisible(!text.isEmpty());
      below.setManaged(!text.isEmpty());
      control.pseudoClassStateChanged(Styles.STATE_DANGER, !wrong.isEmpty());
      control.setAccessibleHelp(text);
    });
    VBox box = new VBox(label, control, below);
    box.getStyleClass().add("field");
    grid.add(box, column, row);
  }

  /// Adds what is no field.
  public void addPlain(Node node, int column, int row) {
    grid.add(node, column, row);
  }

  /// The whole.
  public Node node() {
    return grid;
  }
}
