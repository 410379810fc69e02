package dev.podium.fleet.vm;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.directory.ActivityLog;
import dev.podium.fleet.directory.Background;
import dev.podium.fleet.directory.VmDirectory;
import dev.podium.fleet.health.HealthMonitor;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/// Pins and holds: labels that every console heeds. May be used from any thread.
public final class PinsAndHolds {
  private static final int ATTEMPTS = 3;

  private final ComputeCloud cloud;
  private final Ticker ticker;
  private final HealthMonitor monitor;
  private final VmDirectory vms;
  private final ActivityLog activityLog;

  public PinsAndHolds(
      ComputeCloud cloud,
      Ticker ticker,
      HealthMonitor monitor,
      VmDirectory vms,
      ActivityLog activityLog) {
    this.cloud = cloud;
    this.ticker = ticker;
    this.monitor = monitor;
    this.vms = vms;
    this.activityLog = activityLog;
  }

  /// Sets or lifts the pin.
  public CompletableFuture<Void> pin(VmName name, boolean pinned) {
    return relabel(
            name,
            vm -> label(vm, Labels.PIN, pinned ? Optional.of("true") : Optional.empty()),
            pinned ? "pinned: Podium never ends it on its own" : "pin lifted")
        .thenAccept(_ -> {});
  }

  /// Holds the VM from now on, or lifts the hold.
  ///
  /// @param span zero lifts it
  /// @return until when it is held; fails with [PodiumException.Invalid] if the cloud itself ends
  ///   the VM before
  public CompletableFuture<Optional<Instant>> hold(VmName name, Duration span) {
    return relabel(
            name,
            vm -> held(vm, span),
            span.isZero()
                ? "hold lifted"
                : "held for " + DurationText.exact(span) + ": Podium does not end it on its own")
        .thenApply(Vm::heldUntil);
  }

  private CompletableFuture<Vm> relabel(VmName name, UnaryOperator<Vm> work, String sentence) {
    Optional<FleetVm> found = vms.find(name);
    if (found.isEmpty()) {
      return CompletableFuture.failedFuture(VmDirectory.unknown(name));
    }
    return Background.start(done -> {
      Vm vm = work.apply(found.get().vm());
      monitor.found(vm);
      activityLog.info(name, sentence);
      done.complete(vm);
    });
  }

  private Vm held(Vm vm, Duration span) {
    if (span.isZero()) {
      return label(vm, Labels.HOLD, Optional.empty());
    }
    Instant now = ticker.cloud();
    refuseBeyondRunLimit(vm, span, now);
    return label(vm, Labels.HOLD, Optional.of(Long.toString(now.plus(span).getEpochSecond())));
  }

  /// Compute Engine refuses to change the run limit of a machine that runs: "Max run duration
  /// cannot be changed while the instance is running". A hold beyond it would promise what nobody
  /// can keep.
  private static void refuseBeyondRunLimit(Vm vm, Duration span, Instant now) {
    Optional<Duration> left = vm.left(now);
    if (left.isPresent() && left.get().compareTo(span) < 0) {
      throw new PodiumException.Invalid(
          "The VM '" + vm.name() + "' cannot be held for " + DurationText.exact(span),
          "the cloud itself ends it in "
              + DurationText.rounded(left.get().isNegative() ? Duration.ZERO : left.get())
              + ", and that limit cannot be changed while it runs",
          "Hold it for less, or make a VM with a longer lifetime and drain this one: its people"
              + " move on with their history.");
    }
  }

  /// The VM with its new label. Blocks.
  private Vm label(Vm vm, String key, Optional<String> value) {
    for (int attempt = 1; ; attempt++) {
      Vm fresh = cloud.get(vm.zone(), vm.name()).orElseThrow(() -> VmDirectory.unknown(vm.name()));
      if (Optional.ofNullable(fresh.labels().get(key)).equals(value)) {
        return fresh;
      }
      Map<String, String> labels = new HashMap<>(fresh.labels());
      labels.remove(key);
      // A claim stays: whoever is about to destroy the VM looks for this label once more, and takes
      // its claim off then. If it was too late for that, the others must know of the end.
      value.ifPresent(text -> labels.put(key, text));
      try {
        cloud.setLabels(fresh, labels);
      } catch (PodiumException.Conflict lost) {
        if (attempt == ATTEMPTS) {
          throw lost;
        }
      }
    }
  }
}
