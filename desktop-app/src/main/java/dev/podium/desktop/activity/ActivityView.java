package dev.podium.desktop.activity;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Focus;
import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.event.FleetEvent.Level;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The activity page: every event and every decision as a sentence.
public final class ActivityView extends VBox {
  private final ActivityViewModel model;
  private final ListView<Activity> list;
  private final CustomTextField search = new CustomTextField();

  /// @param whereTo asks the person for a file to export to; empty if they changed their mind
  /// @param notice tells the person that something worked
  public ActivityView(
      ActivityViewModel model, Supplier<Optional<Path>> whereTo, Consumer<String> notice) {
    this.model = model;
    this.list = new ListView<>(model.activities());
    list.setCellFactory(view -> new ActivityCell());
    list.setAccessibleText("What happened, newest first");
    Label empty = Card.paragraph("", Styles.TEXT_MUTED);
    VBox emptyState = new VBox(empty);
    emptyState.getStyleClass().add("empty-state");
    model
        .emptiness()
        .subscribe(why -> {
          empty.setText(why);
          emptyState.setVisible(!why.isEmpty());
        });
    StackPane content = new StackPane(list, emptyState);
    VBox.setVgrow(content, Priority.ALWAYS);
    getStyleClass().add("activity");
    getChildren().addAll(toolbar(whereTo, notice), content);
  }

  private Node toolbar(Supplier<Optional<Path>> whereTo, Consumer<String> notice) {
    Button export =
        Card.button(
            "Export…",
            () ->
                whereTo
                    .get()
                    .ifPresent(file ->
                        model.export(
                            file, () -> notice.accept("Exported to " + file.getFileName()))),
            Styles.FLAT);
    export.setGraphic(new FontIcon(Feather.DOWNLOAD));
    export.setTooltip(new Tooltip("Write what is listed to a file: JSON lines, or CSV"));
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    HBox bar = new HBox(levels(), actors(), export, spring, searchField());
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.getStyleClass().add("toolbar");
    return bar;
  }

  private ComboBox<Level> levels() {
    ComboBox<Level> levels = new ComboBox<>();
    levels.getItems().setAll(Level.values());
    levels.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable Level level) {
            return level == null ? "" : words(level);
          }

          @Override
          public @Nullable Level fromString(String text) {
            return null;
          }
        });
    levels.valueProperty().bindBidirectional(model.least());
    levels.setAccessibleText("How much it must matter");
    return levels;
  }

  private ComboBox<ActorFilter> actors() {
    ComboBox<ActorFilter> actors = new ComboBox<>();
    actors.getItems().setAll(ActorFilter.all());
    actors.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable ActorFilter who) {
            return who == null ? "" : who.words();
          }

          @Override
          public @Nullable ActorFilter fromString(String text) {
            return null;
          }
        });
    actors.valueProperty().bindBidirectional(model.who());
    actors.setAccessibleText("Who acted");
    return actors;
  }

  private static String words(Level level) {
    return switch (level) {
      case INFO -> "Everything";
      case WARNING -> "Warnings and failures";
      case FAILURE -> "Failures";
    };
  }

  private Node searchField() {
    search.setPromptText("Search   /");
    search.setLeft(new FontIcon(Feather.SEARCH));
    search.setAccessibleText("Search the activities");
    search.getStyleClass().add("search");
    search.textProperty().bindBidirectional(model.search());
    search.setOnKeyPressed(event -> {
      if (event.getCode() == KeyCode.ESCAPE) {
        search.clear();
      }
    });
    return search;
  }

  /// Gives the list the focus.
  public void focusList() {
    Focus.give(list);
  }

  /// Puts the cursor into the search field.
  public void startSearch() {
    search.requestFocus();
    search.selectAll();
  }

  /// Whether the cursor is in the search field.
  public boolean searching() {
    return search.isFocused();
  }
}
