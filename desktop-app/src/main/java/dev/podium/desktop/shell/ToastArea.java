package dev.podium.desktop.shell;

import dev.podium.desktop.fx.UiExecutor;
import java.time.Duration;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Short notices at the window's lower edge, which go by themselves and never take the focus.
final class ToastArea extends VBox {
  private static final Duration SHOWN_FOR = Duration.ofSeconds(4);

  private final UiExecutor executor;

  ToastArea(UiExecutor executor) {
    this.executor = executor;
    getStyleClass().add("toasts");
    setPickOnBounds(false);
    setAlignment(Pos.BOTTOM_CENTER);
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    StackPane.setAlignment(this, Pos.BOTTOM_CENTER);
  }

  /// Says something for a few seconds.
  void say(String sentence) {
    Label toast = new Label(sentence);
    toast.getStyleClass().addAll("toast", "said");
    getChildren().add(toast);
    UiExecutor.Handle[] clock = new UiExecutor.Handle[1];
    clock[0] =
        executor.every(
            SHOWN_FOR,
            () -> {
              getChildren().remove(toast);
              clock[0].close();
            });
  }
}
