package dev.podium.fleet.leaks;

import dev.podium.fleet.leaks.Leak.Fate;
import dev.podium.fleet.leaks.Leak.Kind;
import dev.podium.fleet.model.Disk;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmSubscription;
import dev.podium.wire.model.Labels;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// Says of everything that a fleet has in the cloud whether it was left behind, and what becomes of
/// it. Pure.
///
/// A VM is never cleaned by this, only told. Whether it ends is for the health rules alone, with
/// their drain, fence and throttle. What can be cleaned are disks that no VM has and subscriptions
/// of VMs that are gone, both beyond the safe age.
///
/// @param safeAge below which nothing is cleaned. It is as long as a VM may take to boot, so what
///   another console is just creating loses nothing
/// @param price a VM's list price in US dollars an hour
public record LeakRules(Duration safeAge, ToDoubleFunction<Vm> price) {

  /// What the cloud has with the fleet's label.
  ///
  /// @param vms must have been read after the rest. A VM is there before its disk and its
  ///   subscriptions are: what has no VM in the later list has lost it
  /// @param unreached zones that did not answer. A VM there may have a disk of the zone, and any
  ///   subscription
  public record Holdings(
      List<Disk> disks, List<VmSubscription> subscriptions, List<Vm> vms, Set<String> unreached) {
    public Holdings {
      disks = List.copyOf(disks);
      subscriptions = List.copyOf(subscriptions);
      vms = List.copyOf(vms);
      unreached = Set.copyOf(unreached);
    }

    /// As it is where every zone has answered.
    public Holdings(List<Disk> disks, List<VmSubscription> subscriptions, List<Vm> vms) {
      this(disks, subscriptions, vms, Set.of());
    }
  }

  /// Judges everything: VMs first, then disks, then subscriptions.
  ///
  /// @param known the fleet as the health monitor sees it
  /// @param now by the console's clock
  public List<Leak> judge(Holdings held, List<FleetVm> known, Instant now) {
    Map<String, FleetVm> byId =
        known.stream().collect(Collectors.toMap(one -> one.vm().id(), Function.identity()));
    List<Leak> leaks = new ArrayList<>();
    held.vms().forEach(vm -> leaks.add(vm(vm, Optional.ofNullable(byId.get(vm.id())), now)));
    held.disks().stream()
        .filter(disk -> !disk.attached())
        .forEach(disk -> leaks.add(disk(disk, held, now)));
    held.subscriptions().stream()
        .filter(one -> held.vms().stream().noneMatch(vm -> vm.id().equals(one.vmId())))
        .forEach(one -> leaks.add(subscription(one, held.unreached(), now)));
    return leaks;
  }

  private Leak vm(Vm vm, Optional<FleetVm> known, Instant now) {
    Optional<String> kept = vm.keptBy(now);
    boolean ending = kept.isEmpty() && known.filter(LeakRules::ending).isPresent();
    String reason =
        kept.isPresent()
            ? "kept: " + kept.get()
            : known
                .map(one -> one.verdict().reason())
                .orElse("kept: the health monitor has not heard of it yet");
    return new Leak(
        Kind.VM,
        vm.name().value(),
        vm.zone(),
        vm.name().value(),
        vm.owner(),
        vm.labels().getOrDefault(Labels.CONSOLE, ""),
        vm.created(),
        price.applyAsDouble(vm),
        ending ? Fate.ENDING : Fate.KEPT,
        reason + limit(vm, now));
  }

  private static boolean ending(FleetVm vm) {
    return switch (vm.health()) {
      case DRAINING, CONDEMNED, DELETING, TERMINATED -> true;
      case STARTING, HEALTHY, IDLE, SUSPECT, UNREACHABLE, BROKEN, UNKNOWN -> false;
    };
  }

  /// The cloud's own limit, which holds whatever the consoles do.
  private static String limit(Vm vm, Instant now) {
    return vm.left(now)
        .filter(left -> left.isPositive())
        .map(left -> "; the cloud itself ends it in " + DurationText.rounded(left))
        .orElse("");
  }

  private Leak disk(Disk disk, Holdings held, Instant now) {
    boolean awaited =
        held.vms().stream()
            .anyMatch(vm -> vm.name().value().equals(disk.vm()) && vm.zone().equals(disk.zone()));
    Leak leak =
        new Leak(
            Kind.DISK,
            disk.name(),
            disk.zone(),
            disk.vm(),
            disk.owner(),
            disk.labels().getOrDefault(Labels.CONSOLE, ""),
            disk.created(),
            disk.costPerHour(),
            Fate.KEPT,
            "kept: its VM '" + disk.vm() + "' is there, though without it");
    if (held.unreached().contains(disk.zone())) {
      return leak.with(Fate.KEPT, unreached(Set.of(disk.zone())));
    }
    return awaited
        ? leak
        : byAge(
            leak,
            "there is no VM '"
                + disk.vm()
                + "' and nothing has it attached"
                + (disk.priceKnown() ? "" : ", its price is not known"),
            now);
  }

  private static String unreached(Set<String> zones) {
    return "kept: its VM may be in "
        + String.join(", ", zones.stream().sorted().toList())
        + ", which does not answer at present";
  }

  private Leak subscription(VmSubscription subscription, Set<String> unreached, Instant now) {
    Leak leak =
        new Leak(
            Kind.SUBSCRIPTION,
            subscription.name(),
            "",
            subscription.vm(),
            "",
            "",
            subscription.created(),
            0,
            Fate.CLEANABLE,
            "");
    if (!unreached.isEmpty()) {
      return leak.with(Fate.KEPT, unreached(unreached));
    }
    String gone = "the VM '" + subscription.vm() + "' that made it (" + subscription.vmId() + ")";
    return byAge(leak, gone + " is gone", now);
  }

  private Leak byAge(Leak leak, String why, Instant now) {
    Duration age = Duration.between(leak.since(), now);
    return age.compareTo(safeAge) < 0
        ? leak.with(
            Fate.YOUNG,
            why
                + ", but it is younger than "
                + DurationText.exact(safeAge)
                + ": its VM may be on its way")
        : leak.with(Fate.CLEANABLE, why + ", and it is " + DurationText.rounded(age) + " old");
  }
}
