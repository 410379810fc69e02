package dev.podium.desktop.signin;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Focus;
import dev.podium.desktop.control.Typography;
import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.control.failure.RefusalBox;
import dev.podium.desktop.signin.SignInPort.Door;
import dev.podium.desktop.signin.SignInPort.Progress;
import dev.podium.desktop.signin.SignInViewModel.Choosing;
import dev.podium.desktop.signin.SignInViewModel.Inside;
import dev.podium.desktop.signin.SignInViewModel.Leaving;
import dev.podium.desktop.signin.SignInViewModel.Opening;
import dev.podium.desktop.signin.SignInViewModel.Refused;
import dev.podium.desktop.signin.SignInViewModel.SettingUp;
import dev.podium.desktop.signin.SignInViewModel.State;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The first screen.
public final class SignInView extends StackPane {
  private static final double DOOR_TEXT_EM = 19;

  private final SignInViewModel model;
  private final Consumer<String> clipboard;
  private final Runnable showProfiles;
  private final VBox below = new VBox();
  private final HBox doors;

  /// @param clipboard takes the code of a refusal, or the page to open by hand
  /// @param showProfiles shows the profiles, to choose, change and delete
  public SignInView(SignInViewModel model, Consumer<String> clipboard, Runnable showProfiles) {
    this.model = model;
    this.clipboard = clipboard;
    this.showProfiles = showProfiles;
    this.doors = doors();
    Label title = new Label("Podium");
    title.getStyleClass().add("product-name");
    Label promise =
        Card.paragraph("A fleet of chat servers that looks like one.", Styles.TEXT_MUTED);
    below.getStyleClass().add("below-doors");
    VBox column = new VBox(title, promise, doors, below);
    column.getStyleClass().add("sign-in");
    column.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    getStyleClass().add("sign-in-page");
    getChildren().add(column);
    model.state().subscribe(this::show);
  }

  private HBox doors() {
    Optional<String> project = model.prepared();
    Button local =
        door(
            Feather.MONITOR,
            "Try it on this computer",
            "The local cloud: no account, no cost. VMs are processes here.",
            Door.LOCAL);
    local.setDefaultButton(true);
    Button google =
        door(
            Feather.CLOUD,
            "Sign in with Google",
            project
                .map(name -> "Your " + name + ". Your browser opens, unless you are signed in.")
                .orElse("Your own project on Google Cloud. Podium leads you through it."),
            Door.GOOGLE);
    HBox both = new HBox(google, local);
    both.getStyleClass().add("doors");
    both.setAlignment(Pos.CENTER);
    return both;
  }

  private Button door(Feather feather, String name, String explanation, Door door) {
    FontIcon icon = new FontIcon(feather);
    Label title = new Label(name);
    title.getStyleClass().add(Styles.TITLE_4);
    Label text = Card.paragraph(explanation, Styles.TEXT_MUTED);
    // A width of its own, because a button asks its content for a height before it knows a width.
    text.setPrefWidth(DOOR_TEXT_EM * Typography.SIZE);
    VBox content = new VBox(icon, title, text);
    content.getStyleClass().add("door-content");
    Button button = new Button();
    button.setGraphic(content);
    button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    button.setAccessibleText(name);
    button.setAccessibleHelp(explanation);
    button.getStyleClass().add("door");
    button.setId(door == Door.GOOGLE ? "door-google" : "door-local");
    button.setOnAction(event -> model.choose(door));
    return button;
  }

  private void show(State state) {
    doors.setDisable(state instanceof Opening || state instanceof Leaving);
    below
        .getChildren()
        .setAll(
            switch (state) {
              case Choosing _, Inside _, SettingUp _ -> others();
              case Opening(Door _, Progress progress) -> progress(progress);
              case Refused(FailureText failure) -> refusal(failure);
              case Leaving _ -> waiting("Signing out");
            });
  }

  private Node others() {
    Button profiles = Card.button("Profiles…", showProfiles, Styles.FLAT);
    profiles.setId("profiles");
    Button fresh = Card.button("Set up a project…", model::setUp, Styles.FLAT);
    fresh.setId("set-up");
    HBox line = new HBox(profiles, fresh);
    line.setAlignment(Pos.CENTER);
    line.getStyleClass().add("invite-buttons");
    return line;
  }

  private Node progress(Progress progress) {
    HBox line = waiting(progress.words());
    // The focus goes here of all places: on Cancel, a second Enter would give up what was begun.
    line.setFocusTraversable(true);
    line.setAccessibleRole(AccessibleRole.TEXT);
    line.setAccessibleText(progress.words());
    Focus.give(line);
    Button cancel = Card.button("Cancel", model::cancel);
    cancel.setMinWidth(Region.USE_PREF_SIZE);
    line.getChildren().add(cancel);
    return progress.page().<Node>map(page -> new VBox(line, byHand(page))).orElse(line);
  }

  // The address is long; it can be scrolled, selected and copied, and pushes nothing away.
  private Node byHand(URI page) {
    TextField address = new TextField(page.toString());
    address.setEditable(false);
    address.setAccessibleText("The page to open in your browser");
    HBox.setHgrow(address, Priority.ALWAYS);
    Button copy = Card.button("Copy the link", () -> clipboard.accept(page.toString()));
    copy.setMinWidth(Region.USE_PREF_SIZE);
    HBox line = new HBox(address, copy);
    line.getStyleClass().add("waiting");
    VBox box =
        new VBox(
            Card.paragraph("If no browser opened, open this page in one:", Styles.TEXT_MUTED),
            line);
    box.getStyleClass().add("by-hand");
    return box;
  }

  private static HBox waiting(String what) {
    ProgressIndicator turning = new ProgressIndicator();
    turning.getStyleClass().add("tiny");
    HBox line = new HBox(turning, new Label(what + "…"));
    line.setAlignment(Pos.CENTER);
    line.getStyleClass().add("waiting");
    return line;
  }

  private Node refusal(FailureText failure) {
    RefusalBox box = new RefusalBox(clipboard);
    box.show(failure);
    return new VBox(box, others());
  }
}
