package dev.podium.fleet.scaler;

import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.event.FleetEvent.Actor;
import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.health.FleetSizing;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.fleet.scaler.ScalerMemory.Outcome;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;

/// Keeps the fleet at its size. At each tick of the watch it shows the [Scaler] the fleet, asks for
/// the VMs that it wants and tells why. Without a thread or a clock of its own; all but [#tried]
/// and [#stopped] belongs to the watch's thread.
public final class Scaling implements FleetSizing {
  /// A door that has not asked again for so long has nobody waiting any more; doors ask every few
  /// seconds.
  private static final Duration DOOR_TIMEOUT = Duration.ofSeconds(30);

  /// One VM's word makes the fleet grow by so many seats at most, whatever it says.
  private static final int MOST_AT_A_DOOR = 200;

  /// The same refusal is told again after this time.
  private static final Duration TELL_AGAIN = Duration.ofMinutes(10);

  private final Scaler scaler;
  private final Supplier<ScalingPolicy> policy;
  private final EventStream events;
  private final SeatDemand guests;
  private final BiFunction<String, String, OptionalDouble> price;
  private final IntToDoubleFunction messages;
  private final Growth growth;
  private final Map<String, DoorQueue> doors = new HashMap<>();
  private final Map<VmName, List<String>> made = new ConcurrentHashMap<>();
  private final SpendingLedger ledger;
  private volatile ScalerMemory memory;
  private String refusal = "";
  private String told = "";
  private long toldAt;

  /// Makes VMs.
  @FunctionalInterface
  public interface Growth {
    /// Begins to create one; returns at once, and leads to [Scaling#settled].
    void create(Scaler.Creation creation, ScalingPolicy policy);
  }

  private record DoorQueue(int waiting, long at) {}

  /// @param policy in force at the moment of asking
  /// @param price US dollars an hour by zone and machine type, without waiting; empty while it is
  ///   not known
  /// @param ledger what the fleet has cost before, and where that is kept
  public Scaling(
      String fleet,
      Supplier<ScalingPolicy> policy,
      EventStream events,
      SeatDemand guests,
      BiFunction<String, String, OptionalDouble> price,
      Growth growth,
      SpendingLedger ledger) {
    this(fleet, policy, events, guests, price, _ -> 0, growth, ledger);
  }

  /// @param messages US dollars an hour that so many VMs' heartbeats cost
  public Scaling(
      String fleet,
      Supplier<ScalingPolicy> policy,
      EventStream events,
      SeatDemand guests,
      BiFunction<String, String, OptionalDouble> price,
      IntToDoubleFunction messages,
      Growth growth,
      SpendingLedger ledger) {
    this.messages = messages;
    this.scaler = new Scaler(fleet);
    this.policy = policy;
    this.events = events;
    this.guests = guests;
    this.price = price;
    this.growth = growth;
    this.ledger = ledger;
    this.memory = ScalerMemory.NONE.after(ledger.first());
  }

  @Override
  public int vmsToKeep(WatchStatus status, ClockReading now) {
    ScalingPolicy inForce = policy.get();
    doors.values().removeIf(queue -> now.past(queue.at(), DOOR_TIMEOUT, 1));
    int waiting = guests.waiting();
    for (DoorQueue queue : doors.values()) {
      waiting += queue.waiting();
    }
    Scaler.Step step =
        scaler.decide(
            inForce,
            new Scaler.View(
                events.fleet(),
                waiting,
                guests.reserved(),
                status.fresh(),
                status.listed(),
                status.doubt() == 0,
                status.unreached(),
                zone -> price.apply(zone, inForce.machineType()),
                messages),
            memory,
            now);
    if (!step.memory().spending().equals(memory.spending())) {
      ledger.keep(step.memory().spending());
    }
    remember(step.memory(), now);
    step.creations().forEach(creation -> create(creation, inForce, now));
    step.refusal().ifPresent(why -> refused(why, now));
    return step.vmsToKeep();
  }

  /// A stop, and its end, are told once.
  private void remember(ScalerMemory next, ClockReading now) {
    Optional<PodiumException> before = memory.stop().why();
    Optional<PodiumException> after = next.stop().why();
    memory = next;
    if (before.isEmpty() && after.isPresent()) {
      tell(now, Level.FAILURE, Optional.empty(), after.get().inFull());
    } else if (before.isPresent() && after.isEmpty()) {
      tell(now, Level.INFO, Optional.empty(), "VMs are created again: what stopped that is mended");
    }
  }

  @Override
  public Optional<PodiumException> stopped() {
    return memory.stop().why();
  }

  /// A person says that what stopped the scaler is mended. On the watch's thread.
  public void resume(ClockReading now) {
    remember(memory.resumed(), now);
  }

  private void create(Scaler.Creation creation, ScalingPolicy inForce, ClockReading now) {
    VmName name = creation.slot().name();
    made.put(name, creation.tried());
    String passed =
        creation.tried().isEmpty() ? "" : "; no room in " + String.join(", ", creation.tried());
    tell(now, Level.INFO, Optional.of(name), "created: " + creation.reason() + passed);
    growth.create(creation, inForce);
  }

  private void refused(PodiumException why, ClockReading now) {
    guests.refused(why);
    if (memory.stop().why().isPresent()) {
      return;
    }
    if (why.sentence().equals(refusal) && !now.past(toldAt, TELL_AGAIN, 1)) {
      return;
    }
    refusal = why.sentence();
    // Numbers in the sentence, such as seconds to wait, change while the cause stays the same.
    String cause = why.code() + refusal.replaceAll("[0-9]+", "");
    if (!cause.equals(told) || now.past(toldAt, TELL_AGAIN, 1)) {
      told = cause;
      toldAt = now.nanos();
      tell(now, Level.WARNING, Optional.empty(), why.inFull());
    }
  }

  @Override
  public void seatsWanted(Pulse.SeatsWanted wanted, ClockReading now) {
    if (wanted.waiting() > 0) {
      int waiting = Math.min(wanted.waiting(), MOST_AT_A_DOOR);
      doors.put(wanted.vm(), new DoorQueue(waiting, now.nanos()));
    } else {
      doors.remove(wanted.vm());
    }
  }

  /// The cloud has answered about a VM that was asked for.
  public void settled(VmName name, Outcome outcome, ClockReading now) {
    memory = memory.settled(name, outcome, now);
    Optional<VmName> vm = Optional.of(name);
    switch (outcome) {
      case Outcome.Made _ -> {}
      case Outcome.Adopted _ -> {
        made.remove(name);
        tell(now, Level.INFO, vm, "another console made it first");
      }
      case Outcome.NoRoom(PodiumException why) -> tell(now, Level.WARNING, vm, why.sentence());
      case Outcome.Busy(PodiumException why) ->
          tell(now, Level.WARNING, vm, "the cloud is busy: " + why.sentence());
      case Outcome.Refused(PodiumException why) -> tell(now, Level.FAILURE, vm, why.inFull());
    }
  }

  /// Zones that had no room when this console made the VM; empty if it did not make it. From any
  /// thread.
  public Optional<List<String>> tried(VmName name) {
    return Optional.ofNullable(made.get(name));
  }

  /// US dollars that the fleet has cost since it was given a total budget; 0 if it has none. From
  /// any thread.
  public double spent(Instant now) {
    return memory.spending().spent(now);
  }

  /// Keeps what the fleet has cost. Blocks on the disk.
  public void close() {
    ledger.flush();
  }

  /// What is remembered, for tests and the simulator.
  public ScalerMemory memory() {
    return memory;
  }

  private void tell(ClockReading now, Level level, Optional<VmName> vm, String sentence) {
    events.publish(new Activity(now.cloud(), Actor.SCALER, level, vm, sentence, List.of()));
  }
}
