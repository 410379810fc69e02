package dev.podium.desktop.control;

import javafx.scene.text.Font;
import javafx.scene.text.Text;

/// The one font size that everything follows.
public final class Typography {
  /// The text's size in pixels of the screen's scale; the stylesheet measures in em from it.
  public static final double SIZE = 13;

  private Typography() {}

  /// How wide the text is in the window's font, in pixels.
  public static double width(String text) {
    Text measured = new Text(text);
    measured.setFont(Font.font(Font.getDefault().getFamily(), SIZE));
    return Math.ceil(measured.getLayoutBounds().getWidth());
  }
}
