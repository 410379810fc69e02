package dev.podium.desktop.setup;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Typography;
import dev.podium.desktop.profile.ProfileFields;
import dev.podium.desktop.setup.SetupPort.Project;
import java.net.URI;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.collections.transformation.FilteredList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The third step: which project, under which names, and what a company's rules ask for.
final class ProjectStep extends HBox {
  private static final double LEFT_EM = 20;
  private static final double LIST_EM = 26;
  private static final URI NEW_PROJECT =
      URI.create("https://console.cloud.google.com/projectcreate");

  private final TextField search = new TextField();

  ProjectStep(SetupViewModel model, Consumer<URI> browser) {
    VBox left = projects(model, browser);
    left.setPrefWidth(LEFT_EM * Typography.SIZE);
    left.setMinWidth(Region.USE_PREF_SIZE);
    ProfileFields fields = new ProfileFields(model.form(), true);
    Label title = new Label("How Podium uses it");
    title.getStyleClass().add(Styles.TITLE_4);
    VBox right = new VBox(title, fields.usual(), fields.company());
    right.getStyleClass().add("setup-column");
    HBox.setHgrow(right, Priority.ALWAYS);
    getChildren().setAll(left, right);
    getStyleClass().add("client-step");
  }

  /// What gets the focus.
  Node first() {
    return search;
  }

  private VBox projects(SetupViewModel model, Consumer<URI> browser) {
    Label title = new Label("Your projects");
    title.getStyleClass().add(Styles.TITLE_4);
    Label who = Card.paragraph("", Styles.TEXT_MUTED);
    who.textProperty().bind(model.email().map(email -> "Signed in as " + email + "."));
    search.setPromptText("Search");
    search.setAccessibleText("Search your projects");
    FilteredList<Project> shown = new FilteredList<>(model.projects());
    search.textProperty().subscribe(text -> shown.setPredicate(project -> matches(project, text)));
    ListView<Project> list = new ListView<>(shown);
    list.setId("setup-projects");
    list.setAccessibleText("Projects that you see");
    list.setCellFactory(view -> new Cell());
    list.getStyleClass().add("bordered");
    list.getSelectionModel()
        .selectedItemProperty()
        .subscribe((before, project) -> {
          if (project != null) {
            model.choose(project);
          }
        });
    Label note = Card.paragraph("", Styles.TEXT_MUTED);
    note.textProperty().bind(model.projectsNote());
    list.setPlaceholder(note);
    list.setPrefHeight(LIST_EM * Typography.SIZE);
    Button fresh = Card.button("New project", () -> browser.accept(NEW_PROJECT), Styles.SMALL);
    fresh.setGraphic(new FontIcon(Feather.EXTERNAL_LINK));
    VBox left = new VBox(title, who, search, list, fresh);
    left.getStyleClass().add("setup-column");
    return left;
  }

  private static boolean matches(Project project, String text) {
    return (project.id() + " " + project.name())
        .toLowerCase(Locale.ROOT)
        .contains(text.strip().toLowerCase(Locale.ROOT));
  }

  /// A project's name above its id.
  private static final class Cell extends ListCell<Project> {
    @Override
    protected void updateItem(@Nullable Project project, boolean empty) {
      super.updateItem(project, empty);
      if (empty || project == null) {
        setGraphic(null);
        setAccessibleText("");
        return;
      }
      Label name = new Label(project.name());
      name.getStyleClass().add(Styles.TEXT_BOLD);
      Label id = new Label(project.id());
      id.getStyleClass().addAll(Styles.TEXT_MUTED, Styles.TEXT_SMALL);
      setGraphic(new VBox(name, id));
      setAccessibleText(project.name() + ", " + project.id());
    }
  }
}
