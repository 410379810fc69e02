package dev.podium.desktop.ending;

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

/// A toast for each request that can still be taken back, with its countdown.
public final class UndoToasts {
  private final Map<PendingEnd, Node> toasts = new HashMap<>();
  private final VBox area;
  private final EndViewModel model;

  /// @param area where toasts are shown
  public UndoToasts(EndViewModel model, VBox area) {
    this.model = model;
    this.area = area;
    model.pending().addListener(this::onChange);
  }

  private void onChange(ListChangeListener.Change<? extends PendingEnd> change) {
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

  private Node toast(PendingEnd end) {
    Label text = new Label();
    ProgressBar left = new ProgressBar();
    left.setMaxWidth(Double.MAX_VALUE);
    left.getStyleClass().add(Styles.SMALL);
    String what = end.request().kind().goingOn() + " " + end.request().inWords();
    end.secondsLeft()
        .subscribe(seconds -> {
          text.setText(what + " in " + seconds.intValue() + " s");
          left.setProgress(seconds.doubleValue() / EndViewModel.GRACE.toSeconds());
        });
    Button undo = Card.button("Undo  Ctrl+Z", () -> model.undo(end), Styles.ACCENT);
    undo.setAccessibleText("Undo " + what);
    HBox line = new HBox(text, undo);
    line.setAlignment(Pos.CENTER_LEFT);
    line.getStyleClass().add("toast-line");
    VBox toast = new VBox(line, left);
    toast.getStyleClass().add("toast");
    toast.setAccessibleRole(AccessibleRole.PARENT);
    toast.setAccessibleText(what + " in ten seconds. Control Z takes it back.");
    return toast;
  }
}
