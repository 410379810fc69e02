package dev.podium.desktop.setup;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Focus;
import dev.podium.desktop.control.failure.RefusalBox;
import dev.podium.desktop.preflight.PreflightList;
import dev.podium.desktop.preflight.PreflightViewModel;
import dev.podium.desktop.setup.SetupViewModel.Step;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The page on which a project is set up: the steps at the left, the present one at the right.
public final class SetupView extends StackPane {
  private final SetupViewModel model;
  private final Parts parts;
  private final VBox content = new VBox();
  private final VBox steps = new VBox();
  private final HBox buttons = new HBox();
  private Optional<PreflightViewModel> preflight = Optional.empty();

  /// What the page is built from.
  ///
  /// @param file asks for the client's file; empty if the person changed their mind
  /// @param clipboard takes links, command lines and codes
  /// @param browser opens pages of Google's console
  /// @param preflight makes a check of the profile that counts
  /// @param back to the first screen
  /// @param open through Google's door, with the profile that was made
  public record Parts(
      Supplier<Optional<Path>> file,
      Consumer<String> clipboard,
      Consumer<URI> browser,
      Supplier<PreflightViewModel> preflight,
      Runnable back,
      Runnable open) {}

  public SetupView(SetupViewModel model, Parts parts) {
    this.model = model;
    this.parts = parts;
    Label title = new Label("Set up a Google Cloud project");
    title.getStyleClass().add(Styles.TITLE_2);
    RefusalBox refusal = new RefusalBox(parts.clipboard());
    model.refusal().subscribe(refusal::show);
    content.getStyleClass().add("setup-content");
    ScrollPane scroll = new ScrollPane(content);
    scroll.setFitToWidth(true);
    scroll.setFitToHeight(true);
    scroll.getStyleClass().add("plain");
    VBox.setVgrow(scroll, Priority.ALWAYS);
    buttons.getStyleClass().add("card-buttons");
    buttons.setAlignment(Pos.CENTER_RIGHT);
    VBox right = new VBox(scroll, refusal, buttons);
    right.getStyleClass().add("setup-right");
    HBox.setHgrow(right, Priority.ALWAYS);
    steps.getStyleClass().add("setup-steps");
    steps.setMinWidth(Region.USE_PREF_SIZE);
    HBox both = new HBox(steps, right);
    both.getStyleClass().add("setup-body");
    VBox.setVgrow(both, Priority.ALWAYS);
    VBox page = new VBox(title, both);
    page.getStyleClass().add("setup");
    getStyleClass().add("sign-in-page");
    getChildren().add(page);
    model.step().subscribe(this::show);
    model.load();
  }

  private void show(Step step) {
    showSteps(step);
    endCheck();
    switch (step) {
      case CLIENT -> showClient();
      case SIGN_IN -> showSignIn();
      case PROJECT -> showProject();
      case CHECK -> showCheck();
    }
  }

  private void showSteps(Step present) {
    steps.getChildren().clear();
    int place = 0;
    for (Step step : Step.values()) {
      place++;
      boolean done = step.compareTo(present) < 0;
      Label number = new Label(done ? "✓" : "" + place);
      number.getStyleClass().add("step-number");
      Label name = new Label(step.title());
      HBox line = new HBox(number, name);
      line.setAlignment(Pos.CENTER_LEFT);
      line.getStyleClass().add("step");
      if (step == present) {
        line.getStyleClass().add("present");
      } else if (done) {
        line.getStyleClass().add("done");
      }
      line.setAccessibleText(step.title() + (step == present ? ", the present step" : ""));
      steps.getChildren().add(line);
    }
  }

  private Button backToStart() {
    return Card.button(
        "Cancel",
        () -> {
          model.giveUp();
          parts.back().run();
        });
  }

  private void showClient() {
    ClientStep step = new ClientStep(model, parts);
    content.getChildren().setAll(step);
    Button go = Card.button("Sign in with Google", model::useClient, Styles.ACCENT);
    go.setId("setup-client");
    go.setDefaultButton(true);
    go.disableProperty().bind(model.client().isEmpty().or(model.busy()));
    buttons.getChildren().setAll(backToStart(), go);
    Focus.give(step.first());
  }

  private void showSignIn() {
    HBox line = Card.progress("Waiting for you in the browser…");
    Label text =
        Card.paragraph(
            "Choose the account that may use the project. Google warns of an app that it does not"
                + " know: that app is this one, under the name of your own client. Leave every box"
                + " ticked.",
            Styles.TEXT_MUTED);
    TextField address = new TextField();
    address.setEditable(false);
    address.setAccessibleText("The page to open in your browser");
    HBox.setHgrow(address, Priority.ALWAYS);
    Button copy = Card.button("Copy the link", () -> parts.clipboard().accept(address.getText()));
    copy.setMinWidth(Region.USE_PREF_SIZE);
    HBox byHand = new HBox(address, copy);
    byHand.getStyleClass().add("waiting");
    Label hint = Card.paragraph("If no browser opened, open this page in one:", Styles.TEXT_MUTED);
    VBox below = new VBox(hint, byHand);
    below.getStyleClass().add("by-hand");
    model
        .page()
        .subscribe(page -> {
          address.setText(page.map(URI::toString).orElse(""));
          below.setVisible(page.isPresent());
        });
    content.getChildren().setAll(line, text, below);
    buttons.getChildren().setAll(Card.button("Back", model::back));
  }

  private void showProject() {
    ProjectStep step = new ProjectStep(model, parts.browser());
    content.getChildren().setAll(step);
    Button go = Card.button("Check the project", model::useProject, Styles.ACCENT);
    go.setId("setup-project");
    go.setDefaultButton(true);
    go.disableProperty()
        .bind(
            javafx.beans.binding.Bindings.createBooleanBinding(
                () -> !model.form().complete() || model.busy().get(),
                model.form().faults(),
                model.form().changed(),
                model.busy()));
    buttons.getChildren().setAll(Card.button("Back", model::back), go);
    Focus.give(step.first());
  }

  private void showCheck() {
    PreflightViewModel check = parts.preflight().get();
    preflight = Optional.of(check);
    PreflightList list = new PreflightList(check, parts.clipboard(), parts.browser());
    VBox.setVgrow(list, Priority.ALWAYS);
    content.getChildren().setAll(list);
    Button again = Card.button("Run again", check::run);
    again.setId("preflight-again");
    again.disableProperty().bind(check.running());
    Button open =
        Card.button(
            "Open the fleet",
            () -> {
              endCheck();
              parts.open().run();
            },
            Styles.ACCENT);
    open.setId("setup-open");
    open.disableProperty().bind(check.running());
    check
        .running()
        .subscribe(running ->
            open.setText(!running && check.blocked() ? "Open it all the same" : "Open the fleet"));
    buttons.getChildren().setAll(Card.button("Back", model::back), again, open);
    check.run();
  }

  private void endCheck() {
    preflight.ifPresent(PreflightViewModel::close);
    preflight = Optional.empty();
  }
}
