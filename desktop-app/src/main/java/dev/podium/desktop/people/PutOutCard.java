package dev.podium.desktop.people;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Overlay;
import dev.podium.desktop.control.Typography;
import dev.podium.desktop.people.PeopleViewModel.Question;
import dev.podium.fleet.model.PresentPerson;
import dev.podium.wire.text.CountText;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// The question before somebody is put out.
public final class PutOutCard {
  private static final double WIDTH_EM = 38;
  private static final double ROW_EM = 2.4;
  private static final int ROWS_SHOWN = 7;

  private PutOutCard() {}

  /// Shows the question whenever the model asks.
  public static void follow(PeopleViewModel model, Overlay overlay) {
    overlay.follow(model.question(), question -> card(model, question), model::dismiss);
  }

  private static Card card(PeopleViewModel model, Question question) {
    ComboBox<Integer> hours = hours(model);
    Card card =
        new Card(
            "Put " + question.inWords() + " out of the chat?",
            WIDTH_EM,
            names(question),
            Card.paragraph(question.consequence()),
            refused(hours));
    Button out = Card.button("Put out", () -> model.confirm(hours.getValue()), Styles.DANGER);
    out.setDefaultButton(true);
    return card.with(Card.button("Let stay", model::dismiss)).with(out);
  }

  private static ComboBox<Integer> hours(PeopleViewModel model) {
    ComboBox<Integer> hours = new ComboBox<>();
    hours.getItems().setAll(PeopleViewModel.HOURS);
    hours.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable Integer value) {
            return value == null ? "" : CountText.of(value, "hour");
          }

          @Override
          public @Nullable Integer fromString(String text) {
            return null;
          }
        });
    hours.setValue(model.usualHours());
    hours.setAccessibleText("For how long they are refused");
    return hours;
  }

  private static Node refused(ComboBox<Integer> hours) {
    Label name = new Label("Refused for");
    name.setLabelFor(hours);
    HBox line = new HBox(name, hours);
    line.setAlignment(Pos.CENTER_LEFT);
    line.getStyleClass().add("field-row");
    return line;
  }

  private static Node names(Question question) {
    VBox rows = new VBox();
    question.people().forEach(person -> rows.getChildren().add(row(person)));
    rows.getStyleClass().add("name-list");
    ScrollPane scroll = new ScrollPane(rows);
    scroll.setFitToWidth(true);
    scroll.setFocusTraversable(false);
    scroll.getStyleClass().add("bordered");
    scroll.setMaxHeight(ROWS_SHOWN * ROW_EM * Typography.SIZE);
    return scroll;
  }

  private static Node row(PresentPerson person) {
    Label name = new Label(person.name());
    name.getStyleClass().add(Styles.TEXT_BOLD);
    Label rooms = new Label("in " + String.join(", ", person.rooms()));
    rooms.getStyleClass().add(Styles.TEXT_MUTED);
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    HBox row = new HBox(name, spring, rooms);
    row.setAlignment(Pos.CENTER_LEFT);
    row.setMinHeight(ROW_EM * Typography.SIZE);
    row.getStyleClass().add("name-row");
    return row;
  }
}
