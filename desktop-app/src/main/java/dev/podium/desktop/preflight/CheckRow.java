package dev.podium.desktop.preflight;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.fleet.preflight.CheckResult;
import dev.podium.fleet.preflight.check.CheckName;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// A check, and what came of it so far. Belongs to the window's thread.
public final class CheckRow {
  private final CheckName name;
  private final ReadOnlyObjectWrapper<Optional<CheckResult>> result =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyBooleanWrapper fixing = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<@Nullable FailureText> unfixed =
      new ReadOnlyObjectWrapper<>();

  CheckRow(CheckName name) {
    this.name = name;
  }

  /// What is checked.
  public CheckName name() {
    return name;
  }

  /// What was found; none while it is looked at.
  public ReadOnlyObjectProperty<Optional<CheckResult>> result() {
    return result.getReadOnlyProperty();
  }

  /// Whether Podium is about to fix it.
  public ReadOnlyBooleanProperty fixing() {
    return fixing.getReadOnlyProperty();
  }

  /// Why the fix did not work; null if it did, or none was tried.
  public ReadOnlyObjectProperty<@Nullable FailureText> unfixed() {
    return unfixed.getReadOnlyProperty();
  }

  void found(CheckResult found) {
    fixing.set(false);
    result.set(Optional.of(found));
  }

  void fix() {
    unfixed.set(null);
    fixing.set(true);
  }

  void notFixed(FailureText why) {
    fixing.set(false);
    unfixed.set(why);
  }
}
