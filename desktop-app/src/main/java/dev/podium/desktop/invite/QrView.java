package dev.podium.desktop.invite;

import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/// Draws a QR code, always dark on light: many cameras do not read the other way round.
final class QrView {
  private QrView() {}

  /// A picture of at least this many pixels on a side; each module is a whole number of pixels, so
  /// that no edge is blurred.
  static Node of(QrCode code, double pixels) {
    double module = Math.max(2, Math.ceil(pixels / code.size()));
    double side = module * code.size();
    Canvas canvas = new Canvas(side, side);
    GraphicsContext pen = canvas.getGraphicsContext2D();
    pen.setFill(Color.WHITE);
    pen.fillRect(0, 0, side, side);
    pen.setFill(Color.BLACK);
    for (int y = 0; y < code.size(); y++) {
      for (int x = 0; x < code.size(); x++) {
        if (code.dark(x, y)) {
          pen.fillRect(x * module, y * module, module, module);
        }
      }
    }
    canvas.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    canvas.setAccessibleText("QR code of the link");
    return canvas;
  }
}
