package dev.podium.fleet.vm;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.cloud.VmList;
import dev.podium.fleet.directory.FleetSettings;
import dev.podium.fleet.directory.VmDirectory;
import dev.podium.fleet.health.HealthMonitor;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.CountText;
import java.util.Optional;
import java.util.function.Predicate;

/// The last look before a VM ends because a person asked for it. What the console remembers is not
/// enough: it may have started a second ago, and another VM may have the name by now. Blocks; meant
/// for a virtual thread.
public final class DestructionCheck {
  private final ComputeCloud cloud;
  private final HealthProbe probe;
  private final Ticker ticker;
  private final HealthLimits limits;
  private final String fleet;
  private final HealthMonitor monitor;
  private final Predicate<String> booting;

  /// @param booting whether this console made the VM of that id and has seen no sign of it yet
  public DestructionCheck(
      ComputeCloud cloud,
      HealthProbe probe,
      Ticker ticker,
      FleetSettings settings,
      HealthMonitor monitor,
      Predicate<String> booting) {
    this.cloud = cloud;
    this.probe = probe;
    this.ticker = ticker;
    this.limits = settings.limits();
    this.fleet = settings.fleet();
    this.monitor = monitor;
    this.booting = booting;
  }

  /// A VM that the monitor does not know: it may not have read the fleet yet.
  ///
  /// @throws PodiumException.NotFound if the fleet has none of that name
  /// @throws PodiumException.Unavailable if it may be in a zone that does not answer
  Vm search(VmName name) {
    VmList list = cloud.list(fleet);
    Vm vm =
        list.vms().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                list.unreachedInWords()
                    .map(zones -> hidden(name, zones))
                    .orElseGet(() -> VmDirectory.unknown(name)));
    monitor.found(vm);
    return vm;
  }

  private static PodiumException hidden(VmName name, String zones) {
    return new PodiumException.Unavailable(
        "The VM '" + name + "' was not destroyed",
        "it may be in " + zones + ", which Compute Engine does not reach at present",
        "Try again when the zone answers.",
        null);
  }

  /// The VM as the cloud has it now.
  ///
  /// @return none if it is no more
  /// @throws PodiumException.Conflict if the name belongs to another VM, or the VM to no fleet
  Optional<Vm> read(Vm believed) {
    Optional<Vm> fresh = cloud.get(believed.zone(), believed.name());
    if (fresh.isEmpty()) {
      monitor.missing(believed);
      return fresh;
    }
    if (!fresh.get().id().equals(believed.id())) {
      monitor.missing(believed);
      monitor.found(fresh.get());
      throw refused(believed.name(), "it is gone, and another VM has its name by now");
    }
    if (!fleet.equals(fresh.get().labels().get(Labels.FLEET))) {
      throw refused(believed.name(), "it does not carry the fleet's label any more");
    }
    return fresh;
  }

  /// @param known what the monitor thinks of it, if it knows it
  /// @throws PodiumException.InUse if people are on it, or may be
  void requireNobody(Vm vm, Optional<FleetVm> known) {
    known.ifPresent(DestructionCheck::requireNobodyHeard);
    if (vm.state() != VmState.RUNNING) {
      return;
    }
    HealthProbe.Result result =
        vm.chatUrl()
            .map(url -> probe.probe(url, limits.watching().probeTimeout()))
            .orElseGet(() -> new HealthProbe.Result.Silent("it has no address"));
    switch (result) {
      case HealthProbe.Result.Answered answered -> {
        if (answered.participants() > 0) {
          throw inUse(vm.name(), people(answered.participants()));
        }
      }
      case HealthProbe.Result.Silent _ -> {
        if (!saidNobody(known) && !neverServed(vm, known)) {
          throw inUse(vm.name(), "it does not answer, so it is not known whether anybody is on it");
        }
      }
    }
  }

  /// @throws PodiumException.InUse if the last heartbeat said that people are on it
  static void requireNobodyHeard(FleetVm known) {
    if (known.participants().present() > 0) {
      throw inUse(known.name(), people(known.participants().present()));
    }
  }

  private boolean saidNobody(Optional<FleetVm> known) {
    return known
        .flatMap(FleetVm::lastHeartbeat)
        .filter(at -> at.plus(limits.silence().late()).isAfter(ticker.cloud()))
        .isPresent();
  }

  /// A VM that this console made and that never came up has had no page to join. The observer may
  /// not yet trust its own sight of it: UNKNOWN says nothing more of such a VM than STARTING does.
  private boolean neverServed(Vm vm, Optional<FleetVm> known) {
    return booting.test(vm.id())
        && known
            .filter(seen -> seen.health() == Health.STARTING || seen.health() == Health.UNKNOWN)
            .filter(seen -> seen.lastHeartbeat().isEmpty())
            .isPresent();
  }

  private static String people(int present) {
    return CountText.people(present) + CountText.choose(present, " is", " are") + " on it";
  }

  private static PodiumException inUse(VmName name, String why) {
    return new PodiumException.InUse(
        "The VM '" + name + "' was not destroyed",
        why,
        "Drain it, so that they are moved to another VM, or destroy it by force.");
  }

  private static PodiumException refused(VmName name, String why) {
    return new PodiumException.Conflict(
        "The VM '" + name + "' was not destroyed",
        why,
        "Look at the list of the fleet, then decide again.",
        null);
  }
}
