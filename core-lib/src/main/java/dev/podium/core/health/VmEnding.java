package dev.podium.core.health;

import dev.podium.core.cloud.ComputeCloud;
import dev.podium.core.cloud.HealthProbe;
import dev.podium.core.health.Action.End;
import dev.podium.core.model.Labels;
import dev.podium.core.model.PodiumException;
import dev.podium.core.model.Vm;
import dev.podium.core.model.VmState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/// The end of a VM that nobody asked for by hand: a last look on all three channels, the claim, the
/// deletion. Blocks; meant for a virtual thread of its own.
public final class VmEnding {
  private final ComputeCloud cloud;
  private final HealthProbe probe;
  private final Duration probeTimeout;
  private final String fleet;
  private final String console;
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();

  public VmEnding(
      ComputeCloud cloud, HealthProbe probe, Duration probeTimeout, String fleet, String console) {
    this.cloud = cloud;
    this.probe = probe;
    this.probeTimeout = probeTimeout;
    this.fleet = fleet;
    this.console = console;
  }

  /// How it went.
  public sealed interface Outcome {
    /// The cloud accepted the deletion.
    record Accepted(ComputeCloud.Started deletion) implements Outcome {}

    /// There was nothing to delete any more.
    record Missing() implements Outcome {}

    /// One channel disagreed, or another console was first.
    record Refused(String why) implements Outcome {}
  }

  /// The same for every console and every repeat, so that the cloud sees one request.
  public static UUID deletionId(Vm vm) {
    return deletionId(vm, 0);
  }

  /// @param failures how many deletions of this VM the cloud accepted and then failed: it answers a
  ///   repeat of their ids with the old failure
  static UUID deletionId(Vm vm, int failures) {
    String name = "podium-delete-" + vm.id() + (failures == 0 ? "" : "-" + failures);
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /// The id for the next deletion of the VM by this console. From any thread.
  UUID nextDeletionId(Vm vm) {
    return deletionId(vm, failures.getOrDefault(vm.id(), 0));
  }

  /// A deletion of the VM was accepted and failed. From any thread.
  void failed(Vm vm) {
    failures.merge(vm.id(), 1, Integer::sum);
  }

  /// @param believed the VM as the monitor knows it
  /// @param heartbeatsAgree channel A's word at the moment of asking
  /// @throws PodiumException if the cloud does not answer; nothing was deleted then
  public Outcome end(Vm believed, End end, BooleanSupplier heartbeatsAgree) {
    Optional<Vm> read = cloud.get(believed.zone(), believed.name());
    if (read.isEmpty() || !read.get().id().equals(believed.id())) {
      return new Outcome.Missing();
    }
    Optional<String> objection = objection(read.get(), end, heartbeatsAgree);
    return objection.isPresent()
        ? new Outcome.Refused(objection.get())
        : claimAndDelete(read.get(), end, heartbeatsAgree);
  }

  private Optional<String> objection(Vm fresh, End end, BooleanSupplier heartbeatsAgree) {
    return computeObjects(fresh, end)
        .or(() -> probeObjects(fresh, end))
        .or(
            () ->
                heartbeatsAgree.getAsBoolean()
                    ? Optional.empty()
                    : Optional.of("it gave a sign of life"));
  }

  private Optional<String> computeObjects(Vm vm, End end) {
    if (!fleet.equals(vm.labels().get(Labels.FLEET))) {
      return Optional.of("it does not carry the fleet's label any more");
    }
    if (vm.pinned()) {
      return Optional.of("it is pinned");
    }
    boolean running = vm.state() == VmState.RUNNING;
    // A machine that is being switched on is not off, and not dead yet either.
    if (end == End.DELETE_STOPPED
        ? !StoppedRules.off(vm.state())
        : end == End.DELETE_DEAD && !running) {
      return Optional.of("Compute Engine says " + vm.state().name());
    }
    return Optional.empty();
  }

  private Optional<String> probeObjects(Vm vm, End end) {
    if (end == End.DELETE_STOPPED || vm.chatUrl().isEmpty()) {
      return Optional.empty();
    }
    return switch (probe.probe(vm.chatUrl().get(), probeTimeout)) {
      case HealthProbe.Result.Silent _ -> Optional.empty();
      case HealthProbe.Result.Answered answered -> {
        if (end == End.DELETE_DEAD) {
          yield Optional.of("it answered its probe");
        }
        // Whoever holds a VM is not on it, but its idle time stands still at 0.
        boolean held = end == End.DELETE_DEAF && answered.idleSeconds() == 0;
        if (held && answered.participants() == 0) {
          yield Optional.of("a person holds it");
        }
        yield answered.participants() == 0
            ? Optional.empty()
            : Optional.of(Words.people(answered.participants()) + " on it");
      }
    };
  }

  private Outcome claimAndDelete(Vm vm, End end, BooleanSupplier heartbeatsAgree) {
    Map<String, String> claimed = new HashMap<>(vm.labels());
    claimed.put(Labels.CLAIM, Labels.value(console));
    try {
      // Set even if an older claim is there: its console may be gone, and a claim is only a race
      // that the fingerprint decides, never a lock.
      cloud.setLabels(vm, claimed);
    } catch (PodiumException.Conflict lost) {
      return new Outcome.Refused("another console is destroying it");
    } catch (PodiumException.NotFound gone) {
      return new Outcome.Missing();
    }
    // The claim took its time, in which a person may have pinned the VM or joined.
    Optional<Vm> read = cloud.get(vm.zone(), vm.name());
    if (read.isEmpty() || !read.get().id().equals(vm.id())) {
      return new Outcome.Missing();
    }
    Optional<String> objection = objection(read.get(), end, heartbeatsAgree);
    if (objection.isPresent()) {
      unclaim(vm);
      return new Outcome.Refused(objection.get() + ", at the last moment");
    }
    try {
      return new Outcome.Accepted(cloud.delete(vm.zone(), vm.name(), nextDeletionId(vm)));
    } catch (PodiumException refused) {
      try {
        unclaim(vm);
      } catch (PodiumException alsoRefused) {
        // A claim that stays does no harm: it is a race, never a lock.
        refused.addSuppressed(alsoRefused);
      }
      throw refused;
    }
  }

  private void unclaim(Vm vm) {
    Optional<Vm> read = cloud.get(vm.zone(), vm.name());
    if (read.isPresent() && read.get().id().equals(vm.id())) {
      Map<String, String> labels = new HashMap<>(read.get().labels());
      labels.remove(Labels.CLAIM);
      cloud.setLabels(read.get(), labels);
    }
  }
}
