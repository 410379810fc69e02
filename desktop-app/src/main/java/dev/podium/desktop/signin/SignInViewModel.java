package dev.podium.desktop.signin;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.desktop.signin.SignInPort.Attempt;
import dev.podium.desktop.signin.SignInPort.Door;
import dev.podium.desktop.signin.SignInPort.Opened;
import dev.podium.desktop.signin.SignInPort.Progress;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// What the first screen shows: waiting for a choice, on the way through a door, or inside. Belongs
/// to the window's thread.
public final class SignInViewModel {
  private final SignInPort port;
  private final UiExecutor executor;
  private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new Choosing());
  private @Nullable Attempt attempt;

  // Answers of an attempt that was given up carry an older number and are dropped.
  private int sequence;

  public SignInViewModel(SignInPort port, UiExecutor executor) {
    this.port = port;
    this.executor = executor;
  }

  /// What is shown now.
  public ReadOnlyObjectProperty<State> state() {
    return state.getReadOnlyProperty();
  }

  /// Goes on where the last start ended, if the person is still signed in.
  public void resume() {
    port.remembered().ifPresent(this::choose);
  }

  /// Goes through a door, unless one is being opened already. Google's leads to the setup where no
  /// project is set up.
  public void choose(Door door) {
    if (state.get() instanceof Opening || state.get() instanceof Inside) {
      return;
    }
    if (door == Door.GOOGLE && port.prepared().isEmpty()) {
      setUp();
      return;
    }
    int mine = ++sequence;
    String first = door == Door.GOOGLE ? "Starting" : "Starting the local cloud";
    state.set(new Opening(door, Progress.of(first)));
    Attempt started =
        port.open(door, progress -> executor.onWindow(() -> progressed(mine, door, progress)));
    attempt = started;
    executor.await(
        started.done(), opened -> arrived(mine, opened), failure -> failed(mine, failure));
  }

  /// To which project Google's door leads, in a few words; none where one is set up first.
  public Optional<String> prepared() {
    return port.prepared();
  }

  /// Begins to set a project up.
  public void setUp() {
    if (!(state.get() instanceof Opening || state.get() instanceof Inside)) {
      state.set(new SettingUp());
    }
  }

  /// Comes back from the setup.
  public void backFromSetup() {
    if (state.get() instanceof SettingUp) {
      state.set(new Choosing());
    }
  }

  /// Gives up what is being opened.
  public void cancel() {
    Attempt running = attempt;
    if (running != null && state.get() instanceof Opening) {
      sequence++;
      attempt = null;
      state.set(new Choosing());
      executor.inBackground(running::cancel);
    }
  }

  /// Leaves the fleet and comes back to the two doors.
  public void signOut() {
    leave(() -> state.set(new Choosing()));
  }

  /// Leaves the fleet, whose sign-in has ended, and goes through Google's door once more.
  public void signInAgain() {
    leave(() -> choose(Door.GOOGLE));
  }

  private void leave(Runnable then) {
    if (!(state.get() instanceof Inside)) {
      return;
    }
    sequence++;
    attempt = null;
    state.set(new Leaving());
    executor.call(
        () -> {
          port.signOut();
          return true;
        },
        done -> then.run(),
        failure -> state.set(new Refused(FailureText.of(failure))));
  }

  private void progressed(int of, Door door, Progress progress) {
    if (of == sequence && state.get() instanceof Opening) {
      state.set(new Opening(door, progress));
    }
  }

  private void arrived(int of, Opened opened) {
    if (of == sequence) {
      state.set(new Inside(opened));
    }
  }

  private void failed(int of, Throwable failure) {
    if (of == sequence) {
      attempt = null;
      state.set(
          failure instanceof CancellationException
              ? new Choosing()
              : new Refused(FailureText.of(failure)));
    }
  }

  /// The screen's states.
  public sealed interface State {}

  /// Two doors, nothing else.
  public record Choosing() implements State {}

  /// A project is being set up.
  public record SettingUp() implements State {}

  /// A door is being opened; it can be cancelled.
  public record Opening(Door door, Progress progress) implements State {}

  /// It did not open, or closing it failed; the doors are shown again with the reason.
  public record Refused(FailureText failure) implements State {}

  /// Through.
  public record Inside(Opened opened) implements State {}

  /// Signing out.
  public record Leaving() implements State {}
}
