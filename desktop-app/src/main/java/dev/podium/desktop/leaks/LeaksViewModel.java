package dev.podium.desktop.leaks;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.leaks.Leak;
import dev.podium.fleet.leaks.LeakReport;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What was left in the cloud. Belongs to the window's thread.
public final class LeaksViewModel {
  private final Fleet fleet;
  private final UiExecutor executor;
  private final Consumer<FailureText> failures;
  private final ReadOnlyStringWrapper notice = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Optional<LeakReport>> report =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

  // A look that the person made is newer than the sweep at the start, whenever that comes back.
  private boolean looked;

  /// @param failures told when a look fails unexpectedly
  public LeaksViewModel(Fleet fleet, UiExecutor executor, Consumer<FailureText> failures) {
    this.fleet = fleet;
    this.executor = executor;
    this.failures = failures;
    // It is cancelled when the session ends before, and then nobody is there to be told.
    executor.await(fleet.startSweep(), this::swept, cancelled -> {});
  }

  private void swept(LeakReport first) {
    if (report.get().isEmpty() && !looked) {
      report.set(Optional.of(first));
    }
    if (first.worthTelling() && !looked) {
      notice.set(first.sentence());
    }
  }

  /// Looks again.
  public void look() {
    read(fleet::leaks);
  }

  /// Deletes what belongs to no VM.
  public void clean() {
    read(fleet::cleanLeaks);
  }

  private void read(Callable<LeakReport> work) {
    if (busy.get()) {
      return;
    }
    looked = true;
    busy.set(true);
    // What was seen before must not be taken for what is there now.
    report.set(Optional.empty());
    executor.call(
        work,
        fresh -> {
          busy.set(false);
          report.set(Optional.of(fresh));
          if (fresh.problem().isEmpty()) {
            dismiss();
          }
        },
        failure -> {
          busy.set(false);
          failures.accept(FailureText.of(failure));
        });
  }

  /// Takes the notice away.
  public void dismiss() {
    notice.set("");
  }

  /// Whether something can be cleaned by what was seen last.
  public static boolean cleanable(LeakReport seen) {
    return seen.leaks().stream().anyMatch(leak -> leak.fate() == Leak.Fate.CLEANABLE);
  }

  /// What the sweep at the start found; empty if nothing, or if it was dismissed.
  public ReadOnlyStringProperty notice() {
    return notice.getReadOnlyProperty();
  }

  /// What was seen last; none before the first look, while another is made, and after one that
  /// failed.
  public ReadOnlyObjectProperty<Optional<LeakReport>> report() {
    return report.getReadOnlyProperty();
  }

  /// Whether the cloud is being asked.
  public ReadOnlyBooleanProperty busy() {
    return busy.getReadOnlyProperty();
  }
}
