package dev.podium.desktop.leaks;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Overlay;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A strip below the window's header that tells what was found at the start, until it is dismissed.
public final class LeaksNotice extends HBox {
  /// @param overlay where the list opens
  public LeaksNotice(LeaksViewModel model, Overlay overlay) {
    Label text = Card.paragraph("");
    text.setGraphic(new FontIcon(Feather.CLOUD));
    text.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(text, Priority.ALWAYS);
    Button look = Card.button("Look…", () -> LeaksCard.open(model, overlay), Styles.SMALL);
    look.setMinWidth(Region.USE_PREF_SIZE);
    look.setAccessibleHelp("Look at what was left in the cloud");
    Button dismiss = new Button("", new FontIcon(Feather.X));
    dismiss.getStyleClass().addAll(Styles.FLAT, Styles.SMALL, Styles.BUTTON_ICON);
    dismiss.setTooltip(new Tooltip("Dismiss"));
    dismiss.setAccessibleText("Dismiss the notice");
    dismiss.setOnAction(event -> model.dismiss());
    dismiss.setMinWidth(Region.USE_PREF_SIZE);
    getChildren().addAll(text, look, dismiss);
    getStyleClass().add("notice");
    setAlignment(Pos.CENTER_LEFT);
    model
        .notice()
        .subscribe(sentence -> {
          text.setText(sentence);
          setVisible(!sentence.isEmpty());
          setManaged(!sentence.isEmpty());
        });
  }
}
