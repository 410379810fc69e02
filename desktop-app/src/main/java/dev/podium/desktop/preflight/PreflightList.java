package dev.podium.desktop.preflight;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.failure.RefusalBox;
import dev.podium.fleet.preflight.CheckResult;
import dev.podium.fleet.preflight.check.CheckState;
import dev.podium.fleet.preflight.check.Remedy;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.Observable;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The rows of a check: state, what was found, and what helps.
public final class PreflightList extends VBox {
  private final PreflightViewModel model;
  private final Consumer<String> clipboard;
  private final Consumer<URI> browser;
  private final VBox rows = new VBox();

  /// @param clipboard takes command lines and codes
  /// @param browser opens pages of Google's console
  public PreflightList(
      PreflightViewModel model, Consumer<String> clipboard, Consumer<URI> browser) {
    this.model = model;
    this.clipboard = clipboard;
    this.browser = browser;
    Label summary = Card.paragraph("");
    summary.textProperty().bind(model.summary());
    summary.getStyleClass().addAll(Styles.TEXT_BOLD, "preflight-summary");
    Label cost = Card.paragraph("", Styles.TEXT_MUTED);
    cost.textProperty().bind(model.cost());
    cost.visibleProperty().bind(model.cost().isNotEmpty());
    cost.managedProperty().bind(cost.visibleProperty());
    RefusalBox refusal = new RefusalBox(clipboard);
    model.refusal().subscribe(refusal::show);
    ScrollPane scroll = new ScrollPane(rows);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().addAll("bordered", "preflight-scroll");
    scroll.visibleProperty().bind(javafx.beans.binding.Bindings.isNotEmpty(model.rows()));
    scroll.managedProperty().bind(scroll.visibleProperty());
    VBox.setVgrow(scroll, Priority.ALWAYS);
    rows.getStyleClass().add("preflight-rows");
    getStyleClass().add("preflight");
    getChildren().addAll(summary, cost, refusal, scroll);
    model.rows().addListener((Observable changed) -> showRows());
    showRows();
  }

  private void showRows() {
    rows.getChildren().setAll(model.rows().stream().map(this::row).toList());
  }

  private Node row(CheckRow row) {
    VBox box = new VBox();
    box.getStyleClass().add("check-row");
    box.setId("check-" + row.name().id());
    Runnable show = () -> show(row, box);
    row.result().subscribe(show);
    row.fixing().subscribe(show);
    row.unfixed().subscribe(show);
    show.run();
    return box;
  }

  private void show(CheckRow row, VBox box) {
    Label title = new Label(row.name().title());
    title.getStyleClass().addAll(Styles.TEXT_BOLD, "check-title");
    title.setWrapText(true);
    boolean waits = row.result().get().isEmpty() || row.fixing().get();
    if (waits) {
      Label doing = new Label(row.fixing().get() ? "Fixing it…" : "Looking…");
      doing.getStyleClass().add(Styles.TEXT_MUTED);
      box.getChildren().setAll(line(turning(), title, doing, new Region()));
      return;
    }
    CheckResult result = row.result().get().orElseThrow();
    box.getStyleClass().removeAll("failed", "warned");
    box.getStyleClass().addAll(look(result.state()));
    Label found = Card.paragraph(sentence(result.found()), "check-found");
    found.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(found, Priority.ALWAYS);
    Label took = new Label(result.took().toMillis() + " ms");
    took.getStyleClass().addAll(Styles.TEXT_MUTED, Styles.TEXT_SMALL);
    took.setMinWidth(Region.USE_PREF_SIZE);
    HBox line = line(icon(result.state()), title, found, took);
    line.setAccessibleRole(AccessibleRole.TEXT);
    line.setAccessibleText(
        row.name().title() + ", " + words(result.state()) + ": " + result.found());
    box.getChildren().setAll(line);
    result.remedy().ifPresent(remedy -> box.getChildren().add(remedy(row, remedy)));
    RefusalBox unfixed = new RefusalBox(clipboard);
    unfixed.show(row.unfixed().get());
    box.getChildren().add(unfixed);
  }

  private static HBox line(Node state, Label title, Node found, Node last) {
    StackPane sign = new StackPane(state);
    sign.getStyleClass().add("check-sign");
    HBox line = new HBox(sign, title, found, last);
    line.setAlignment(Pos.TOP_LEFT);
    line.getStyleClass().add("check-line");
    return line;
  }

  private static Node turning() {
    ProgressIndicator turning = new ProgressIndicator();
    turning.getStyleClass().add("tiny");
    return turning;
  }

  private static FontIcon icon(CheckState state) {
    FontIcon icon =
        switch (state) {
          case OK -> new FontIcon(Feather.CHECK_CIRCLE);
          case WARNING -> new FontIcon(Feather.ALERT_TRIANGLE);
          case FAILED -> new FontIcon(Feather.X_CIRCLE);
          case UNKNOWN -> new FontIcon(Feather.HELP_CIRCLE);
        };
    icon.getStyleClass()
        .add(
            switch (state) {
              case OK -> "good";
              case WARNING -> "warn";
              case FAILED -> "bad";
              case UNKNOWN -> "calm";
            });
    return icon;
  }

  private static List<String> look(CheckState state) {
    return switch (state) {
      case FAILED -> List.of("failed");
      case WARNING -> List.of("warned");
      case OK, UNKNOWN -> List.of();
    };
  }

  private static String words(CheckState state) {
    return switch (state) {
      case OK -> "well";
      case WARNING -> "a warning";
      case FAILED -> "missing";
      case UNKNOWN -> "not known";
    };
  }

  private static String sentence(String found) {
    // A name, such as an e-mail address, keeps its letters.
    boolean word = found.matches("(?s)[a-z]+[ :,].*");
    return (word ? Character.toUpperCase(found.charAt(0)) + found.substring(1) : found) + ".";
  }

  private Node remedy(CheckRow row, Remedy remedy) {
    VBox box = new VBox(Card.paragraph(remedy.text(), Styles.TEXT_MUTED));
    box.getStyleClass().add("check-remedy");
    remedy.commands().forEach(command -> box.getChildren().add(command(command)));
    HBox buttons = new HBox();
    buttons.getStyleClass().add("invite-buttons");
    if (remedy.fixable()) {
      Button fix = Card.button("Fix it", () -> model.fix(row), Styles.ACCENT, Styles.SMALL);
      fix.setId("fix-" + row.name().id());
      fix.setAccessibleHelp("Podium does it in your name: " + remedy.text());
      buttons.getChildren().add(fix);
    }
    remedy
        .page()
        .ifPresent(page -> {
          Button open = Card.button("Open Google’s page", () -> browser.accept(page), Styles.SMALL);
          open.setGraphic(new FontIcon(Feather.EXTERNAL_LINK));
          open.setAccessibleHelp(page.toString());
          buttons.getChildren().add(open);
        });
    if (!buttons.getChildren().isEmpty()) {
      box.getChildren().add(buttons);
    }
    return box;
  }

  private Node command(String command) {
    TextField text = new TextField(command);
    text.setEditable(false);
    text.getStyleClass().addAll("code", "command");
    text.setAccessibleText("A command line");
    HBox.setHgrow(text, Priority.ALWAYS);
    Button copy = Card.button("Copy", () -> clipboard.accept(command), Styles.SMALL);
    copy.setGraphic(new FontIcon(Feather.COPY));
    copy.setMinWidth(Region.USE_PREF_SIZE);
    HBox line = new HBox(text, copy);
    line.setAlignment(Pos.CENTER_LEFT);
    line.getStyleClass().add("code-line");
    return line;
  }
}
