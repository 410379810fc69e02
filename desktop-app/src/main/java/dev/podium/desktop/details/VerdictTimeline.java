package dev.podium.desktop.details;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.HealthStyle;
import dev.podium.desktop.control.Phrases;
import dev.podium.fleet.model.Evidence;
import dev.podium.fleet.model.Verdict;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The verdicts on a VM, newest first, each with what it rests on.
final class VerdictTimeline extends ScrollPane {
  private final VBox entries = new VBox();
  private final ObservableValue<Instant> now;

  VerdictTimeline(ObservableValue<Instant> now) {
    this.now = now;
    entries.getStyleClass().add("timeline");
    setContent(entries);
    setFitToWidth(true);
    getStyleClass().add("plain");
    setAccessibleText("Health timeline");
  }

  void show(List<Verdict> verdicts) {
    entries.getChildren().setAll(verdicts.stream().map(this::entry).toList());
  }

  private Node entry(Verdict verdict) {
    Label health = HealthStyle.label(verdict.health());
    health.setMinWidth(Region.USE_PREF_SIZE);
    Label when =
        new Label(
            Phrases.time(verdict.since(), ZoneId.systemDefault())
                + ", "
                + Phrases.ago(verdict.since(), now.getValue()));
    when.getStyleClass().add(Styles.TEXT_MUTED);
    HBox line = new HBox(health, new Label(Phrases.why(verdict)), when);
    line.setAlignment(Pos.CENTER_LEFT);
    line.getStyleClass().add("verdict");
    VBox box = new VBox(line);
    for (Evidence seen : verdict.evidence().reversed()) {
      box.getChildren().add(Card.paragraph(sentence(seen), Styles.TEXT_MUTED, "evidence"));
    }
    return box;
  }

  private static String sentence(Evidence seen) {
    return Phrases.time(seen.at(), ZoneId.systemDefault())
        + "  "
        + seen.channel().name().toLowerCase(Locale.ROOT)
        + ": "
        + seen.finding();
  }
}
