package dev.podium.desktop.details;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.fx.FleetBatch;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.Fleet.SerialText;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Verdict;
import dev.podium.fleet.model.VmName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// One VM from near. Belongs to the window's thread.
public final class DetailsViewModel {
  /// How much of the serial console is kept on the screen, in characters.
  static final int SERIAL_KEPT = 200_000;

  private final Fleet fleet;
  private final UiExecutor executor;
  private final VerdictHistory history = new VerdictHistory();
  private final ReadOnlyObjectWrapper<Optional<FleetVm>> vm =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<List<Verdict>> verdicts =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyStringWrapper serial = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper serialNote = new ReadOnlyStringWrapper("");

  private boolean followsSerial;
  private boolean reading;
  private long next;

  // What was read of a VM that is no longer shown is dropped.
  private int sequence;

  public DetailsViewModel(Fleet fleet, UiExecutor executor) {
    this.fleet = fleet;
    this.executor = executor;
  }

  /// Takes in what happened.
  public void accept(FleetBatch batch) {
    history.accept(batch);
    vm.get().ifPresent(shown -> verdicts.set(history.of(shown.vm().id())));
  }

  /// Shows this VM, or its newest state if it is the one shown; none shows nothing.
  public void show(Optional<FleetVm> wanted) {
    Optional<String> before = vm.get().map(shown -> shown.vm().id());
    vm.set(wanted);
    verdicts.set(wanted.map(shown -> history.of(shown.vm().id())).orElse(List.of()));
    if (!before.equals(wanted.map(shown -> shown.vm().id()))) {
      sequence++;
      reading = false;
      next = 0;
      serial.set("");
      serialNote.set("");
      tick();
    }
  }

  /// Follows the serial console from now on, or stops: it is read only while somebody looks.
  public void followSerial(boolean follow) {
    followsSerial = follow;
    tick();
  }

  /// Reads on where the serial console was left; called once a second.
  public void tick() {
    Optional<FleetVm> shown = vm.get();
    if (!followsSerial || reading || shown.isEmpty()) {
      return;
    }
    reading = true;
    int mine = sequence;
    long from = next;
    VmName name = shown.get().name();
    executor.call(
        () -> fleet.serial(name, from),
        text -> {
          if (mine == sequence) {
            append(text);
          }
        },
        failure -> {
          if (mine == sequence) {
            reading = false;
            serialNote.set(FailureText.of(failure).sentence());
          }
        });
  }

  private void append(SerialText text) {
    reading = false;
    next = text.next();
    serialNote.set("");
    if (!text.text().isEmpty()) {
      String whole = serial.get() + text.text();
      serial.set(whole.substring(Math.max(0, whole.length() - SERIAL_KEPT)));
    }
  }

  /// When and why the VM that is shown ends by itself, in words; empty if none is shown.
  ///
  /// @param now by the console's clock
  public String end(Instant now) {
    return vm.get()
        .map(shown -> new EarliestEnd(fleet.policy(), ready()).of(shown, now))
        .orElse("");
  }

  private int ready() {
    return (int) fleet.list().stream().filter(each -> each.health().welcomes()).count();
  }

  /// The VM that is shown.
  public ReadOnlyObjectProperty<Optional<FleetVm>> vm() {
    return vm.getReadOnlyProperty();
  }

  /// Its verdicts since the window opened, newest first.
  public ReadOnlyObjectProperty<List<Verdict>> verdicts() {
    return verdicts.getReadOnlyProperty();
  }

  /// What it wrote to its serial console.
  public ReadOnlyStringProperty serial() {
    return serial.getReadOnlyProperty();
  }

  /// Why nothing can be read; empty if it can.
  public ReadOnlyStringProperty serialNote() {
    return serialNote.getReadOnlyProperty();
  }
}
