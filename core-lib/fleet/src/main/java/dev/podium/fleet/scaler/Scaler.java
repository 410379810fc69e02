package dev.podium.fleet.scaler;

import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.policy.Placement;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.CountText;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;

/// Decides how large the fleet should be. Pure: the policy, the fleet, what is remembered and the
/// moment in; VMs to create, how many must stay, and what is remembered then, out.
///
/// It only ever adds. What is too much becomes idle and is drained by the health rules, never below
/// [Step#vmsToKeep]; both sides count the same seats, so that neither undoes what the other did.
public final class Scaler {
  /// VMs that may be starting at once while none has shown that it works: as many as may fail in an
  /// hour.
  static final int UNPROVEN = 3;

  private final String fleet;

  public Scaler(String fleet) {
    this.fleet = fleet;
  }

  /// The fleet as the console sees it.
  ///
  /// @param vms all of it
  /// @param waiting people who wait for a seat
  /// @param reserved seats that were handed out and that nobody sits on yet, by the VM's id
  /// @param fresh whether the cloud's list was read since the console started or woke
  /// @param listed when the newest of these lists was asked for, monotonic nanoseconds
  /// @param calm whether the console has no doubt about itself
  /// @param unreached zones that the cloud does not reach: nothing can be made there
  /// @param price US dollars an hour for a VM of the policy's in a zone, with all that it has;
  ///   empty while it is not known
  /// @param messages US dollars an hour that so many VMs' heartbeats cost
  public record View(
      List<FleetVm> vms,
      int waiting,
      Map<String, Integer> reserved,
      boolean fresh,
      long listed,
      boolean calm,
      Set<String> unreached,
      Function<String, OptionalDouble> price,
      IntToDoubleFunction messages) {
    /// Where messages are free.
    public View(
        List<FleetVm> vms,
        int waiting,
        Map<String, Integer> reserved,
        boolean fresh,
        long listed,
        boolean calm,
        Set<String> unreached,
        Function<String, OptionalDouble> price) {
      this(vms, waiting, reserved, fresh, listed, calm, unreached, price, _ -> 0);
    }

    /// Where every zone is reached.
    public View(
        List<FleetVm> vms,
        int waiting,
        Map<String, Integer> reserved,
        boolean fresh,
        long listed,
        boolean calm,
        Function<String, OptionalDouble> price) {
      this(vms, waiting, reserved, fresh, listed, calm, Set.of(), price);
    }
  }

  /// A VM to create.
  ///
  /// @param tried zones that were passed over because they have no machine left
  /// @param reason the part of a sentence: `2 people wait and no seat is free`
  public record Creation(Slot slot, boolean spot, List<String> tried, String reason) {
    public Creation {
      tried = List.copyOf(tried);
    }
  }

  /// @param vmsToKeep how many VMs that work must stay; see [Demand#vmsToKeep]
  /// @param missing how many more are wanted, whether they can be created or not
  /// @param refusal why no VM is created although one is wanted and none is on its way
  public record Step(
      ScalerMemory memory,
      List<Creation> creations,
      int vmsToKeep,
      int missing,
      Optional<PodiumException> refusal) {}

  /// One look at the fleet.
  public Step decide(ScalingPolicy policy, View view, ScalerMemory before, ClockReading now) {
    if (!view.fresh()) {
      return new Step(before, List.of(), Integer.MAX_VALUE, 0, Optional.empty());
    }
    ScalerMemory memory =
        before.looked(view.vms(), view.listed(), view.unreached(), policy.totalBudget() > 0, now);
    Demand demand = Demand.of(view.vms(), view.reserved());
    int vmsToKeep = demand.vmsToKeep(policy, view.waiting());
    Demand coming = withFlights(demand, policy, view, memory);
    int missing = coming.missing(policy, view.waiting());
    // Silence that the console does not trust is no reason to replace anything; people who wait
    // are.
    boolean wanted = missing > 0 && (view.calm() || view.waiting() > 0);
    Optional<PodiumException> stop = memory.stop().why();
    if (wanted && stop.isPresent()) {
      return new Step(memory, List.of(), vmsToKeep, missing, stop);
    }
    return wanted
        ? grow(policy, view, memory, coming, new Sizes(vmsToKeep, missing), now)
        : new Step(memory, List.of(), vmsToKeep, Math.max(0, missing), Optional.empty());
  }

  private record Sizes(int vmsToKeep, int missing) {}

  private static Demand withFlights(
      Demand demand, ScalingPolicy policy, View view, ScalerMemory memory) {
    if (memory.flights().isEmpty()) {
      return demand;
    }
    Set<VmName> seen = new HashSet<>();
    view.vms().forEach(vm -> seen.add(vm.name()));
    Demand all = demand;
    for (Map.Entry<VmName, ScalerMemory.Flight> flight : memory.flights().entrySet()) {
      if (!seen.contains(flight.getKey())) {
        double price = view.price().apply(flight.getValue().place().zone()).orElse(0);
        all = all.with(1, policy.seats(), price);
      }
    }
    return all;
  }

  private Step grow(
      ScalingPolicy policy,
      View view,
      ScalerMemory before,
      Demand demand,
      Sizes sizes,
      ClockReading now) {
    String reason = reason(policy, view, demand);
    ScalerMemory memory = before;
    Demand size = demand;
    List<Creation> creations = new ArrayList<>();
    Optional<PodiumException> refusal = paused(memory, now);
    int window = memory.pause().failures() == 0 ? Math.max(UNPROVEN, demand.working()) : 1;
    while (refusal.isEmpty() && creations.size() < sizes.missing() && size.starting() < window) {
      Optional<Placement> place = place(policy, view, memory);
      if (place.isEmpty()) {
        refusal = Optional.of(noRoom(policy, view, memory, now));
        break;
      }
      refusal = ScalerRefusals.over(policy, view, size, place.get(), memory, now);
      if (refusal.isEmpty()) {
        Slot slot = free(place.get().zone(), view, memory);
        creations.add(
            new Creation(slot, place.get().spot(), tried(policy, place.get(), memory), reason));
        memory = memory.asked(slot, place.get());
        size = size.with(1, policy.seats(), view.price().apply(place.get().zone()).orElse(0));
      }
    }
    boolean nothing = size.starting() == 0 && creations.isEmpty();
    return new Step(
        memory,
        List.copyOf(creations),
        sizes.vmsToKeep(),
        sizes.missing(),
        nothing ? refusal : Optional.empty());
  }

  private static Optional<PodiumException> paused(ScalerMemory memory, ClockReading now) {
    if (memory.failures().size() >= UNPROVEN) {
      return Optional.of(
          new PodiumException.Unavailable(
              "No VM is created for now",
              memory.failures().size() + " VMs of the last hour never became ready",
              "Look at a VM's serial console; the image or the network may be at fault.",
              null));
    }
    return memory.pause().over(now) ? Optional.empty() : memory.pause().why();
  }

  private static Optional<Placement> place(ScalingPolicy policy, View view, ScalerMemory memory) {
    return policy.places().stream()
        .filter(one -> !memory.full().containsKey(one) && !view.unreached().contains(one.zone()))
        .findFirst();
  }

  private static List<String> tried(ScalingPolicy policy, Placement chosen, ScalerMemory memory) {
    List<String> zones = new ArrayList<>();
    for (Placement one : policy.places()) {
      if (one.equals(chosen)) {
        break;
      }
      if (memory.full().containsKey(one) && !zones.contains(one.zone())) {
        zones.add(one.zone());
      }
    }
    return zones;
  }

  /// The lowest free number: consoles that see the same fleet choose the same.
  private Slot free(String zone, View view, ScalerMemory memory) {
    Set<VmName> used = new HashSet<>(memory.flights().keySet());
    used.addAll(memory.taken().keySet());
    view.vms().forEach(vm -> used.add(vm.name()));
    int number = 1;
    while (used.contains(new Slot(fleet, zone, number).name())) {
      number++;
    }
    return new Slot(fleet, zone, number);
  }

  private static String reason(ScalingPolicy policy, View view, Demand demand) {
    if (view.waiting() > demand.free()) {
      return CountText.people(view.waiting())
          + CountText.choose(view.waiting(), " waits", " wait")
          + " and "
          + (demand.free() == 0 ? "no seat is free" : demand.free() + " seats are free");
    }
    return policy.minimum() > demand.usable()
        ? "the policy keeps " + policy.minimum() + " VMs"
        : "the policy keeps " + policy.spare() + " seats free";
  }

  private static PodiumException noRoom(
      ScalingPolicy policy, View view, ScalerMemory memory, ClockReading now) {
    if (memory.full().isEmpty()) {
      return new PodiumException.Unavailable(
          "No VM can be created",
          "Compute Engine does not reach "
              + String.join(", ", view.unreached().stream().sorted().toList())
              + " at present",
          "Add another zone, or wait.",
          null);
    }
    long soonest =
        memory.full().values().stream().mapToLong(until -> -now.since(until)).min().orElse(0);
    Duration wait = Duration.ofSeconds(Math.max(1, Duration.ofNanos(soonest).toSeconds()));
    return new PodiumException.NoCapacity(
        "No VM can be created",
        String.format(
            Locale.ROOT,
            "no room in %s; the first is tried again in %s",
            String.join(", ", policy.places().stream().map(Placement::toString).toList()),
            DurationText.inSeconds(wait)),
        "Add another zone, choose another machine type, or wait.",
        null);
  }
}
