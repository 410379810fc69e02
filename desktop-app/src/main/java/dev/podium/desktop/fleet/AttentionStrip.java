package dev.podium.desktop.fleet;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A strip above the table that is there while VMs need attention: which, why, and a button that
/// selects them.
final class AttentionStrip extends HBox {
  /// @param select selects VMs in the table
  AttentionStrip(FleetViewModel model, Consumer<Attention> select) {
    Label text = Card.paragraph("");
    text.setGraphic(new FontIcon(Feather.ALERT_OCTAGON));
    text.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(text, Priority.ALWAYS);
    Button show = Card.button("Select", () -> select.accept(model.attention().get()), Styles.SMALL);
    show.setAccessibleHelp("Select the VMs that need attention");
    show.setMinWidth(Region.USE_PREF_SIZE);
    getChildren().addAll(text, show);
    getStyleClass().addAll("notice", "attention");
    setAlignment(Pos.CENTER_LEFT);
    model
        .attention()
        .subscribe(attention -> {
          text.setText(attention.sentence());
          int count = attention.vms().size();
          show.setText(count > 1 ? "Select all " + count : "Select");
          setVisible(count > 0);
          setManaged(count > 0);
        });
  }
}
