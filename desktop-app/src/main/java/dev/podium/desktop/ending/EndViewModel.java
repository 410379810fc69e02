package dev.podium.desktop.ending;

import dev.podium.desktop.control.failure.FailureGroup;
import dev.podium.desktop.control.failure.FailureGroup.Failed;
import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Asks, waits, then destroys or drains. Belongs to the window's thread.
public final class EndViewModel {
  /// How long a person can take it back before the request goes out.
  public static final Duration GRACE = Duration.ofSeconds(10);

  private final Fleet fleet;
  private final UiExecutor executor;
  private final Ticker ticker;
  private final Consumer<FailureText> failures;

  private final ReadOnlyObjectWrapper<@Nullable EndRequest> asking = new ReadOnlyObjectWrapper<>();
  private final StringProperty typed = new SimpleStringProperty("");
  private final BooleanBinding confirmable =
      Bindings.createBooleanBinding(this::mayConfirm, asking, typed);
  private final ObservableList<PendingEnd> pending = FXCollections.observableArrayList();
  private final List<Sent> sent = new ArrayList<>();
  private final List<FailureGroup> groups = new ArrayList<>();
  private boolean paused;
  private long pausedAtMillis;

  /// A request that went out; `gone` says in the end whether the VM is gone.
  private record Sent(EndKind kind, FleetVm vm, CompletableFuture<Boolean> gone) {}

  /// @param ticker counts the seconds of grace, by its monotonic time: a clock that is set must not
  ///   shorten them
  /// @param failures told of what could not be ended, once for VMs that were asked for together
  public EndViewModel(
      Fleet fleet, UiExecutor executor, Ticker ticker, Consumer<FailureText> failures) {
    this.fleet = fleet;
    this.executor = executor;
    this.ticker = ticker;
    this.failures = failures;
  }

  /// Opens the question; does nothing for no VMs.
  public void ask(EndKind kind, List<FleetVm> vms) {
    if (!vms.isEmpty()) {
      ask(new EndRequest(kind, vms));
    }
  }

  private void ask(EndRequest request) {
    typed.set("");
    asking.set(request);
  }

  /// Closes the question without doing anything.
  public void dismiss() {
    asking.set(null);
  }

  /// Takes the answer: the ten seconds begin. Does nothing while the word is not typed.
  public void confirm() {
    EndRequest request = asking.get();
    if (request == null || !confirmable.get()) {
      return;
    }
    asking.set(null);
    pending.add(new PendingEnd(request, nowMillis(), GRACE.toMillis()));
  }

  /// Takes the youngest request back, if one waits.
  public void undoLast() {
    if (!pending.isEmpty()) {
      pending.removeLast();
    }
  }

  /// Takes a request back.
  public void undo(PendingEnd end) {
    pending.remove(end);
  }

  /// Sends what is due, and tells what failed; called once a second.
  public void tick() {
    groups.forEach(FailureGroup::tick);
    groups.removeIf(FailureGroup::over);
    if (paused) {
      return;
    }
    long now = nowMillis();
    for (PendingEnd end : List.copyOf(pending)) {
      if (end.countDown(now)) {
        send(end);
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
      pending.forEach(end -> end.postpone(stoodStill));
    }
  }

  /// Sends everything that waits, at once: the person closes the window and wants it done.
  ///
  /// @return as [#ended]
  public CompletableFuture<Boolean> sendNow() {
    List.copyOf(pending).forEach(this::send);
    return ended();
  }

  /// Destroys these VMs at once: the person leaves and wants nothing to stay.
  ///
  /// @return as [#ended]
  public CompletableFuture<Boolean> destroyNow(List<FleetVm> vms) {
    withdraw();
    if (!vms.isEmpty()) {
      send(new EndRequest(EndKind.DESTROY, vms, true));
    }
    return ended();
  }

  /// Takes everything back that waits. What was sent already goes on.
  public void withdraw() {
    pending.clear();
  }

  /// The VMs whose destruction was asked for and whose end the cloud has not told yet. A window
  /// that closed now could stop a request on its way. A drain is not waited for: it may take as
  /// long as people stay.
  public List<FleetVm> underWay() {
    return destructions().map(Sent::vm).toList();
  }

  private Stream<Sent> destructions() {
    return sent.stream().filter(one -> one.kind() == EndKind.DESTROY);
  }

  /// Completes when every destruction under way has ended, with whether each of the VMs is gone.
  /// What failed was told already.
  public CompletableFuture<Boolean> ended() {
    List<CompletableFuture<Boolean>> all = destructions().map(Sent::gone).toList();
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .thenApply(over -> all.stream().allMatch(CompletableFuture::join));
  }

  private void send(PendingEnd end) {
    pending.remove(end);
    send(end.request());
  }

  private void send(EndRequest request) {
    FailureGroup group =
        new FailureGroup(
            request.vms().size(),
            request.kind().done(),
            failures,
            (text, failed) -> withForce(request, text, failed));
    groups.add(group);
    request.vms().forEach(vm -> send(request, vm, group));
  }

  // Who confirmed an empty VM did not agree to cutting off the person who joined since: then the
  // service refuses, and force is offered. Who confirmed a silent one, with its name typed, has
  // agreed to not knowing whether anybody is on it.
  private void send(EndRequest request, FleetVm vm, FailureGroup group) {
    Sent one = new Sent(request.kind(), vm, new CompletableFuture<>());
    sent.add(one);
    Consumer<Throwable> failed =
        failure -> {
          sent.remove(one);
          group.failed(vm.name(), failure);
          one.gone().complete(false);
        };
    executor.call(
        () ->
            switch (request.kind()) {
              case DESTROY -> fleet.destroy(vm.name(), request.forced(vm));
              case DRAIN -> fleet.drain(vm.name());
            },
        answer ->
            executor.await(
                answer,
                gone -> {
                  sent.remove(one);
                  group.succeeded();
                  one.gone().complete(true);
                },
                failed),
        failed);
  }

  // Without this the refusal would name a way that the window does not have.
  private FailureText withForce(EndRequest request, FailureText text, List<Failed> failed) {
    List<VmName> refused =
        failed.stream()
            .filter(one -> one.why() instanceof PodiumException.InUse)
            .map(Failed::vm)
            .toList();
    List<FleetVm> vms =
        request.vms().stream()
            .filter(vm -> refused.contains(vm.name()))
            .map(vm -> fleet.find(vm.name()).orElse(vm))
            .toList();
    if (request.force() || vms.isEmpty()) {
      return text;
    }
    return severally(text, vms)
        .offering("Destroy by force…", () -> ask(new EndRequest(EndKind.DESTROY, vms, true)));
  }

  // The service speaks of one VM.
  private static FailureText severally(FailureText text, List<FleetVm> vms) {
    return vms.size() == 1
        ? text
        : new FailureText(
            text.sentence(),
            "Drain them, so that people are moved to other VMs, or destroy them by force.",
            text.code(),
            text.details());
  }

  private boolean mayConfirm() {
    EndRequest request = asking.get();
    return request != null && typed.get().strip().equals(request.wordToType());
  }

  private long nowMillis() {
    return ticker.nanos() / 1_000_000;
  }

  /// What is being asked; null while nothing is.
  public ReadOnlyObjectProperty<@Nullable EndRequest> asking() {
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
  public ObservableList<PendingEnd> pending() {
    return pending;
  }
}
