package dev.podium.desktop.control;

import atlantafx.base.theme.Styles;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The form that every dialog has: a title, a body, buttons at the lower right with the one that
/// acts last.
public final class Card extends VBox {
  private final HBox buttons = new HBox();
  private final Label title = new Label();
  private final VBox content;

  /// @param widthInEm measured in the font's size
  public Card(String title, double widthInEm, Node... body) {
    this.title.setText(title);
    this.title.setWrapText(true);
    this.title.setMinHeight(Region.USE_PREF_SIZE);
    this.title.getStyleClass().add(Styles.TITLE_3);
    content = new VBox(body);
    content.getStyleClass().add("card-body");
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    buttons.getStyleClass().add("card-buttons");
    buttons.setAlignment(Pos.CENTER_RIGHT);
    buttons.getChildren().add(spring);
    getChildren().addAll(this.title, content, buttons);
    setPrefWidth(widthInEm * Typography.SIZE);
    setAccessibleRole(AccessibleRole.DIALOG);
    setAccessibleText(title);
  }

  /// Changes the title, when the dialog has come to another step.
  public void setTitle(String text) {
    title.setText(text);
    setAccessibleText(text);
  }

  /// Replaces what is between title and buttons.
  public void setBody(Node... body) {
    content.getChildren().setAll(body);
  }

  /// Puts a button at the right end.
  public Card with(Button button) {
    buttons.getChildren().add(button);
    button.setMinWidth(Region.USE_PREF_SIZE);
    return this;
  }

  /// Replaces the buttons.
  public void setButtons(Button... all) {
    buttons.getChildren().remove(1, buttons.getChildren().size());
    for (Button button : all) {
      with(button);
    }
  }

  /// A sign that something is going on, and what.
  public static HBox progress(String what) {
    ProgressIndicator turning = new ProgressIndicator();
    turning.getStyleClass().add("tiny");
    Label text = paragraph(what);
    HBox line = new HBox(turning, text);
    line.setAlignment(Pos.CENTER_LEFT);
    line.getStyleClass().add("waiting");
    return line;
  }

  /// A text that wraps at the card's width instead of ending in dots.
  public static Label paragraph(String text, String... styleClasses) {
    Label label = new Label(text);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    label.getStyleClass().addAll(styleClasses);
    return label;
  }

  /// A button that does this.
  public static Button button(String text, Runnable work, String... styleClasses) {
    Button button = new Button(text);
    button.setMnemonicParsing(false);
    button.setOnAction(event -> work.run());
    button.getStyleClass().addAll(styleClasses);
    return button;
  }
}
