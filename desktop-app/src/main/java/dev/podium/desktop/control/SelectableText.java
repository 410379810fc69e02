package dev.podium.desktop.control;

import atlantafx.base.theme.Styles;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A text that is needed elsewhere, such as an id or an address. It looks like a label, can be
/// selected, and has a button that copies it.
public final class SelectableText extends HBox {
  private static final double ROOM_EM = 0.4;

  private final TextField field = new TextField();
  private final Button copy;

  /// @param name what the text is, for who cannot see where it stands: `Instance id`
  /// @param clipboard takes the text
  public SelectableText(String name, Consumer<String> clipboard) {
    field.setEditable(false);
    field.getStyleClass().add("selectable");
    field.setAccessibleText(name);
    field.setFocusTraversable(false);
    field.setMinWidth(0);
    copy = new Button("", new FontIcon(Feather.COPY));
    copy.getStyleClass().addAll(Styles.FLAT, Styles.SMALL, Styles.BUTTON_ICON, "copy");
    copy.setAccessibleText("Copy " + name);
    copy.setTooltip(new Tooltip("Copy"));
    copy.setOnAction(event -> clipboard.accept(field.getText()));
    copy.setMinWidth(USE_PREF_SIZE);
    setAlignment(Pos.CENTER_LEFT);
    getStyleClass().add("selectable-text");
    getChildren().addAll(field, copy);
  }

  /// Shows another text; a selection stays while the text does.
  ///
  /// @param copyable whether it is worth copying: not `no address yet`
  public void show(String text, boolean copyable) {
    if (!text.equals(field.getText())) {
      field.setText(text);
      field.setPrefWidth(Typography.width(text) + ROOM_EM * Typography.SIZE);
    }
    copy.setVisible(copyable);
  }
}
