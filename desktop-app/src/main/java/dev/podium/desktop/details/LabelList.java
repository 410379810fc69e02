package dev.podium.desktop.details;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.SelectableText;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import org.jspecify.annotations.Nullable;

/// The VM's labels, by name.
final class LabelList extends ScrollPane {
  private final GridPane grid = new GridPane();
  private @Nullable Map<String, String> shown;

  private final Consumer<String> clipboard;

  /// @param clipboard takes a value that is copied
  LabelList(Consumer<String> clipboard) {
    this.clipboard = clipboard;
    grid.getStyleClass().add("facts");
    setContent(grid);
    setFitToWidth(true);
    getStyleClass().add("plain");
  }

  void show(Map<String, String> labels) {
    // Heartbeats come every few seconds; what somebody selected must outlast them.
    if (labels.equals(shown)) {
      return;
    }
    shown = Map.copyOf(labels);
    grid.getChildren().clear();
    int row = 0;
    for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
      Label name = new Label(label.getKey());
      name.getStyleClass().add(Styles.TEXT_MUTED);
      SelectableText value = new SelectableText(label.getKey(), clipboard);
      value.show(label.getValue(), true);
      grid.addRow(row++, name, value);
    }
    if (row == 0) {
      grid.addRow(0, new Label("This VM carries no labels."));
    }
  }
}
