package dev.podium.desktop.activity;

import atlantafx.base.theme.Styles;
import dev.podium.core.event.FleetEvent.Activity;
import dev.podium.core.event.FleetEvent.Actor;
import dev.podium.core.event.FleetEvent.Level;
import dev.podium.core.model.Evidence;
import dev.podium.desktop.fx.Phrases;
import java.time.ZoneId;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A line of the activity list: level, time, who, what. Made once and used for many activities.
final class ActivityCell extends ListCell<Activity> {
  private final FontIcon level = new FontIcon(Feather.INFO);
  private final Label time = new Label();
  private final Label actor = new Label();
  private final Label sentence = new Label();
  private final HBox line = new HBox(level, time, actor, sentence);
  private final Tooltip evidence = new Tooltip();

  ActivityCell() {
    time.getStyleClass().addAll(Styles.TEXT_MUTED, "activity-time");
    actor.getStyleClass().addAll(Styles.TEXT_MUTED, "activity-actor");
    time.setMinWidth(Region.USE_PREF_SIZE);
    actor.setMinWidth(Region.USE_PREF_SIZE);
    sentence.setWrapText(true);
    HBox.setHgrow(sentence, Priority.ALWAYS);
    line.setAlignment(Pos.CENTER_LEFT);
    line.getStyleClass().add("activity-line");
    // Long sentences wrap at the list's width instead of making it scroll sideways.
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(@Nullable Activity activity, boolean empty) {
    super.updateItem(activity, empty);
    if (empty || activity == null) {
      setGraphic(null);
      setTooltip(null);
      return;
    }
    time.setText(Phrases.time(activity.at(), ZoneId.systemDefault()));
    actor.setText(words(activity.actor()));
    sentence.setText(activity.sentence());
    level.setIconCode(icon(activity.level()));
    level.getStyleClass().removeAll("good", "warn", "bad", "calm");
    level.getStyleClass().add(styleClass(activity.level()));
    setGraphic(line);
    setAccessibleText(time.getText() + ", " + actor.getText() + ": " + activity.sentence());
    String seen =
        activity.evidence().stream().map(Evidence::finding).collect(Collectors.joining("\n"));
    evidence.setText(seen);
    setTooltip(seen.isEmpty() ? null : evidence);
  }

  private static Feather icon(Level level) {
    return switch (level) {
      case INFO -> Feather.INFO;
      case WARNING -> Feather.ALERT_TRIANGLE;
      case FAILURE -> Feather.X_CIRCLE;
    };
  }

  private static String styleClass(Level level) {
    return switch (level) {
      case INFO -> "calm";
      case WARNING -> "warn";
      case FAILURE -> "bad";
    };
  }

  private static String words(Actor actor) {
    return switch (actor) {
      case OPERATOR -> "Operator";
      case MONITOR -> "Monitor";
      case SCALER -> "Scaler";
      case CLOUD -> "Cloud";
    };
  }
}
