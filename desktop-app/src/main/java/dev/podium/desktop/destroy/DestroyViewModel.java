package dev.podium.desktop.destroy;

import dev.podium.desktop.control.FailureText;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.model.FleetVm;
import dev.podium.wire.cloud.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Asks, waits, then destroys. Belongs to the window's thread.
public final class DestroyViewModel {
  /// How long a person can take it back before the request goes out.
  public static final Duration GRACE = Duration.ofSeconds(10);

  private final Fleet fleet;
  private final UiExecutor executor;
  private final Ticker ticker;
  private final Consumer<FailureText> failures;

  private final ReadOnlyObjectWrapper<@Nullable DestroyRequest> asking =
      new ReadOnlyObjectWrapper<>();
  private final StringProperty typed = new SimpleStringProperty("");
  private final BooleanBinding confirmable =
      Bindings.createBooleanBinding(this::mayConfirm, asking, typed);
  private final ObservableList<PendingDestruction> pending = FXCollections.observableArrayList();
  private final List<Sent> sent = new ArrayList<>();
  private boolean paused;
  private long pausedAtMillis;

  /// A request that went out; `gone` says in the end whether the VM is gone.
  private record Sent(FleetVm vm, CompletableFuture<Boolean> gone) {}

  /// @param ticker counts the seconds of grace, by its monotonic time: a clock that is set must not
  ///   shorten them
  /// @param failures told of every VM that could not be destroyed
  public DestroyViewModel(
      Fleet fleet, UiExecutor executor, Ticker ticker, Consumer<FailureText> failures) {
    this.fleet = fleet;
    this.executor = executor;
    this.ticker = ticker;
    this.failures = failures;
  }

  /// Opens the question; does nothing for no VMs.
  public void ask(List<FleetVm> vms) {
    if (!vms.isEmpty()) {
      typed.set("");
      asking.set(new DestroyRequest(vms));
    }
  }

  /// Closes the question without doing anything.
  public void dismiss() {
    asking.set(null);
  }

  /// Takes the answer: the ten seconds begin. Does nothing while the word is not typed.
  public void confirm() {
    DestroyRequest request = asking.get();
    if (request == null || !confirmable.get()) {
      return;
    }
    asking.set(null);
    pending.add(new PendingDestruction(request, nowMillis(), GRACE.toMillis()));
  }

  /// Takes the youngest destruction back, if one waits.
  public void undoLast() {
    if (!pending.isEmpty()) {
      pending.removeLast();
    }
  }

  /// Takes a destruction back.
  public void undo(PendingDestruction destruction) {
    pending.remove(destruction);
  }

  /// Sends what is due; called a few times a second.
  public void tick() {
    if (paused) {
      return;
    }
    long now = nowMillis();
    for (PendingDestruction destruction : List.copyOf(pending)) {
      if (destruction.countDown(now)) {
        send(destruction);
      }
    }
  }

  /// Lets the countdowns stand still, while the person is asked what shall become of them: an
  /// answer that says "keep" must not come too late.
  public void pause() {
    if (!paused) {
      paused = true;
      pausedAtMillis = nowMillis();
    }
  }

  /// Lets the countdowns go on from where they stood.
  public void resume() {
    if (paused) {
      paused = false;
      long stoodStill = nowMillis() - pausedAtMillis;
      pending.forEach(destruction -> destruction.postpone(stoodStill));
    }
  }

  /// Sends everything that waits, at once: the person closes the window and wants it done.
  ///
  /// @return as [#ended]
  public CompletableFuture<Boolean> destroyNow() {
    List.copyOf(pending).forEach(this::send);
    return ended();
  }

  /// Takes everything back that waits. What was sent already goes on.
  public void withdraw() {
    pending.clear();
  }

  /// The VMs whose destruction was asked for and whose end the cloud has not told yet. A window
  /// that closed now could stop a request on its way.
  public List<FleetVm> underWay() {
    return sent.stream().map(Sent::vm).toList();
  }

  /// Completes when everything that is under way has ended, with whether each of the VMs is gone.
  /// What failed was told already.
  public CompletableFuture<Boolean> ended() {
    List<CompletableFuture<Boolean>> all = sent.stream().map(Sent::gone).toList();
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .thenApply(over -> all.stream().allMatch(CompletableFuture::join));
  }

  private void send(PendingDestruction destruction) {
    pending.remove(destruction);
    // Who confirmed an empty VM did not agree to cutting off the person who joined since: then the
    // service refuses, and says so. Who confirmed a silent one, with its name typed, has agreed to
    // not knowing whether anybody is on it.
    destruction.request().vms().forEach(vm -> destroy(vm, DestroyRequest.mayBeInUse(vm)));
  }

  private void destroy(FleetVm vm, boolean force) {
    Sent request = new Sent(vm, new CompletableFuture<>());
    sent.add(request);
    Consumer<Throwable> failed =
        failure -> {
          sent.remove(request);
          failures.accept(FailureText.of(failure));
          request.gone().complete(false);
        };
    executor.call(
        () -> fleet.destroy(vm.name(), force),
        answer ->
            executor.await(
                answer,
                gone -> {
                  sent.remove(request);
                  request.gone().complete(true);
                },
                failed),
        failed);
  }

  private boolean mayConfirm() {
    DestroyRequest request = asking.get();
    return request != null && typed.get().strip().equals(request.wordToType());
  }

  private long nowMillis() {
    return ticker.nanos() / 1_000_000;
  }

  /// What is being asked; null while nothing is.
  public ReadOnlyObjectProperty<@Nullable DestroyRequest> asking() {
    return asking.getReadOnlyProperty();
  }

  /// What was typed so far.
  public StringProperty typed() {
    return typed;
  }

  /// Whether the question may be answered with yes.
  public BooleanBinding confirmable() {
    return confirmable;
  }

  /// What can still be taken back, oldest first.
  public ObservableList<PendingDestruction> pending() {
    return pending;
  }
}
