package dev.podium.core.fleet;

import dev.podium.core.cloud.Ticker;
import dev.podium.core.event.EventStream;
import dev.podium.core.event.FleetEvent;
import dev.podium.core.event.FleetEvent.Actor;
import dev.podium.core.event.FleetEvent.Level;
import dev.podium.core.model.FleetVm;
import dev.podium.core.model.Health;
import dev.podium.core.model.PodiumException;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Hands out seats: on the VM that has the most free ones, on a new VM if none has. People who wait
/// share the VMs that are on their way, so that fifty waiting people do not make fifty VMs.
final class Seats implements AutoCloseable {
  /// How long a seat that was handed out counts as taken although nobody sits there yet.
  private static final Duration ON_THE_WAY = Duration.ofSeconds(30);

  private final EventStream events;
  private final Ticker ticker;
  private final Supplier<FleetPolicy> policy;
  private final Prices prices;
  private final Supplier<VmCreation.Going> create;
  private final Duration patience;
  private final Journal journal;
  private final EventStream.Subscription subscription;

  // Read under the event stream's lock, where this object's own lock must not be asked for: whoever
  // holds this one publishes events.
  private final AtomicInteger waitingNow = new AtomicInteger();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final List<VmCreation.Going> coming = new ArrayList<>();
  // VMs that were decided on and are not in `coming` yet: the request for one takes its time, and
  // whoever asks meanwhile must not decide on it once more.
  private int growing;
  private final Backoff backoff;
  // Doors ask every few seconds; that they cannot be helped is told now and then.
  private final Backoff telling;
  private final Deque<VmCreation.Going> made = new ArrayDeque<>();
  private final Map<String, Deque<Long>> handedOut = new HashMap<>();

  /// @param vm the VM with the seat
  record Seat(FleetVm vm, boolean created, List<String> zonesTried) {}

  private record Waiting(CompletableFuture<Seat> future) {}

  /// @param create begins to create one more VM; may block
  /// @param patience how long somebody waits for a seat before the answer is that there is none
  Seats(
      EventStream events,
      Ticker ticker,
      Supplier<FleetPolicy> policy,
      Prices prices,
      Supplier<VmCreation.Going> create,
      Duration patience,
      Journal journal) {
    this.events = events;
    this.ticker = ticker;
    this.policy = policy;
    this.prices = prices;
    this.create = create;
    this.patience = patience;
    this.backoff = new Backoff(ticker);
    this.telling = new Backoff(ticker);
    this.journal = journal.as(Actor.SCALER);
    this.subscription = events.subscribe(this::accept);
  }

  /// The VM that takes people and has the most free seats, if any has one.
  Optional<FleetVm> roomiest() {
    return events.fleet().stream()
        .filter(vm -> vm.health().welcomes() && vm.vm().chatUrl().isPresent())
        .filter(vm -> free(vm) > 0)
        .max(
            Comparator.comparingInt((FleetVm vm) -> free(vm))
                .thenComparing(FleetVm::name, Comparator.reverseOrder()));
  }

  /// A seat, now or as soon as there is one; fails with [PodiumException.Unavailable] when nobody
  /// could be seated in time.
  CompletableFuture<Seat> take() {
    Waiting mine = new Waiting(new CompletableFuture<>());
    var _ = mine.future().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    synchronized (this) {
      waiting.addLast(mine);
      waitingNow.incrementAndGet();
    }
    serve();
    return mine.future()
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    failure instanceof TimeoutException ? tookTooLong() : failure));
  }

  private static PodiumException tookTooLong() {
    return new PodiumException.Unavailable(
        "No seat became free in time",
        "no VM with room became ready",
        "Look at the fleet's activity for the cause, or ask again.",
        null);
  }

  /// Somebody waits at a front door: one VM is made, and whoever comes first has its seats. After a
  /// failure those at the door wait out the pause; who asks for a seat is answered at once.
  void wanted(int people) {
    Optional<PodiumException> refusal;
    synchronized (this) {
      forgetWhoLeft();
      boolean none = roomiest().isEmpty() && coming.isEmpty() && growing == 0 && waiting.isEmpty();
      if (people <= 0 || !none || !backoff.over()) {
        return;
      }
      refusal = mayGrow();
      if (refusal.isEmpty()) {
        growing++;
      }
    }
    if (refusal.isEmpty()) {
      growByOne();
    } else if (telling.over()) {
      telling.failed();
      tell(refusal.get());
    }
  }

  private void forgetWhoLeft() {
    waiting.removeIf(one -> one.future().isDone());
    waitingNow.set(waiting.size());
  }

  private void accept(FleetEvent event) {
    boolean more = event instanceof FleetEvent.VmChanged(FleetVm vm) && vm.health().welcomes();
    if (more && waitingNow.get() > 0) {
      Thread.ofVirtual().start(this::serve);
    }
  }

  private void serve() {
    List<Runnable> served = new ArrayList<>();
    int more = 0;
    Optional<PodiumException> refusal = Optional.empty();
    boolean nothingComes;
    synchronized (this) {
      forgetWhoLeft();
      for (Optional<FleetVm> seat = roomiest();
          seat.isPresent() && !waiting.isEmpty();
          seat = roomiest()) {
        FleetVm vm = seat.get();
        Waiting next = waiting.removeFirst();
        handedOut.computeIfAbsent(vm.vm().id(), _ -> new ArrayDeque<>()).addLast(ticker.nanos());
        served.add(() -> next.future().complete(seatOn(vm)));
      }
      waitingNow.set(waiting.size());
      // Decided and reserved under one lock: two who ask at once see each other's VM.
      while (missing() > 0 && refusal.isEmpty()) {
        refusal = mayGrow();
        if (refusal.isEmpty()) {
          growing++;
          more++;
        }
      }
      nothingComes = coming.isEmpty() && growing == 0;
    }
    served.forEach(Runnable::run);
    if (refusal.isPresent() && nothingComes) {
      failAll(refusal.get());
    }
    for (int i = 0; i < more; i++) {
      growByOne();
    }
  }

  private synchronized int missing() {
    int seats = policy.get().seats();
    return (waiting.size() + seats - 1) / seats - coming.size() - growing;
  }

  private synchronized Seat seatOn(FleetVm vm) {
    for (VmCreation.Going going : made) {
      if (going.creation().name().equals(vm.name())) {
        return new Seat(vm, true, List.copyOf(going.zonesTried()));
      }
    }
    return new Seat(vm, false, List.of());
  }

  /// Makes the VM for which `growing` was raised.
  private void growByOne() {
    VmCreation.Going going;
    try {
      going = create.get();
    } catch (RuntimeException failure) {
      // Whatever it was: who waits must hear of it, and the place in the fleet is free again.
      synchronized (this) {
        growing--;
      }
      backoff.failed();
      failIfNothingComes(Failures.podium(failure));
      return;
    }
    synchronized (this) {
      growing--;
      coming.add(going);
      made.addLast(going);
      if (made.size() > 1_000) {
        made.removeFirst();
      }
    }
    journal.info(going.creation().name(), "no free seat in the fleet, so this VM is created");
    var _ = going.creation().ready().whenComplete((_, failure) -> came(going, failure));
  }

  private void came(VmCreation.Going going, @Nullable Throwable failure) {
    synchronized (this) {
      coming.remove(going);
    }
    if (failure == null) {
      backoff.worked();
      telling.worked();
      serve();
    } else {
      backoff.failed();
      failIfNothingComes(Failures.podium(failure));
    }
  }

  private void failIfNothingComes(PodiumException failure) {
    boolean nothing;
    synchronized (this) {
      nothing = coming.isEmpty() && growing == 0;
    }
    if (nothing) {
      failAll(failure);
    }
  }

  private void failAll(PodiumException failure) {
    List<Waiting> failed;
    synchronized (this) {
      failed = List.copyOf(waiting);
      waiting.clear();
      waitingNow.set(0);
    }
    tell(failure);
    failed.forEach(one -> one.future().completeExceptionally(failure));
  }

  private void tell(PodiumException failure) {
    journal.write(Level.WARNING, Optional.empty(), failure.sentence() + ". " + failure.remedy());
  }

  private synchronized Optional<PodiumException> mayGrow() {
    FleetPolicy now = policy.get();
    List<FleetVm> fleet =
        events.fleet().stream()
            .filter(vm -> vm.health() != Health.DELETING && vm.health() != Health.TERMINATED)
            .toList();
    long unseen =
        coming.stream()
            .filter(
                going -> fleet.stream().noneMatch(vm -> vm.name().equals(going.creation().name())))
            .count();
    long size = fleet.size() + unseen + growing;
    if (size >= now.maximum()) {
      return Optional.of(
          new PodiumException.NoCapacity(
              "No seat is free",
              "the fleet has " + size + " VMs and its policy allows " + now.maximum(),
              "Raise the policy's maximum, or wait until somebody leaves.",
              null));
    }
    double cost = fleet.stream().mapToDouble(FleetVm::costPerHour).sum();
    double more = prices.costPerHour(now.zones().getFirst(), now.machineType());
    if (now.hourlyBudget() > 0 && cost + (unseen + growing + 1) * more > now.hourlyBudget()) {
      return Optional.of(
          new PodiumException.NoCapacity(
              "No seat is free",
              "another VM would cost more than the "
                  + now.hourlyBudget()
                  + " dollars an hour that the policy allows",
              "Raise the budget, or wait until somebody leaves.",
              null));
    }
    return Optional.empty();
  }

  private int free(FleetVm vm) {
    return vm.participants().free() - onTheWay(vm);
  }

  private synchronized int onTheWay(FleetVm vm) {
    Deque<Long> moments = handedOut.get(vm.vm().id());
    if (moments == null) {
      return 0;
    }
    while (!moments.isEmpty() && ticker.nanos() - moments.getFirst() > ON_THE_WAY.toNanos()) {
      moments.removeFirst();
    }
    return moments.size();
  }

  @Override
  public void close() {
    subscription.close();
  }
}
