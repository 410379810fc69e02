package dev.podium.desktop.setup;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Typography;
import dev.podium.fleet.config.CloudProfile;
import java.io.File;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The first step: the JSON of an OAuth client, with how to make one beside it.
final class ClientStep extends HBox {
  private static final double LEFT_EM = 34;
  private static final int ROWS = 7;
  private static final String CONSOLE = "https://console.cloud.google.com/auth/";

  /// A step of how to make a client, with the page on which it is done, if there is one.
  private record Guide(String text, Optional<String> button, String page) {
    static Guide of(String text) {
      return new Guide(text, Optional.empty(), "");
    }

    static Guide at(String text, String button, String page) {
      return new Guide(text, Optional.of(button), CONSOLE + page);
    }
  }

  private static final List<Guide> GUIDE =
      List.of(
          Guide.at(
              "Say once who the app is: any name, your e-mail. Audience: Internal in a company,"
                  + " External otherwise.",
              "Open “Branding”",
              "branding"),
          Guide.at(
              "External only: publish the app, or add yourself as a test user. While it is in"
                  + " “Testing”, Google ends each sign-in after 7 days.",
              "Open “Audience”",
              "audience"),
          Guide.at(
              "Create a client of the type “Desktop app”, under any name.",
              "Open “Create client”",
              "clients/create"),
          Guide.of("Press “Download JSON” there, and give Podium that file."));

  private final SetupViewModel model;
  private final SetupView.Parts parts;
  private final Button choose;

  ClientStep(SetupViewModel model, SetupView.Parts parts) {
    this.model = model;
    this.parts = parts;
    this.choose = chooser();
    VBox left = left();
    left.setPrefWidth(LEFT_EM * Typography.SIZE);
    left.setMinWidth(Region.USE_PREF_SIZE);
    VBox right = guide();
    HBox.setHgrow(right, Priority.ALWAYS);
    getChildren().setAll(left, right);
    getStyleClass().add("client-step");
    setOnDragOver(this::dragged);
    setOnDragDropped(this::dropped);
  }

  /// What gets the focus.
  Node first() {
    return choose;
  }

  private Button chooser() {
    Button button =
        Card.button(
            "Choose the file…", () -> parts.file().get().ifPresent(model::useFile), Styles.LARGE);
    button.setId("setup-file");
    button.setGraphic(new FontIcon(Feather.FILE));
    button.setMaxWidth(Double.MAX_VALUE);
    return button;
  }

  private VBox left() {
    Label title = new Label("The OAuth client");
    title.getStyleClass().add(Styles.TITLE_4);
    Label why =
        Card.paragraph(
            "By this file Google knows that it is your Podium that asks. It is made once, by you or"
                + " by your administrator, and serves for all projects.",
            Styles.TEXT_MUTED);
    TextArea paste = new TextArea();
    paste.setId("setup-paste");
    paste.setPromptText("{\"installed\": {\"client_id\": …");
    paste.setPrefRowCount(ROWS);
    paste.setWrapText(true);
    paste.getStyleClass().add("code");
    paste.textProperty().bindBidirectional(model.client());
    VBox.setVgrow(paste, Priority.ALWAYS);
    Label or = new Label("or drop it here, or paste what is in it:");
    or.setLabelFor(paste);
    or.getStyleClass().add(Styles.TEXT_MUTED);
    paste.setAccessibleText("What is in the client’s file");
    VBox left = new VBox(title, why, choose, or, paste);
    left.getStyleClass().add("setup-column");
    model.known().subscribe(known -> offer(left, known));
    return left;
  }

  private void offer(VBox left, Optional<CloudProfile> known) {
    left.getChildren().removeIf(node -> "setup-known".equals(node.getId()));
    known.ifPresent(profile -> {
      Button again =
          Card.button("Use the client that you have", model::useKnownClient, Styles.ACCENT);
      again.setId("setup-known");
      again.setMaxWidth(Double.MAX_VALUE);
      again.setAccessibleHelp(profile.oauthClientId().orElse(""));
      left.getChildren().add(2, again);
    });
  }

  private VBox guide() {
    Label title = new Label("How to make one");
    title.getStyleClass().add(Styles.TITLE_4);
    VBox box = new VBox(title);
    int number = 1;
    for (Guide step : GUIDE) {
      Label at = new Label(number++ + ".");
      at.setMinWidth(Region.USE_PREF_SIZE);
      VBox words = new VBox(Card.paragraph(step.text()));
      words.getStyleClass().add("guide-words");
      step.button()
          .ifPresent(name -> {
            Button open =
                Card.button(
                    name, () -> parts.browser().accept(URI.create(step.page())), Styles.SMALL);
            open.setGraphic(new FontIcon(Feather.EXTERNAL_LINK));
            words.getChildren().add(open);
          });
      HBox.setHgrow(words, Priority.ALWAYS);
      HBox line = new HBox(at, words);
      line.getStyleClass().add("guide-line");
      box.getChildren().add(line);
    }
    box.getStyleClass().addAll("setup-column", "guide");
    return box;
  }

  private void dragged(DragEvent event) {
    if (event.getDragboard().hasFiles()) {
      event.acceptTransferModes(TransferMode.COPY);
      event.consume();
    }
  }

  private void dropped(DragEvent event) {
    List<File> files = event.getDragboard().getFiles();
    if (!files.isEmpty()) {
      model.useFile(files.getFirst().toPath());
      event.setDropCompleted(true);
      event.consume();
    }
  }
}
