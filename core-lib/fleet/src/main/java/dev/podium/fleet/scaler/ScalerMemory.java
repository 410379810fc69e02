package dev.podium.fleet.scaler;

import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.policy.Placement;
import dev.podium.wire.cloud.Backoff;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All that the scaler remembers between two looks at the fleet. Immutable; all moments are
/// monotonic nanoseconds.
///
/// @param flights VMs that were asked for and are not in the fleet's list yet, by name
/// @param full places without a machine left, and until when they are believed to be
/// @param taken names that the cloud refused although the fleet has no such VM, and until when they
///   are left alone
/// @param coming slots' VMs that have not been ready yet, by id
/// @param failures when VMs never became ready, within the last hour
/// @param pause how long nothing is created after the last failure, and since when
/// @param stop why nothing is created until a person has mended something
/// @param spending what the fleet has cost
public record ScalerMemory(
    Map<VmName, Flight> flights,
    Map<Placement, Long> full,
    Map<VmName, Long> taken,
    Set<String> coming,
    List<Long> failures,
    Pause pause,
    ScalerStop stop,
    Spending spending) {
  static final Duration HOUR = Duration.ofHours(1);
  private static final Duration FULL = Duration.ofMinutes(5);
  private static final Duration TAKEN = Duration.ofMinutes(10);
  private static final Duration UNSEEN = Duration.ofMinutes(1);
  private static final Duration BUSY = Duration.ofSeconds(10);

  /// Without chance in it: the scaler's decisions can be repeated.
  private static final Backoff FAILED =
      new Backoff(Duration.ofMinutes(1), 2, Duration.ofMinutes(30), 0);

  /// Nothing yet.
  public static final ScalerMemory NONE =
      new ScalerMemory(
          Map.of(),
          Map.of(),
          Map.of(),
          Set.of(),
          List.of(),
          Pause.NONE,
          ScalerStop.NONE,
          Spending.NONE);

  /// @param settled since when the cloud's answer is there; 0 while it is awaited
  public record Flight(Placement place, long settled) {}

  /// @param failures how many in a row led to it; a busy cloud is none
  /// @param length how long this pause is
  /// @param why what failed
  public record Pause(int failures, Duration length, long since, Optional<PodiumException> why) {
    static final Pause NONE = new Pause(0, Duration.ZERO, 0, Optional.empty());

    boolean over(ClockReading now) {
      return now.past(since, length, 1);
    }

    private Pause longer(ClockReading now, PodiumException failure) {
      int next = failures + 1;
      return new Pause(next, FAILED.after(next), now.nanos(), Optional.of(failure));
    }

    private Pause busy(ClockReading now, PodiumException failure) {
      return new Pause(failures, BUSY, now.nanos(), Optional.of(failure));
    }
  }

  /// What became of a VM that was asked for.
  public sealed interface Outcome {
    /// It is there.
    record Made() implements Outcome {}

    /// Somebody else made it first: the slot is filled, and that is all that was wanted.
    record Adopted() implements Outcome {}

    /// The place has no machine left.
    record NoRoom(PodiumException why) implements Outcome {}

    /// The cloud asks for patience.
    record Busy(PodiumException why) implements Outcome {}

    /// It cannot be made: a quota, a wrong image, a missing right.
    record Refused(PodiumException why) implements Outcome {}
  }

  /// The same, after that spending.
  ScalerMemory after(Spending before) {
    return new ScalerMemory(flights, full, taken, coming, failures, pause, stop, before);
  }

  private ScalerMemory with(ScalerStop next) {
    return next.equals(stop)
        ? this
        : new ScalerMemory(flights, full, taken, coming, failures, pause, next, spending);
  }

  /// A person says that it goes on: what failed before counts no more.
  ScalerMemory resumed() {
    return new ScalerMemory(
        flights, full, taken, coming, List.of(), Pause.NONE, stop.lifted(), spending);
  }

  /// A VM was asked for.
  ScalerMemory asked(Slot slot, Placement place) {
    Map<VmName, Flight> next = new HashMap<>(flights);
    next.put(slot.name(), new Flight(place, 0));
    return new ScalerMemory(Map.copyOf(next), full, taken, coming, failures, pause, stop, spending);
  }

  /// The cloud has answered.
  public ScalerMemory settled(VmName name, Outcome outcome, ClockReading now) {
    Flight flight = flights.get(name);
    if (flight == null) {
      return this;
    }
    Map<VmName, Flight> open = new HashMap<>(flights);
    Map<Placement, Long> places = new HashMap<>(full);
    Pause next = pause;
    switch (outcome) {
      case Outcome.Made _, Outcome.Adopted _ ->
          open.put(name, new Flight(flight.place(), now.nanos()));
      case Outcome.NoRoom _ -> {
        open.remove(name);
        places.put(flight.place(), now.nanos() + FULL.toNanos());
      }
      case Outcome.Busy(PodiumException why) -> {
        open.remove(name);
        next = pause.busy(now, why);
      }
      case Outcome.Refused(PodiumException why) -> {
        open.remove(name);
        next = pause.longer(now, why);
      }
    }
    return new ScalerMemory(
        Map.copyOf(open), Map.copyOf(places), taken, coming, failures, next, stop, spending);
  }

  /// With what the fleet's list says now; the same object if it says nothing new.
  ///
  /// @param listed when the newest list was asked for, monotonic nanoseconds
  /// @param unreached zones that this list does not show
  /// @param budgeted whether it matters what the fleet costs in all
  ScalerMemory looked(
      List<FleetVm> vms, long listed, Set<String> unreached, boolean budgeted, ClockReading now) {
    ScalerMemory next =
        landed(vms, listed, unreached, now)
            .counted(vms, now)
            .expired(now)
            .with(stop.looked(vms, now.cloud()));
    Spending paid = budgeted ? next.spending.with(vms, now.cloud()) : Spending.NONE;
    return paid.equals(next.spending) ? next : next.after(paid);
  }

  /// Flights end when their VM is seen. One that is not in a list of much later belongs to somebody
  /// outside the fleet; while no list comes, nothing is known of it, and it goes on to count.
  private ScalerMemory landed(
      List<FleetVm> vms, long listed, Set<String> unreached, ClockReading now) {
    if (flights.isEmpty()) {
      return this;
    }
    Map<VmName, Flight> open = new HashMap<>(flights);
    Map<VmName, Long> names = new HashMap<>(taken);
    vms.forEach(vm -> {
      Flight flight = open.get(vm.name());
      if (flight != null && flight.settled() != 0) {
        open.remove(vm.name());
      }
    });
    flights.forEach((name, flight) -> {
      boolean shown = !unreached.contains(flight.place().zone());
      if (shown && flight.settled() != 0 && listed - flight.settled() >= UNSEEN.toNanos()) {
        open.remove(name);
        names.put(name, now.nanos() + TAKEN.toNanos());
      }
    });
    return open.size() == flights.size()
        ? this
        : new ScalerMemory(
            Map.copyOf(open), full, Map.copyOf(names), coming, failures, pause, stop, spending);
  }

  /// Counts VMs that became ready, and those that never did.
  private ScalerMemory counted(List<FleetVm> vms, ClockReading now) {
    if (coming.isEmpty() && !anyStarts(vms)) {
      return this;
    }
    Set<String> next = new HashSet<>();
    boolean ready = false;
    int failed = 0;
    for (FleetVm vm : vms) {
      String id = vm.vm().id();
      boolean waited = coming.contains(id);
      switch (vm.health()) {
        case STARTING -> {
          if (waited || (Slot.fills(vm.vm()) && !flights.containsKey(vm.name()))) {
            next.add(id);
          }
        }
        case HEALTHY, IDLE -> ready |= waited;
        // One that is shut out stops the scaler for itself, and for longer.
        case CONDEMNED, BROKEN, TERMINATED -> failed += waited && vm.access().isEmpty() ? 1 : 0;
        // Somebody wants it gone who did not wait to see whether it works. That tells nothing of
        // the image, nor does a VM that is gone between two looks. Whoever asks for a seat next
        // must not wait for it.
        case DELETING -> {}
        case UNKNOWN, SUSPECT, UNREACHABLE, DRAINING -> {
          if (waited) {
            next.add(id);
          }
        }
      }
    }
    if (!ready && failed == 0 && next.equals(coming)) {
      return this;
    }
    List<Long> at = new ArrayList<>(failures);
    for (int i = 0; i < failed; i++) {
      at.add(now.nanos());
    }
    Pause then = failed > 0 ? pause.longer(now, neverReady()) : ready ? Pause.NONE : pause;
    return new ScalerMemory(
        flights, full, taken, Set.copyOf(next), List.copyOf(at), then, stop, spending);
  }

  private static boolean anyStarts(List<FleetVm> vms) {
    for (FleetVm vm : vms) {
      if (vm.health() == Health.STARTING) {
        return true;
      }
    }
    return false;
  }

  private static PodiumException neverReady() {
    return new PodiumException.Unavailable(
        "No VM is created for now",
        "the last one never became ready",
        "Look at its serial console; its image or its network may be at fault.",
        null);
  }

  private ScalerMemory expired(ClockReading now) {
    if (full.isEmpty() && taken.isEmpty() && failures.isEmpty()) {
      return this;
    }
    boolean none =
        full.values().stream().noneMatch(until -> now.since(until) >= 0)
            && taken.values().stream().noneMatch(until -> now.since(until) >= 0)
            && failures.stream().noneMatch(at -> now.past(at, HOUR, 1));
    if (none) {
      return this;
    }
    Map<Placement, Long> places = new HashMap<>(full);
    places.values().removeIf(until -> now.since(until) >= 0);
    Map<VmName, Long> names = new HashMap<>(taken);
    names.values().removeIf(until -> now.since(until) >= 0);
    List<Long> recent = failures.stream().filter(at -> !now.past(at, HOUR, 1)).toList();
    return new ScalerMemory(
        flights, Map.copyOf(places), Map.copyOf(names), coming, recent, pause, stop, spending);
  }
}
