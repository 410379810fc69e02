package dev.podium.desktop.invite;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Overlay;
import dev.podium.desktop.control.Phrases;
import dev.podium.desktop.control.failure.RefusalBox;
import dev.podium.fleet.Fleet.Invitation;
import dev.podium.wire.text.CountText;
import java.time.ZoneId;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// The dialog that makes a link for a participant.
public final class InviteCard {
  private static final double WIDTH_EM = 44;
  private static final double QR_PIXELS = 190;

  private final InviteViewModel model;
  private final Consumer<String> clipboard;
  private final VBox result = new VBox();
  private final Card card;

  private InviteCard(InviteViewModel model, Consumer<String> clipboard, Overlay overlay) {
    this.model = model;
    this.clipboard = clipboard;
    this.card =
        new Card("Invite somebody", WIDTH_EM, fields(), scope(), refusal(), takenBack(), result);
    result.getStyleClass().add("invite-result");
    Button issue = Card.button("Make the link", model::issue, Styles.ACCENT);
    issue.setDefaultButton(true);
    issue.disableProperty().bind(model.complete().not());
    card.setButtons(Card.button("Close", () -> overlay.hide(card)), issue);
    model.invitation().subscribe(this::show);
  }

  /// Opens the dialog.
  ///
  /// @param clipboard takes the link
  public static void open(InviteViewModel model, Consumer<String> clipboard, Overlay overlay) {
    Card card = new InviteCard(model, clipboard, overlay).card;
    overlay.show(card, () -> overlay.hide(card));
  }

  private Node fields() {
    TextField name = new TextField();
    name.setPromptText("Ann");
    name.textProperty().bindBidirectional(model.name());
    TextField room = new TextField();
    room.textProperty().bindBidirectional(model.room());
    ComboBox<Integer> hours = new ComboBox<>();
    hours.getItems().setAll(InviteViewModel.HOURS);
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
    hours.valueProperty().bindBidirectional(model.hours());
    HBox row = new HBox(field("Name", name), field("Room", room), field("Good for", hours));
    row.getStyleClass().add("field-row");
    return row;
  }

  private static VBox field(String name, Control control) {
    Label label = new Label(name);
    label.setLabelFor(control);
    control.setAccessibleText(name);
    control.setMaxWidth(Double.MAX_VALUE);
    VBox box = new VBox(label, control);
    box.getStyleClass().add("field");
    HBox.setHgrow(box, Priority.ALWAYS);
    return box;
  }

  private Node scope() {
    return model
        .instance()
        .<Node>map(vm -> {
          CheckBox only = new CheckBox("Only on " + vm + ", not on the whole fleet");
          only.selectedProperty().bindBidirectional(model.onlyThisVm());
          return only;
        })
        .orElseGet(
            () -> Card.paragraph("The link is good on every VM of the fleet.", Styles.TEXT_MUTED));
  }

  private Node refusal() {
    RefusalBox box = new RefusalBox();
    model.refusal().subscribe(box::show);
    return box;
  }

  private Node takenBack() {
    Label line = Card.paragraph("");
    line.textProperty().bind(model.takenBack());
    line.visibleProperty().bind(model.takenBack().isNotEmpty());
    line.managedProperty().bind(line.visibleProperty());
    return line;
  }

  private void show(@Nullable Invitation invitation) {
    result.getChildren().clear();
    result.setVisible(invitation != null);
    result.setManaged(invitation != null);
    if (invitation == null) {
      return;
    }
    String link = invitation.url().toString();
    TextField text = new TextField(link);
    text.setEditable(false);
    text.setAccessibleText("The link");
    Button copy = Card.button("Copy the link", () -> clipboard.accept(link), Styles.ACCENT);
    Label good =
        Card.paragraph(
            "For "
                + model.name().get().strip()
                + " alone, in the room “"
                + model.room().get().strip()
                + "”. Good until "
                + Phrases.dateAndTime(invitation.expires(), ZoneId.systemDefault())
                + ".",
            Styles.TEXT_MUTED);
    Button takeBack = Card.button("Take it back", model::takeBack, Styles.BUTTON_OUTLINED);
    HBox buttons = new HBox(copy, takeBack);
    buttons.getStyleClass().add("invite-buttons");
    VBox beside = new VBox(good, text, buttons);
    beside.getStyleClass().add("invite-text");
    HBox.setHgrow(beside, Priority.ALWAYS);
    HBox row = new HBox(beside);
    row.setAlignment(Pos.CENTER_LEFT);
    row.getStyleClass().add("invite-row");
    QrCode.of(link).ifPresent(code -> row.getChildren().addFirst(QrView.of(code, QR_PIXELS)));
    result.getChildren().add(row);
    copy.requestFocus();
  }
}
