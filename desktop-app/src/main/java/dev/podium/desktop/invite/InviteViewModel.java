package dev.podium.desktop.invite;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.Fleet.Invitation;
import dev.podium.fleet.Fleet.TakenBack;
import dev.podium.fleet.model.VmName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// Makes a link for a participant. Belongs to the window's thread; one for each opening of the
/// dialog.
public final class InviteViewModel {
  /// How long an invite may be good, in hours; the service gives no longer ones.
  public static final List<Integer> HOURS = List.of(1, 2, 4, 8, 12);

  private final Fleet fleet;
  private final UiExecutor executor;
  private final Optional<VmName> instance;
  private final StringProperty name = new SimpleStringProperty("");
  private final StringProperty room = new SimpleStringProperty("lobby");
  private final ObjectProperty<Integer> hours = new SimpleObjectProperty<>(8);
  private final BooleanProperty onlyThisVm = new SimpleBooleanProperty(false);
  private final ReadOnlyObjectWrapper<@Nullable Invitation> invitation =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable FailureText> refusal =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyStringWrapper takenBack = new ReadOnlyStringWrapper("");
  private final BooleanBinding complete =
      Bindings.createBooleanBinding(
          () -> !name.get().isBlank() && !room.get().isBlank(), name, room);

  /// @param instance the VM that is selected, to which the invite can be limited
  public InviteViewModel(Fleet fleet, UiExecutor executor, Optional<VmName> instance) {
    this.fleet = fleet;
    this.executor = executor;
    this.instance = instance;
    name.subscribe(this::forget);
    room.subscribe(this::forget);
    hours.subscribe(this::forget);
    onlyThisVm.subscribe(this::forget);
  }

  // A link on the screen must be the link for what the fields say.
  private void forget() {
    invitation.set(null);
    takenBack.set("");
  }

  /// Makes the link; does nothing while a field is empty.
  public void issue() {
    if (!complete.get()) {
      return;
    }
    String who = name.get().strip();
    String where = room.get().strip();
    Optional<VmName> only = onlyThisVm.get() ? instance : Optional.empty();
    Duration validity = Duration.ofHours(hours.get());
    refusal.set(null);
    takenBack.set("");
    executor.call(
        () -> fleet.invite(who, where, only, validity),
        invitation::set,
        failure -> refusal.set(FailureText.of(failure)));
  }

  /// Takes the link on the screen back; does nothing if there is none.
  public void takeBack() {
    Invitation given = invitation.get();
    if (given == null) {
      return;
    }
    refusal.set(null);
    executor.call(
        () -> fleet.takeBack(given.id()),
        this::taken,
        failure -> refusal.set(FailureText.of(failure)));
  }

  private void taken(TakenBack taken) {
    if (taken.untold().isEmpty()) {
      invitation.set(null);
      takenBack.set("The link is good no more. Whoever was in by it has been put out.");
    } else {
      // The link stays on the screen, so that the button can be pressed again.
      takenBack.set(
          "These VMs could not be told, and the link may still be good there: "
              + String.join(", ", taken.untold().stream().map(VmName::value).toList())
              + ". Try again.");
    }
  }

  /// What became of a link that was taken back; empty if none was.
  public ReadOnlyStringProperty takenBack() {
    return takenBack.getReadOnlyProperty();
  }

  /// The participant's name.
  public StringProperty name() {
    return name;
  }

  /// The room that it leads to.
  public StringProperty room() {
    return room;
  }

  /// How many hours it is good.
  public ObjectProperty<Integer> hours() {
    return hours;
  }

  /// Whether it is good on the selected VM alone.
  public BooleanProperty onlyThisVm() {
    return onlyThisVm;
  }

  /// The VM to which it can be limited.
  public Optional<VmName> instance() {
    return instance;
  }

  /// Whether the fields suffice.
  public BooleanBinding complete() {
    return complete;
  }

  /// The link; null until it is made.
  public ReadOnlyObjectProperty<@Nullable Invitation> invitation() {
    return invitation.getReadOnlyProperty();
  }

  /// Why there is none; null if nothing failed.
  public ReadOnlyObjectProperty<@Nullable FailureText> refusal() {
    return refusal.getReadOnlyProperty();
  }
}
