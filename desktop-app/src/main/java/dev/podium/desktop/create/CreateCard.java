package dev.podium.desktop.create;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.EstimateBox;
import dev.podium.desktop.control.FieldGrid;
import dev.podium.desktop.control.Overlay;
import dev.podium.desktop.control.Phrases;
import dev.podium.desktop.control.failure.RefusalBox;
import dev.podium.desktop.create.CreateForm.Field;
import dev.podium.desktop.create.CreateViewModel.Stage;
import dev.podium.desktop.create.CreationRow.Step;
import dev.podium.fleet.model.offer.MachineType;
import dev.podium.wire.text.CountText;
import java.util.function.Consumer;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The dialog for new VMs: first the form, then the progress.
public final class CreateCard {
  private static final double WIDTH_EM = 56;

  private final CreateViewModel model;
  private final Overlay overlay;
  private final Consumer<String> clipboard;
  private final FieldGrid<Field> grid;
  private final Card card;
  private final Label prospect = Card.paragraph("", Styles.TEXT_MUTED);

  private CreateCard(CreateViewModel model, Overlay overlay, Consumer<String> clipboard) {
    this.model = model;
    this.overlay = overlay;
    this.clipboard = clipboard;
    this.grid = new FieldGrid<>(2, model.faults());
    this.card = new Card("New VMs", WIDTH_EM, form(), refusal(), estimate(), headroom(), asking());
    card.setButtons(cancel(), submit());
    model.stage().subscribe(this::onStage);
  }

  /// Opens the dialog.
  ///
  /// @param clipboard takes the code of a refusal
  public static void open(CreateViewModel model, Overlay overlay, Consumer<String> clipboard) {
    CreateCard dialog = new CreateCard(model, overlay, clipboard);
    overlay.show(dialog.card, dialog::close);
    model.load();
  }

  private void close() {
    model.close();
    overlay.hide(card);
  }

  private Node form() {
    grid.add(Field.COUNT, "How many", text(model.count()), 0, 0);
    grid.add(Field.PREFIX, "Name prefix", text(model.prefix()), 1, 0);
    grid.add(Field.ZONE, "Zone", zone(), 0, 1);
    grid.add(Field.MACHINE_TYPE, "Machine type", machineType(), 1, 1);
    grid.add(Field.IMAGE, "Image", text(model.image()), 0, 2);
    grid.add(Field.DISK, "Boot disk, GB", text(model.diskGb()), 1, 2);
    grid.add(Field.HOURS, "Lifetime, hours", text(model.hours()), 0, 3);
    grid.add(Field.SEATS, "Seats per VM", text(model.seats()), 1, 3);
    CheckBox moveOn = new CheckBox("If it is full, try the region’s other zones");
    moveOn.selectedProperty().bindBidirectional(model.moveOn());
    CheckBox spot = new CheckBox("Spot: cheaper, may end at any time");
    spot.selectedProperty().bindBidirectional(model.spot());
    grid.addPlain(moveOn, 0, 4);
    grid.addPlain(spot, 1, 4);
    Node form = grid.node();
    // What is changed now would not reach the request that is on its way.
    form.disableProperty().bind(model.stage().isEqualTo(Stage.ASKING));
    return form;
  }

  private static TextField text(javafx.beans.property.StringProperty value) {
    TextField field = new TextField();
    field.textProperty().bindBidirectional(value);
    return field;
  }

  private ComboBox<String> zone() {
    ComboBox<String> box = new ComboBox<>(model.zones());
    box.valueProperty().bindBidirectional(model.zone());
    return box;
  }

  private ComboBox<MachineType> machineType() {
    ComboBox<MachineType> box = new ComboBox<>(model.machineTypes());
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable MachineType type) {
            return type == null ? "" : describe(type);
          }

          @Override
          public @Nullable MachineType fromString(String text) {
            return null;
          }
        });
    box.valueProperty().bindBidirectional(model.machineType());
    box.setPromptText("Asking the cloud…");
    return box;
  }

  private static String describe(MachineType type) {
    String charged = type.costPerHour() <= 0 ? "free" : Phrases.money(type.costPerHour()) + "/h";
    String price = type.priceKnown() ? charged : "price not known";
    return String.join(
        " · ",
        type.name(),
        type.guestCpus() + " vCPU",
        CreateEstimate.gigabytes(type.memoryMb() / 1024.0) + " GB",
        price);
  }

  private Node estimate() {
    EstimateBox box = new EstimateBox();
    box.getStyleClass().add("estimate");
    model.estimate().subscribe(estimate -> box.show(estimate.cost(), estimate.use()));
    return box;
  }

  private Node headroom() {
    Label line = Card.paragraph("", "hint");
    line.setId("headroom");
    FontIcon sign = new FontIcon(Feather.ALERT_TRIANGLE);
    sign.getStyleClass().add("warn");
    model
        .headroom()
        .subscribe(room -> {
          line.setText(room.sentence());
          line.setGraphic(room.enough() ? null : sign);
          line.getStyleClass().setAll("label", room.enough() ? "hint" : "headroom-short");
          line.setVisible(!room.sentence().isEmpty());
          line.setManaged(!room.sentence().isEmpty());
        });
    return line;
  }

  private Node refusal() {
    RefusalBox box = new RefusalBox(clipboard);
    model.refusal().subscribe(box::show);
    return box;
  }

  private Node asking() {
    Node line = Card.progress("Asking the cloud… You may close this; the VMs come all the same.");
    line.visibleProperty().bind(model.stage().isEqualTo(Stage.ASKING));
    line.managedProperty().bind(line.visibleProperty());
    return line;
  }

  // Once the request is on its way, closing the dialog takes nothing back, and the name says so.
  private Button cancel() {
    Button button = Card.button("", this::close);
    model.stage().subscribe(stage -> button.setText(stage == Stage.ASKING ? "Close" : "Cancel"));
    return button;
  }

  private Button submit() {
    Button create = Card.button("", model::submit, Styles.ACCENT);
    create.setDefaultButton(true);
    create
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    CreateForm.number(model.count().get())
                        .filter(count -> count > 0)
                        .map(count -> "Create " + CountText.vms(count))
                        .orElse("Create"),
                model.count()));
    create
        .disableProperty()
        .bind(
            Bindings.createBooleanBinding(
                () -> !model.faults().get().isEmpty() || model.stage().get() != Stage.FORM,
                model.faults(),
                model.stage()));
    return create;
  }

  private void onStage(Stage stage) {
    switch (stage) {
      case FORM -> {}
      case ASKING -> askingAgain();
      case MAKING -> showProgress("Creating " + CountText.vms(model.rows().size()));
      case ENDED -> showProgress(model.outcome());
    }
  }

  private boolean showsProgress() {
    return body().getStyleClass().contains("progress");
  }

  private VBox body() {
    return (VBox) card.getChildren().get(1);
  }

  // The form has a line of its own for this.
  private void askingAgain() {
    if (showsProgress()) {
      card.setTitle("Asking the cloud again");
      card.setButtons(closeButton());
    }
  }

  private void showProgress(String title) {
    card.setTitle(title);
    if (!showsProgress()) {
      body().getStyleClass().add("progress");
      body().getChildren().setAll(new ProgressList(model.rows()), refusal(), prospect);
      followRows();
      model.rows().addListener((Observable changed) -> followRows());
    }
    sayProspect();
    Button close = closeButton();
    int failed = model.count(Step.FAILED);
    if (model.stage().get() == Stage.ENDED && failed > 0) {
      Button again = Card.button("Try again for " + CountText.vms(failed), model::retry);
      card.setButtons(close, again);
    } else {
      card.setButtons(close);
    }
    close.requestFocus();
  }

  private void followRows() {
    model.rows().forEach(row -> row.step().subscribe(this::sayProspect));
  }

  private void sayProspect() {
    prospect.setText(model.prospect());
  }

  private Button closeButton() {
    Button close = Card.button("Close", this::close, Styles.ACCENT);
    close.setDefaultButton(true);
    return close;
  }

  /// A line with something at its end; used by the progress list.
  static HBox line(Node first, Node last) {
    Region spring = new Region();
    HBox.setHgrow(spring, javafx.scene.layout.Priority.ALWAYS);
    HBox line = new HBox(first, spring, last);
    line.setAlignment(Pos.CENTER_LEFT);
    return line;
  }
}
