package dev.podium.desktop.signin;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A strip below the window's header that is there while the sign-in has ended, with the way back.
public final class SignInNotice extends HBox {
  /// @param ended whether it is shown
  /// @param badge to what the person was signed in: the project's id
  public SignInNotice(ObservableBooleanValue ended, String badge, Runnable signInAgain) {
    Label text =
        Card.paragraph(
            "Your sign-in to "
                + badge
                + " has ended. Your VMs go on, but Podium cannot see or change them until you sign"
                + " in again.");
    text.setGraphic(new FontIcon(Feather.USER_X));
    text.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(text, Priority.ALWAYS);
    Button again = Card.button("Sign in again", signInAgain, Styles.SMALL, Styles.ACCENT);
    again.setId("sign-in-again");
    again.setMinWidth(Region.USE_PREF_SIZE);
    getChildren().addAll(text, again);
    getStyleClass().addAll("notice", "warning");
    setAlignment(Pos.CENTER_LEFT);
    visibleProperty().bind(ended);
    managedProperty().bind(ended);
  }
}
