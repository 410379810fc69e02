package dev.podium.desktop.preflight;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Overlay;
import dev.podium.desktop.control.Typography;
import java.net.URI;
import java.util.function.Consumer;
import javafx.scene.control.Button;

/// The check of the project that is open, as a dialog.
public final class PreflightCard {
  private static final double WIDTH_EM = 72;
  private static final double HEIGHT_EM = 38;

  private PreflightCard() {}

  /// Opens it, and begins to check.
  ///
  /// @param clipboard takes command lines and codes
  /// @param browser opens pages of Google's console
  public static void open(
      PreflightViewModel model,
      Overlay overlay,
      Consumer<String> clipboard,
      Consumer<URI> browser) {
    PreflightList list = new PreflightList(model, clipboard, browser);
    list.setPrefHeight(HEIGHT_EM * Typography.SIZE);
    Card card = new Card("Check the project", WIDTH_EM, list);
    Runnable close =
        () -> {
          model.close();
          overlay.hide(card);
        };
    Button again = Card.button("Run again", model::run);
    again.setId("preflight-again");
    again.disableProperty().bind(model.running());
    Button done = Card.button("Close", close, Styles.ACCENT);
    card.setButtons(again, done);
    overlay.show(card, close);
    done.requestFocus();
    model.run();
  }
}
