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
import java.util.function.BooleanSupplier;

/// The end of a VM that nobody asked for by hand: a last look on all three channels, the claim, the
/// deletion. Blocks; meant for a virtual thread of its own.
public final class VmEnding {
  private final ComputeCloud cloud;
  private final HealthProbe probe;
  private final Duration probeTimeout;
  private final String fleet;
  private final String console;

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

  /// The same for every console and every attempt, so that the cloud sees one request.
  public static UUID deletionId(Vm vm) {
    return UUID.nameUUIDFromBytes(("podium-delete-" + vm.id()).getBytes(StandardCharsets.UTF_8));
  }

  /// @param believed the VM as the monitor knows it
  /// @param heartbeatsAgree channel A's word at the moment of asking
  /// @throws PodiumException if the cloud does not answer; nothing was deleted then
  public Outcome end(Vm believed, End end, BooleanSupplier heartbeatsAgree) {
    Optional<Vm> read = cloud.get(believed.zone(), believed.name());
    if (read.isEmpty() || !read.get().id().equals(believed.id())) {
      return new Outcome.Missing();
    }
    Vm fresh = read.get();
    Optional<String> objection = computeObjects(fresh, end).or(() -> probeObjects(fresh, end));
    if (objection.isPresent()) {
      return new Outcome.Refused(objection.get());
    }
    if (!heartbeatsAgree.getAsBoolean()) {
      return new Outcome.Refused("it gave a sign of life");
    }
    return claimAndDelete(fresh, heartbeatsAgree);
  }

  private Optional<String> computeObjects(Vm vm, End end) {
    if (!fleet.equals(vm.labels().get(Labels.FLEET))) {
      return Optional.of("it does not carry the fleet's label any more");
    }
    if (vm.pinned()) {
      return Optional.of("it is pinned");
    }
    boolean running = vm.state() == VmState.RUNNING;
    if (end == End.DELETE_STOPPED ? running : end == End.DELETE_DEAD && !running) {
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
        yield answered.participants() == 0
            ? Optional.empty()
            : Optional.of(Words.people(answered.participants()) + " on it");
      }
    };
  }

  private Outcome claimAndDelete(Vm vm, BooleanSupplier heartbeatsAgree) {
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
    if (!heartbeatsAgree.getAsBoolean()) {
      unclaim(vm);
      return new Outcome.Refused("it gave a sign of life at the last moment");
    }
    return new Outcome.Accepted(cloud.delete(vm.zone(), vm.name(), deletionId(vm)));
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
