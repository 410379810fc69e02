package dev.podium.fleet.admission;

import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.scaler.SeatDemand;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// Hands out seats, on the VM that has the most free ones. Who finds none waits, and is counted by
/// the scaler, which makes the VM. May be used from any thread.
public final class SeatQueue implements SeatDemand, AutoCloseable {
  /// How long a seat that was handed out counts as taken although nobody sits there yet.
  private static final Duration ON_THE_WAY = Duration.ofSeconds(30);

  private final EventStream events;
  private final Ticker ticker;
  private final Duration patience;
  private final EventStream.Subscription subscription;

  // Read under the event stream's lock, where this object's own lock must not be asked for: whoever
  // holds this one reads the stream.
  private final AtomicInteger waitingNow = new AtomicInteger();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Map<String, Reserved> reserved = new HashMap<>();

  private record Waiting(CompletableFuture<FleetVm> future) {}

  /// What became of somebody who waits. Whoever cancels it, or anything that was made of it, has
  /// given up and must not be served before those who still wait.
  private static final class Ticket<T> extends CompletableFuture<T> {
    private final Runnable leave;

    Ticket(Runnable leave) {
      this.leave = leave;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new Ticket<>(leave);
    }

    @Override
    public boolean cancel(boolean interrupt) {
      boolean cancelled = super.cancel(interrupt);
      leave.run();
      return cancelled;
    }
  }

  /// Seats of one VM that were handed out.
  private static final class Reserved {
    final Deque<Long> moments = new ArrayDeque<>();
    int present;
  }

  /// @param patience how long somebody waits for a seat before the answer is that there is none
  public SeatQueue(EventStream events, Ticker ticker, Duration patience) {
    this.events = events;
    this.ticker = ticker;
    this.patience = patience;
    this.subscription = events.subscribe(this::accept);
  }

  /// The VM that takes people and has the most free seats, if any has one.
  Optional<FleetVm> roomiest() {
    return events.fleet().stream()
        .filter(vm -> vm.health().welcomes() && vm.vm().chatUrl().isPresent())
        .filter(vm -> free(vm) > 0)
        .max(
            // An outdated VM is replaced once nobody is on it, so newcomers go elsewhere if they
            // can.
            Comparator.comparing((FleetVm vm) -> vm.vm().signs())
                .thenComparingInt(vm -> free(vm))
                .thenComparing(FleetVm::name, Comparator.reverseOrder()));
  }

  /// The VM that takes people and is the least overfull, if any takes people.
  Optional<FleetVm> emptiest() {
    return events.fleet().stream()
        .filter(vm -> vm.health().welcomes() && vm.vm().chatUrl().isPresent())
        .max(
            Comparator.comparingInt(this::free)
                .thenComparing(FleetVm::name, Comparator.reverseOrder()));
  }

  /// The VM with a seat, now or as soon as there is one; fails with [PodiumException.Unavailable]
  /// when nobody could be seated in time, or with the scaler's reason why no VM is made. Whoever
  /// cancels it, or a stage that depends on it, waits no more.
  CompletableFuture<FleetVm> join() {
    Waiting mine = new Waiting(new CompletableFuture<>());
    var _ = mine.future().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    synchronized (this) {
      waiting.addLast(mine);
      waitingNow.incrementAndGet();
    }
    serve();
    Ticket<FleetVm> ticket = new Ticket<>(() -> leave(mine));
    var _ =
        mine.future()
            .whenComplete((vm, failure) -> {
              if (failure == null) {
                ticket.complete(vm);
              } else {
                ticket.completeExceptionally(
                    failure instanceof TimeoutException ? tookTooLong() : failure);
              }
            });
    return ticket;
  }

  private void leave(Waiting mine) {
    if (mine.future().cancel(false)) {
      // The scaler must not count who left.
      waiting();
    }
  }

  private static PodiumException tookTooLong() {
    return new PodiumException.Unavailable(
        "No seat became free in time",
        "no VM with room became ready",
        "Look at the fleet's activity for the cause, or ask again.",
        null);
  }

  @Override
  public synchronized int waiting() {
    waiting.removeIf(one -> one.future().isDone());
    waitingNow.set(waiting.size());
    return waiting.size();
  }

  @Override
  public synchronized Map<String, Integer> reserved() {
    if (reserved.isEmpty()) {
      return Map.of();
    }
    Map<String, Integer> counts = new HashMap<>();
    for (FleetVm vm : events.fleet()) {
      counts.put(vm.vm().id(), onTheWay(vm));
    }
    reserved.keySet().retainAll(counts.keySet());
    return counts;
  }

  @Override
  public void refused(PodiumException why) {
    if (waitingNow.get() > 0) {
      Thread.ofVirtual()
          .start(() -> {
            serve();
            failAll(why);
          });
    }
  }

  private void failAll(PodiumException why) {
    List<Waiting> failed;
    synchronized (this) {
      failed = List.copyOf(waiting);
      waiting.clear();
      waitingNow.set(0);
    }
    failed.forEach(one -> one.future().completeExceptionally(why));
  }

  private void accept(FleetEvent event) {
    boolean more = event instanceof FleetEvent.VmChanged(FleetVm vm) && vm.health().welcomes();
    if (more && waitingNow.get() > 0) {
      Thread.ofVirtual().start(this::serve);
    }
  }

  private void serve() {
    List<Runnable> served = new ArrayList<>();
    synchronized (this) {
      waiting();
      for (Optional<FleetVm> seat = roomiest();
          seat.isPresent() && !waiting.isEmpty();
          seat = roomiest()) {
        FleetVm vm = seat.get();
        Waiting next = waiting.removeFirst();
        reserve(vm);
        served.add(() -> give(next, vm));
      }
      waitingNow.set(waiting.size());
    }
    served.forEach(Runnable::run);
  }

  private void give(Waiting next, FleetVm vm) {
    if (next.future().complete(vm)) {
      return;
    }
    // Whoever was next has left at that moment, and the seat is the one's after.
    synchronized (this) {
      Reserved one = reserved.get(vm.vm().id());
      if (one != null) {
        one.moments.pollLast();
      }
    }
    serve();
  }

  private void reserve(FleetVm vm) {
    Reserved one =
        reserved.computeIfAbsent(
            vm.vm().id(),
            _ -> {
              Reserved fresh = new Reserved();
              fresh.present = vm.participants().present();
              return fresh;
            });
    one.moments.addLast(ticker.nanos());
  }

  private synchronized int free(FleetVm vm) {
    return vm.participants().free() - onTheWay(vm);
  }

  /// Whoever has come since sits on a seat that was handed out, and is not counted twice.
  private int onTheWay(FleetVm vm) {
    Reserved one = reserved.get(vm.vm().id());
    if (one == null) {
      return 0;
    }
    int present = vm.participants().present();
    for (int came = present - one.present; came > 0 && !one.moments.isEmpty(); came--) {
      one.moments.removeFirst();
    }
    one.present = present;
    while (!one.moments.isEmpty()
        && ticker.nanos() - one.moments.getFirst() > ON_THE_WAY.toNanos()) {
      one.moments.removeFirst();
    }
    return one.moments.size();
  }

  @Override
  public void close() {
    subscription.close();
  }
}
