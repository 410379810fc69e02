package dev.podium.desktop.policy;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.EstimateBox;
import dev.podium.desktop.control.FieldGrid;
import dev.podium.fleet.policy.PolicyMember;
import dev.podium.fleet.policy.ScalingPolicy.Provisioning;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// The policy page: a form in sections, and below it, always in sight, what it could cost and the
/// button that puts it in force.
public final class PolicyView extends BorderPane {
  private static final int COLUMNS = 4;

  private record Field(PolicyMember member, String name, String hint) {}

  private static final List<Field> SIZE =
      List.of(
          new Field(PolicyMember.MINIMUM, "Minimum VMs", "Stay although nobody uses them."),
          new Field(PolicyMember.MAXIMUM, "Maximum VMs", "A person may create more."),
          new Field(PolicyMember.SEATS, "Seats per VM", "For VMs made from now on."),
          new Field(PolicyMember.SPARE, "Spare seats", "Free seats kept ready."),
          new Field(PolicyMember.IDLE, "Idle limit", "Then an unused VM is drained."),
          new Field(PolicyMember.RUN_LIMIT, "Lifetime of a VM", "Then the cloud itself ends it."),
          new Field(
              PolicyMember.HOURLY_BUDGET,
              "Hourly budget, $",
              "Nothing is created above it; 0: no limit."),
          new Field(
              PolicyMember.TOTAL_BUDGET,
              "Total budget, $",
              "Spent and still to come; 0: no limit."));

  private static final List<Field> ADMISSION =
      List.of(
          new Field(
              PolicyMember.ACCESS_CODE,
              "Access code",
              "The chat asks for it; empty: invites only."));

  private static final List<Field> MACHINES =
      List.of(
          new Field(
              PolicyMember.ZONES, "Zones, the best first", "A full zone moves on to the next."),
          new Field(PolicyMember.MACHINE_TYPE, "Machine type", "Every zone must have it."),
          new Field(PolicyMember.PROVISIONING, "Price", "Spot is cheaper, may end at any time."),
          new Field(PolicyMember.IMAGE, "Image", "An image or a family of images."));

  private static final List<Field> HEALTH =
      List.of(
          new Field(PolicyMember.SUSPECT, "Suspect after", "No heartbeat; it is watched closely."),
          new Field(
              PolicyMember.UNREACHABLE, "Unreachable after", "No sign of life on two channels."),
          new Field(PolicyMember.CONDEMNED, "Condemned after", "Removed, if a last look agrees."),
          new Field(PolicyMember.BROKEN, "Broken after", "Its check of itself fails so long."),
          new Field(PolicyMember.BOOT, "Time to boot", "Not ready by then: removed."),
          new Field(
              PolicyMember.STOPPED,
              "Stopped VMs go after",
              "A machine that is off costs its disk."),
          new Field(
              PolicyMember.USE_WINDOW,
              "Forgotten tab after",
              "Who does nothing so long is not use."));

  private final PolicyViewModel model;

  /// @param notice tells the person that something worked
  public PolicyView(PolicyViewModel model, Consumer<String> notice) {
    this.model = model;
    VBox form =
        new VBox(
            section("Size and cost", SIZE),
            section("Who comes in", ADMISSION),
            section("What VMs are made of", MACHINES),
            section("Health limits", HEALTH));
    form.getStyleClass().add("settings");
    ScrollPane scroll = new ScrollPane(form);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("plain");
    setCenter(scroll);
    setBottom(foot(notice));
    getStyleClass().add("policy");
    // The cloud is asked when somebody looks, not at the start of the window.
    visibleProperty()
        .subscribe(shown -> {
          if (shown) {
            model.load();
          }
        });
  }

  private Node section(String heading, List<Field> fields) {
    Label title = new Label(heading);
    title.getStyleClass().add(Styles.TITLE_4);
    FieldGrid<PolicyMember> grid = new FieldGrid<>(COLUMNS, model.faults());
    int place = 0;
    for (Field field : fields) {
      Control control = control(field.member());
      control.setId("policy-" + field.member().json());
      grid.add(
          field.member(), field.name(), field.hint(), control, place % COLUMNS, place / COLUMNS);
      place++;
    }
    VBox section = new VBox(title, grid.node());
    section.getStyleClass().add("section");
    return section;
  }

  private Control control(PolicyMember member) {
    return switch (member) {
      case PROVISIONING -> provisioning();
      case MACHINE_TYPE -> machineType();
      default -> {
        TextField field = new TextField();
        field.textProperty().bindBidirectional(model.text(member));
        yield field;
      }
    };
  }

  private ComboBox<String> machineType() {
    ComboBox<String> box = new ComboBox<>(model.machineTypes());
    box.setEditable(true);
    // The editor, not the value: what is typed counts before Enter is pressed.
    box.getEditor().textProperty().bindBidirectional(model.text(PolicyMember.MACHINE_TYPE));
    return box;
  }

  private ComboBox<String> provisioning() {
    ComboBox<String> box = new ComboBox<>();
    box.getItems().setAll(Arrays.stream(Provisioning.values()).map(Enum::name).toList());
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable String name) {
            return name == null || name.isEmpty() ? "" : words(Provisioning.valueOf(name));
          }

          @Override
          public @Nullable String fromString(String text) {
            return null;
          }
        });
    box.valueProperty().bindBidirectional(model.text(PolicyMember.PROVISIONING));
    return box;
  }

  private static String words(Provisioning provisioning) {
    return switch (provisioning) {
      case STANDARD -> "Standard";
      case SPOT -> "Spot";
      case SPOT_THEN_STANDARD -> "Spot, else standard";
    };
  }

  private Node foot(Consumer<String> notice) {
    EstimateBox cost = new EstimateBox();
    model.estimate().subscribe(estimate -> cost.show(estimate.most(), estimate.why()));
    Label note = Card.paragraph("", "policy-note");
    note.textProperty().bind(model.note());
    note.visibleProperty().bind(model.note().isNotEmpty());
    note.managedProperty().bind(note.visibleProperty());
    VBox words = new VBox(cost, note);
    HBox.setHgrow(words, Priority.ALWAYS);
    Button revert = Card.button("Take back", model::revert);
    revert.setTooltip(new Tooltip("Show again what is in force."));
    revert.disableProperty().bind(model.changed().not().or(model.saving()));
    HBox foot = new HBox(words, revert, save(notice));
    foot.setAlignment(Pos.CENTER_LEFT);
    foot.getStyleClass().add("policy-foot");
    return foot;
  }

  private Button save(Consumer<String> notice) {
    Button save =
        Card.button(
            "Save policy",
            () -> model.save(() -> notice.accept("The policy is in force.")),
            Styles.ACCENT);
    save.setId("policy-save");
    save.setMinWidth(Region.USE_PREF_SIZE);
    save.setTooltip(new Tooltip("Put it in force now, and keep it."));
    save.disableProperty()
        .bind(
            model
                .changed()
                .not()
                .or(model.saving())
                .or(
                    javafx.beans.binding.Bindings.createBooleanBinding(
                        () -> !model.faults().get().isEmpty(), model.faults())));
    return save;
  }
}
