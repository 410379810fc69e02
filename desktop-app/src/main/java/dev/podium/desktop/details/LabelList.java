package dev.podium.desktop.details;

import atlantafx.base.theme.Styles;
import java.util.Map;
import java.util.TreeMap;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;

/// The VM's labels, by name.
final class LabelList extends ScrollPane {
  private final GridPane grid = new GridPane();

  LabelList() {
    grid.getStyleClass().add("facts");
    setContent(grid);
    setFitToWidth(true);
    getStyleClass().add("plain");
  }

  void show(Map<String, String> labels) {
    grid.getChildren().clear();
    int row = 0;
    for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
      Label name = new Label(label.getKey());
      name.getStyleClass().add(Styles.TEXT_MUTED);
      grid.addRow(row++, name, new Label(label.getValue()));
    }
    if (row == 0) {
      grid.addRow(0, new Label("This VM carries no labels."));
    }
  }
}
