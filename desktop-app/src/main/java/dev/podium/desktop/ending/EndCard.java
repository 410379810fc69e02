package dev.podium.desktop.ending;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.HealthStyle;
import dev.podium.desktop.control.Overlay;
import dev.podium.desktop.control.Typography;
import dev.podium.fleet.model.FleetVm;
import dev.podium.wire.text.CountText;
import dev.podium.wire.text.DurationText;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The question before VMs are destroyed or drained.
public final class EndCard {
  private static final double WIDTH_EM = 38;
  private static final double ROW_EM = 2.4;
  private static final int ROWS_SHOWN = 7;

  private EndCard() {}

  /// Shows the question whenever the model asks.
  public static void follow(EndViewModel model, Overlay overlay) {
    overlay.follow(model.asking(), request -> card(model, request), model::dismiss);
  }

  private static Card card(EndViewModel model, EndRequest request) {
    Card card =
        new Card(
            request.kind().verb()
                + " "
                + request.inWords()
                + (request.force() ? " by force?" : "?"),
            WIDTH_EM,
            names(request),
            Card.paragraph(request.consequence()));
    if (!request.wordToType().isEmpty()) {
      ((VBox) card.getChildren().get(1)).getChildren().add(wordToType(model, request));
    }
    Button end =
        Card.button(
            request.kind().verb() + " in " + DurationText.inSeconds(EndViewModel.GRACE),
            model::confirm,
            Styles.DANGER);
    end.disableProperty().bind(model.confirmable().not());
    end.setDefaultButton(true);
    return card.with(Card.button("Keep", model::dismiss)).with(end);
  }

  private static Node wordToType(EndViewModel model, EndRequest request) {
    Label prompt = Card.paragraph("Type “" + request.wordToType() + "” to go on:");
    TextField field = new TextField();
    field.setAccessibleText("Type " + request.wordToType() + " to confirm");
    field.textProperty().bindBidirectional(model.typed());
    prompt.setLabelFor(field);
    VBox box = new VBox(prompt, field);
    box.getStyleClass().add("field");
    return box;
  }

  private static Node names(EndRequest request) {
    VBox rows = new VBox();
    request.vms().forEach(vm -> rows.getChildren().add(row(request, vm)));
    rows.getStyleClass().add("name-list");
    ScrollPane scroll = new ScrollPane(rows);
    scroll.setFitToWidth(true);
    scroll.setFocusTraversable(false);
    scroll.getStyleClass().add("bordered");
    scroll.setMaxHeight(ROWS_SHOWN * ROW_EM * Typography.SIZE);
    return scroll;
  }

  private static Node row(EndRequest request, FleetVm vm) {
    Label name = new Label(vm.name().value());
    name.getStyleClass().add(Styles.TEXT_BOLD);
    int present = vm.participants().present();
    String nobody = request.forced(vm) ? "not known who is on it" : "nobody on it";
    Label people = new Label(present == 0 ? nobody : CountText.people(present) + " on it");
    people.getStyleClass().add(present == 0 ? Styles.TEXT_MUTED : "in-use");
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    HBox row = new HBox(name, HealthStyle.label(vm.health()), spring, people);
    row.setAlignment(Pos.CENTER_LEFT);
    row.setMinHeight(ROW_EM * Typography.SIZE);
    row.getStyleClass().add("name-row");
    return row;
  }
}
