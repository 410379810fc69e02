package dev.podium.desktop.create;

import dev.podium.desktop.control.failure.FailureText;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// A VM on its way, as the dialog lists it.
public final class CreationRow {
  private final Supplier<String> name;
  private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(Step.REQUESTED);
  private Optional<FailureText> failure = Optional.empty();

  /// @param name asked anew each time: where a stranger has the first, the next number is taken
  CreationRow(Supplier<String> name) {
    this.name = name;
  }

  /// The VM's name as it is now.
  public String name() {
    return name.get();
  }

  /// How far it is.
  public ReadOnlyObjectProperty<Step> step() {
    return step.getReadOnlyProperty();
  }

  /// Why it failed; present exactly in [Step#FAILED].
  public Optional<FailureText> failure() {
    return failure;
  }

  /// Goes on to a later step; answers that come late or out of order change nothing.
  void reached(Step next) {
    Step before = step.get();
    if (before != Step.FAILED && next.compareTo(before) > 0) {
      step.set(next);
    }
  }

  /// Ends it. The first reason counts: later ones follow from it.
  void failed(FailureText why) {
    if (step.get() != Step.FAILED && step.get() != Step.READY) {
      failure = Optional.of(why);
      step.set(Step.FAILED);
    }
  }

  /// How far a VM is, in order.
  public enum Step {
    /// Asked for; the cloud has not answered yet.
    REQUESTED("Requested"),
    /// The cloud accepted the request.
    ACCEPTED("Accepted, starting"),
    /// The machine runs and its agent boots.
    RUNNING("Running, agent boots"),
    /// People can join.
    READY("Ready"),
    /// It will not be there.
    FAILED("Failed");

    private final String words;

    Step(String words) {
      this.words = words;
    }

    /// For a person.
    public String words() {
      return words;
    }

    /// Whether nothing more will happen.
    public boolean ended() {
      return this == READY || this == FAILED;
    }
  }
}
