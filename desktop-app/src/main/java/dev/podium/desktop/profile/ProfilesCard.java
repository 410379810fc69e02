package dev.podium.desktop.profile;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Overlay;
import dev.podium.desktop.control.Typography;
import dev.podium.desktop.control.failure.RefusalBox;
import dev.podium.fleet.config.CloudProfile;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The dialog with the profiles: which there are at the left, what one says at the right.
public final class ProfilesCard {
  private static final double WIDTH_EM = 76;
  private static final double LIST_EM = 19;
  private static final double HEIGHT_EM = 34;

  private final ProfilesViewModel model;
  private final Overlay overlay;
  private final ListView<CloudProfile> list = new ListView<>();
  private final VBox form = new VBox();
  private boolean showing;

  private ProfilesCard(ProfilesViewModel model, Overlay overlay) {
    this.model = model;
    this.overlay = overlay;
  }

  /// Opens the dialog.
  ///
  /// @param clipboard takes the code of a refusal
  /// @param closed runs when the dialog is closed
  public static void open(
      ProfilesViewModel model, Overlay overlay, Consumer<String> clipboard, Runnable closed) {
    new ProfilesCard(model, overlay).show(clipboard, closed);
  }

  private void show(Consumer<String> clipboard, Runnable closed) {
    RefusalBox refusal = new RefusalBox(clipboard);
    model.refusal().subscribe(refusal::show);
    Label note = Card.paragraph("", "hint");
    note.textProperty().bind(model.note());
    note.visibleProperty().bind(note.textProperty().isNotEmpty());
    note.managedProperty().bind(note.visibleProperty());
    ScrollPane right = new ScrollPane(form);
    right.setFitToWidth(true);
    right.getStyleClass().addAll("plain", "profile-form");
    HBox.setHgrow(right, Priority.ALWAYS);
    HBox both = new HBox(left(), right);
    both.getStyleClass().add("profiles");
    both.setPrefHeight(HEIGHT_EM * Typography.SIZE);
    Card card = new Card("Google Cloud profiles", WIDTH_EM, both, refusal, note);
    Runnable close =
        () -> {
          overlay.hide(card);
          closed.run();
        };
    card.setButtons(Card.button("Close", close), save());
    model.chosen().subscribe(this::chosen);
    overlay.show(card, close);
    model.load();
  }

  private Node left() {
    list.setItems(model.profiles());
    list.setCellFactory(view -> new Cell());
    list.setAccessibleText("Profiles");
    list.setId("profiles");
    list.setPrefWidth(LIST_EM * Typography.SIZE);
    list.getStyleClass().add("bordered");
    list.setPlaceholder(Card.paragraph("No profile yet.", Styles.TEXT_MUTED));
    VBox.setVgrow(list, Priority.ALWAYS);
    list.getSelectionModel()
        .selectedItemProperty()
        .subscribe((before, profile) -> {
          if (profile != null && !showing) {
            model.choose(Optional.of(profile));
          }
        });
    model.current().subscribe(name -> list.refresh());
    Button fresh =
        Card.button(
            "New",
            () -> {
              list.getSelectionModel().clearSelection();
              model.choose(Optional.empty());
            },
            Styles.SMALL);
    fresh.setId("profile-new");
    fresh.setGraphic(new FontIcon(Feather.PLUS));
    Button use = Card.button("Use", model::use, Styles.SMALL);
    use.setId("profile-use");
    use.disableProperty()
        .bind(
            Bindings.createBooleanBinding(
                () ->
                    model.chosen().get().isEmpty()
                        || model
                            .chosen()
                            .get()
                            .map(CloudProfile::name)
                            .equals(model.current().get()),
                model.chosen(),
                model.current()));
    Button delete = Card.button("Delete…", this::askToDelete, Styles.SMALL);
    delete.setId("profile-delete");
    delete
        .disableProperty()
        .bind(Bindings.createBooleanBinding(() -> model.chosen().get().isEmpty(), model.chosen()));
    HBox buttons = new HBox(fresh, use, delete);
    buttons.getStyleClass().add("invite-buttons");
    VBox left = new VBox(list, buttons);
    left.getStyleClass().add("profile-list");
    left.setMinWidth(Region.USE_PREF_SIZE);
    return left;
  }

  private Button save() {
    Button save = Card.button("Save", model::save, Styles.ACCENT);
    save.setId("profile-save");
    save.setDefaultButton(true);
    save.disableProperty()
        .bind(
            Bindings.createBooleanBinding(
                () ->
                    !model.form().complete()
                        || (model.chosen().get().isPresent() && !model.form().changed().get()),
                model.form().faults(),
                model.form().changed(),
                model.chosen()));
    return save;
  }

  private void chosen(Optional<CloudProfile> profile) {
    showing = true;
    profile.ifPresentOrElse(
        list.getSelectionModel()::select, list.getSelectionModel()::clearSelection);
    showing = false;
    ProfileFields fields = new ProfileFields(model.form(), profile.isEmpty());
    Label title = new Label(profile.map(CloudProfile::name).orElse("New profile"));
    title.getStyleClass().add(Styles.TITLE_4);
    TitledPane company = fields.company();
    String client =
        profile
            .flatMap(CloudProfile::oauthClientId)
            .map(id -> "Signs in with the OAuth client " + id + ".")
            .orElse(
                profile.isEmpty()
                    ? "It takes the OAuth client of your other profiles, if one has any."
                    : "It has no OAuth client yet. Give it one with: podium login --oauth-client FILE");
    form.getChildren().setAll(title, fields.usual(), company, Card.paragraph(client, "hint"));
    form.getStyleClass().setAll("card-body", "profile-body");
  }

  private void askToDelete() {
    String name = model.chosen().get().map(CloudProfile::name).orElse("");
    Card card =
        new Card(
            "Delete the profile “" + name + "”?",
            WIDTH_EM / 2,
            Card.paragraph(
                "What it says is forgotten on this computer, and its sign-in is ended. Nothing in"
                    + " the cloud changes: VMs stay, and cost what they cost."));
    Runnable close = () -> overlay.hide(card);
    Button delete =
        Card.button(
            "Delete",
            () -> {
              overlay.hide(card);
              model.delete();
            },
            Styles.DANGER);
    card.setButtons(Card.button("Keep", close), delete);
    overlay.show(card, close);
  }

  /// A profile's name above its project, with a mark if it counts.
  private final class Cell extends ListCell<CloudProfile> {
    @Override
    protected void updateItem(@Nullable CloudProfile profile, boolean empty) {
      super.updateItem(profile, empty);
      if (empty || profile == null) {
        setGraphic(null);
        return;
      }
      boolean counts = model.current().get().filter(profile.name()::equals).isPresent();
      Label name = new Label(profile.name());
      name.getStyleClass().add(Styles.TEXT_BOLD);
      Region spring = new Region();
      HBox.setHgrow(spring, Priority.ALWAYS);
      Label used = new Label(counts ? "in use" : "");
      used.getStyleClass().addAll(Styles.TEXT_SMALL, "in-use-mark");
      HBox first = new HBox(name, spring, used);
      first.setAlignment(Pos.CENTER_LEFT);
      Label project = new Label(profile.project() + " · " + profile.fleet());
      project.getStyleClass().addAll(Styles.TEXT_MUTED, Styles.TEXT_SMALL);
      setGraphic(new VBox(first, project));
      setAccessibleText(
          profile.name() + ", project " + profile.project() + (counts ? ", in use" : ""));
    }
  }
}
