package dev.podium.desktop.policy;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.model.offer.MachineType;
import dev.podium.fleet.policy.AvailableMachines;
import dev.podium.fleet.policy.FleetPolicy;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyMember;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The policy's form. Belongs to the window's thread; the cloud is asked for its zones and machine
/// types in the background, and until it has answered their names are taken on trust.
public final class PolicyViewModel {
  private final Fleet fleet;
  private final UiExecutor executor;
  private final Consumer<FailureText> failures;

  private final Map<PolicyMember, StringProperty> texts = new EnumMap<>(PolicyMember.class);
  private final ReadOnlyObjectWrapper<Map<PolicyMember, String>> faults =
      new ReadOnlyObjectWrapper<>(Map.of());
  private final ReadOnlyObjectWrapper<PolicyEstimate> estimate =
      new ReadOnlyObjectWrapper<>(PolicyEstimate.NOTHING);
  private final ReadOnlyBooleanWrapper changed = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper saving = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
  private final ObservableList<String> machineTypes = FXCollections.observableArrayList();

  private FleetPolicy base;
  private Optional<AvailableMachines> offer = Optional.empty();
  private List<String> askedFor = List.of();

  // The form is filled in as a whole; it is not checked after each member.
  private boolean filling;
  private int sequence;

  /// @param failures told when saving failed for another reason than a fault of the form
  public PolicyViewModel(Fleet fleet, UiExecutor executor, Consumer<FailureText> failures) {
    this.fleet = fleet;
    this.executor = executor;
    this.failures = failures;
    this.base = fleet.policy();
    for (PolicyMember member : PolicyMember.values()) {
      StringProperty text = new SimpleStringProperty("");
      texts.put(member, text);
      text.subscribe(this::check);
    }
    revert();
  }

  /// Asks the cloud what it has; called when the page is shown.
  public void load() {
    askedFor = List.of();
    askForOffer();
  }

  /// Takes over what was changed elsewhere, unless the person is in the middle of a change, and
  /// what was spent meanwhile; called once a second.
  public void tick() {
    estimate(draft());
    FleetPolicy now = fleet.policy();
    if (now.equals(base) || saving.get()) {
      return;
    }
    if (changed.get()) {
      note.set("The policy was changed elsewhere meanwhile; saving replaces that change.");
    } else {
      base = now;
      revert();
    }
  }

  /// Fills the form with what is in force.
  public void revert() {
    base = fleet.policy();
    note.set("");
    fill(inForce());
  }

  private void fill(PolicyDraft draft) {
    filling = true;
    texts.forEach((member, text) -> text.set(draft.text(member)));
    filling = false;
    check();
  }

  private void check() {
    if (filling) {
      return;
    }
    PolicyDraft draft = draft();
    faults.set(draft.faults(base.limits(), offer));
    changed.set(!inForce().changes(draft).isEmpty());
    estimate(draft);
    askForOffer();
  }

  private void estimate(PolicyDraft draft) {
    estimate.set(PolicyEstimate.of(draft, faults.get(), offer, fleet.spent()));
  }

  private PolicyDraft inForce() {
    return PolicyDraft.of(base).shown();
  }

  private PolicyDraft draft() {
    Map<PolicyMember, String> written = new EnumMap<>(PolicyMember.class);
    texts.forEach((member, text) -> written.put(member, written(text)));
    return new PolicyDraft(written);
  }

  // An editable choice of JavaFX may hold null for nothing.
  private static String written(StringProperty text) {
    return Objects.requireNonNullElse(text.get(), "");
  }

  /// Prices differ from zone to zone, so other zones mean another question; each is asked once.
  private void askForOffer() {
    List<String> zones = draft().zones();
    boolean unknown = offer.isPresent() && offer.get().zones().stream().noneMatch(zones::contains);
    if (zones.equals(askedFor) || unknown) {
      return;
    }
    askedFor = zones;
    int mine = ++sequence;
    executor.call(
        () -> AvailableMachines.read(fleet, zones),
        known -> {
          if (mine == sequence) {
            take(known);
          }
        },
        failure -> {
          if (mine == sequence) {
            note.set(
                FailureText.of(failure).sentence()
                    + ". Zones and machine types are checked when you save.");
          }
        });
  }

  private void take(AvailableMachines known) {
    offer = Optional.of(known);
    List<String> names =
        draft().zones().stream()
            .flatMap(zone -> known.types().getOrDefault(zone, List.of()).stream())
            .map(MachineType::name)
            .distinct()
            .toList();
    if (!names.equals(machineTypes)) {
      String chosen = text(PolicyMember.MACHINE_TYPE).get();
      machineTypes.setAll(names);
      // A choice whose list changes forgets what was chosen.
      text(PolicyMember.MACHINE_TYPE).set(chosen);
    }
    check();
  }

  /// Puts the form in force, if it has no fault.
  ///
  /// @param done told when it is
  public void save(Runnable done) {
    if (saving.get() || !changed.get() || !faults.get().isEmpty()) {
      return;
    }
    saving.set(true);
    PolicyDraft draft = draft();
    executor.call(
        () -> fleet.setPolicy(draft),
        refused -> {
          saving.set(false);
          if (refused.isEmpty()) {
            saved(draft);
            done.run();
          } else {
            faults.set(refused);
          }
        },
        failure -> {
          saving.set(false);
          failures.accept(FailureText.of(failure));
        });
  }

  // What the person wrote while it was being saved stays, as a change of what is now in force.
  private void saved(PolicyDraft sent) {
    base = fleet.policy();
    note.set("");
    PolicyDraft now = inForce();
    filling = true;
    texts.forEach((member, text) -> {
      if (written(text).equals(sent.text(member))) {
        text.set(now.text(member));
      }
    });
    filling = false;
    check();
  }

  /// What is written for the member.
  public StringProperty text(PolicyMember member) {
    return Objects.requireNonNull(texts.get(member));
  }

  /// What is wrong, by member; empty if nothing is.
  public ReadOnlyObjectProperty<Map<PolicyMember, String>> faults() {
    return faults.getReadOnlyProperty();
  }

  /// What it could come to cost.
  public ReadOnlyObjectProperty<PolicyEstimate> estimate() {
    return estimate.getReadOnlyProperty();
  }

  /// Whether the form differs from what is in force.
  public ReadOnlyBooleanProperty changed() {
    return changed.getReadOnlyProperty();
  }

  /// Whether it is being saved.
  public ReadOnlyBooleanProperty saving() {
    return saving.getReadOnlyProperty();
  }

  /// What the person should know besides; empty if nothing.
  public ReadOnlyStringProperty note() {
    return note.getReadOnlyProperty();
  }

  /// The machine types that the zones offer.
  public ObservableList<String> machineTypes() {
    return machineTypes;
  }
}
