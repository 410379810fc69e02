package dev.podium.desktop.control.failure;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Why something was refused, in the place where it was asked for; takes no room while nothing is.
public final class RefusalBox extends VBox {
  private final Optional<Consumer<String>> clipboard;

  /// Shows the sentence and what to do.
  public RefusalBox() {
    this(Optional.empty());
  }

  /// Shows the failure's code as well.
  ///
  /// @param clipboard takes the code
  public RefusalBox(Consumer<String> clipboard) {
    this(Optional.of(clipboard));
  }

  private RefusalBox(Optional<Consumer<String>> clipboard) {
    this.clipboard = clipboard;
    getStyleClass().add("refusal");
    show(null);
  }

  /// Shows this failure, or nothing.
  public void show(@Nullable FailureText failure) {
    setVisible(failure != null);
    setManaged(failure != null);
    getChildren().clear();
    if (failure == null) {
      return;
    }
    getChildren()
        .addAll(
            Card.paragraph(failure.sentence()),
            Card.paragraph(failure.remedy(), Styles.TEXT_MUTED));
    clipboard.ifPresent(takes -> getChildren().add(ErrorPresenter.codeLine(failure.code(), takes)));
  }
}
