package dev.podium.desktop.create;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Typography;
import dev.podium.desktop.create.CreationRow.Step;
import javafx.beans.Observable;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The VMs on their way, each with its step, or with the sentence that says why it will not come.
final class ProgressList extends ScrollPane {
  private static final double HEIGHT_EM = 22;

  ProgressList(ObservableList<CreationRow> rows) {
    VBox list = new VBox();
    list.getStyleClass().add("name-list");
    Runnable fill = () -> list.getChildren().setAll(rows.stream().map(ProgressList::line).toList());
    fill.run();
    rows.addListener((Observable changed) -> fill.run());
    setContent(list);
    setFitToWidth(true);
    setMaxHeight(HEIGHT_EM * Typography.SIZE);
    getStyleClass().add("bordered");
    setAccessibleText("Progress of each VM");
  }

  private static Node line(CreationRow row) {
    Label name = new Label();
    name.getStyleClass().add(Styles.TEXT_BOLD);
    Label step = new Label();
    step.getStyleClass().add("step");
    VBox why = new VBox();
    row.step().subscribe(now -> show(row, now, name, step, why));
    HBox line = CreateCard.line(name, step);
    VBox box = new VBox(line, why);
    box.getStyleClass().add("creation");
    return box;
  }

  private static void show(CreationRow row, Step now, Label name, Label step, VBox why) {
    name.setText(row.name());
    step.setText(now.words());
    step.setGraphic(mark(now));
    step.setAlignment(Pos.CENTER_RIGHT);
    step.setMinWidth(Region.USE_PREF_SIZE);
    row.failure()
        .ifPresent(failure ->
            why.getChildren()
                .setAll(
                    Card.paragraph(failure.sentence(), "fault"),
                    Card.paragraph(failure.remedy(), Styles.TEXT_MUTED)));
  }

  private static Node mark(Step step) {
    return switch (step) {
      case REQUESTED, ACCEPTED, RUNNING -> {
        ProgressIndicator turning = new ProgressIndicator();
        turning.getStyleClass().add("tiny");
        yield turning;
      }
      case READY -> icon(Feather.CHECK, "good");
      case FAILED -> icon(Feather.X, "bad");
    };
  }

  private static FontIcon icon(Feather feather, String styleClass) {
    FontIcon icon = new FontIcon(feather);
    icon.getStyleClass().add(styleClass);
    return icon;
  }
}
