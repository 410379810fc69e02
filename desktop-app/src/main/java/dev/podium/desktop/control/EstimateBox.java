package dev.podium.desktop.control;

import atlantafx.base.theme.Styles;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// What a form would cost, in large letters, and below it how that is reckoned.
public final class EstimateBox extends VBox {
  private final Label cost = new Label();
  private final Label explanation = Card.paragraph("", Styles.TEXT_MUTED);

  public EstimateBox() {
    cost.getStyleClass().add(Styles.TITLE_4);
    getChildren().addAll(cost, explanation);
  }

  /// Shows another estimate.
  public void show(String amount, String reckoned) {
    cost.setText(amount);
    explanation.setText(reckoned);
  }
}
