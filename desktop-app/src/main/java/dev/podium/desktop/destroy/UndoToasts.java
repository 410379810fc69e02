package dev.podium.desktop.destroy;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import java.util.HashMap;
import java.util.Map;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// A toast for each destruction that can still be taken back, with its countdown.
public final class UndoToasts {
  private final Map<PendingDestruction, Node> toasts = new HashMap<>();
  private final VBox area;
  private final DestroyViewModel model;

  /// @param area where toasts are shown
  public UndoToasts(DestroyViewModel model, VBox area) {
    this.model = model;
    this.area = area;
    model.pending().addListener(this::onChange);
  }

  private void onChange(ListChangeListener.Change<? extends PendingDestruction> change) {
    while (change.next()) {
      change.getRemoved().forEach(ended -> area.getChildren().remove(toasts.remove(ended)));
      change
          .getAddedSubList()
          .forEach(begun -> {
            Node toast = toast(begun);
            toasts.put(begun, toast);
            area.getChildren().add(toast);
          });
    }
  }

  private Node toast(PendingDestruction destruction) {
    Label text = new Label();
    ProgressBar left = new ProgressBar();
    left.setMaxWidth(Double.MAX_VALUE);
    left.getStyleClass().add(Styles.SMALL);
    String what = destruction.request().inWords();
    destruction
        .secondsLeft()
        .subscribe(seconds -> {
          text.setText("Destroying " + what + " in " + seconds.intValue() + " s");
          left.setProgress(seconds.doubleValue() / DestroyViewModel.GRACE.toSeconds());
        });
    Button undo = Card.button("Undo  Ctrl+Z", () -> model.undo(destruction), Styles.ACCENT);
    undo.setAccessibleText("Undo destroying " + what);
    HBox line = new HBox(text, undo);
    line.setAlignment(Pos.CENTER_LEFT);
    line.getStyleClass().add("toast-line");
    VBox toast = new VBox(line, left);
    toast.getStyleClass().add("toast");
    toast.setAccessibleRole(AccessibleRole.PARENT);
    toast.setAccessibleText("Destroying " + what + " in ten seconds. Control Z takes it back.");
    return toast;
  }
}
