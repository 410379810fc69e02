package dev.podium.desktop.activity;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Phrases;
import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.model.Evidence;
import dev.podium.fleet.model.VmName;
import java.time.ZoneId;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A line of the activity list: level, time, who, what. Made once and used for many activities.
final class ActivityCell extends ListCell<Activity> {
  private final FontIcon level = new FontIcon(Feather.INFO);
  private final Label time = new Label();
  private final Label actor = new Label();
  private final Label sentence = new Label();
  private final Label evidence = new Label();
  private final VBox words = new VBox(sentence, evidence);
  private final HBox line = new HBox(level, time, actor, words);

  ActivityCell() {
    time.getStyleClass().addAll(Styles.TEXT_MUTED, "activity-time");
    actor.getStyleClass().addAll(Styles.TEXT_MUTED, "activity-actor");
    time.setMinWidth(Region.USE_PREF_SIZE);
    actor.setMinWidth(Region.USE_PREF_SIZE);
    sentence.setWrapText(true);
    evidence.setWrapText(true);
    evidence.getStyleClass().add("hint");
    words.getStyleClass().add("activity-words");
    HBox.setHgrow(words, Priority.ALWAYS);
    line.setAlignment(Pos.TOP_LEFT);
    line.getStyleClass().add("activity-line");
    // Long sentences wrap at the list's width instead of making it scroll sideways.
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(@Nullable Activity activity, boolean empty) {
    super.updateItem(activity, empty);
    if (empty || activity == null) {
      setGraphic(null);
      return;
    }
    time.setText(Phrases.time(activity.at(), ZoneId.systemDefault()));
    actor.setText(ActorFilter.words(activity.actor()));
    String words = words(activity);
    sentence.setText(words);
    level.setIconCode(icon(activity.level()));
    level.getStyleClass().removeAll("good", "warn", "bad", "calm");
    level.getStyleClass().add(styleClass(activity.level()));
    setGraphic(line);
    String seen =
        activity.evidence().stream().map(ActivityCell::words).collect(Collectors.joining(" · "));
    evidence.setText(seen);
    evidence.setVisible(!seen.isEmpty());
    evidence.setManaged(!seen.isEmpty());
    setAccessibleText(
        words
            + ", "
            + time.getText()
            + ", "
            + actor.getText()
            + (seen.isEmpty() ? "" : ". " + seen));
  }

  // A sentence that a rule wrote does not name its VM; among many, that is what is looked for.
  static String words(Activity activity) {
    String sentence = activity.sentence();
    return activity
        .vm()
        .map(VmName::value)
        .filter(name -> !sentence.startsWith(name))
        .map(name -> name + ": " + sentence)
        .orElse(sentence);
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

  private static String words(Evidence seen) {
    return seen.channel().name().toLowerCase(Locale.ROOT) + ": " + seen.finding();
  }
}
