package dev.podium.fleet.health.ending;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.health.ending.LastLook.Answer;
import dev.podium.fleet.health.ending.LastLook.Ask;
import dev.podium.fleet.health.ending.LastLook.Outcome;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds the conversation of a [LastLook] with the real cloud and the real VM. Blocks; meant for a
/// virtual thread of its own.
public final class VmEnding {
  private static final Logger LOG = LoggerFactory.getLogger(VmEnding.class);

  private final ComputeCloud cloud;
  private final HealthProbe probe;
  private final Ticker ticker;
  private final HealthLimits limits;
  private final String fleet;
  private final String console;
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final AtomicInteger turns = new AtomicInteger();
  private final AtomicBoolean told = new AtomicBoolean();

  /// @param limits of which the probe's timeout, the window of use and that of the throttle count
  /// @param console this console's id: lower-case letters, digits and hyphens
  public VmEnding(
      ComputeCloud cloud,
      HealthProbe probe,
      Ticker ticker,
      HealthLimits limits,
      String fleet,
      String console) {
    this.cloud = cloud;
    this.probe = probe;
    this.ticker = ticker;
    this.limits = limits;
    this.fleet = fleet;
    this.console = console;
  }

  /// The id for the next deletion of the VM by this console. From any thread.
  ///
  /// @param forHealth whether the throttle counts it
  public UUID deletionId(Vm vm, boolean forHealth) {
    return DeletionId.of(fleet, vm, forHealth, failures.getOrDefault(vm.id(), 0));
  }

  /// A deletion of the VM was accepted and failed. From any thread.
  public void failed(Vm vm) {
    failures.merge(vm.id(), 1, Integer::sum);
  }

  /// @param believed the VM as the monitor knows it
  /// @param probed told what each probe found, before the watch is asked
  /// @param watchObjects what the watch has to say at the moment of asking; empty if it agrees
  /// @throws PodiumException if the cloud does not answer; nothing was deleted then
  public Outcome end(
      Vm believed,
      End end,
      Consumer<HealthProbe.Result> probed,
      Function<Ask.Consent, Optional<String>> watchObjects) {
    LastLook look =
        new LastLook(
            LastLook.Plan.of(
                believed,
                end,
                fleet,
                console,
                turns.incrementAndGet(),
                deletionId(believed, end.forHealth()),
                limits));
    Ask ask = look.start();
    while (true) {
      if (ask instanceof Ask.Over(Outcome outcome)) {
        if (outcome instanceof Outcome.Failed(PodiumException failure)) {
          throw failure;
        }
        return outcome;
      }
      Answer answer = answer(ask, believed, watchObjects);
      if (answer instanceof Answer.Probed(HealthProbe.Result result)) {
        probed.accept(result);
      }
      ask = look.next(answer, ClockReading.of(ticker));
    }
  }

  private Answer answer(
      Ask ask, Vm believed, Function<Ask.Consent, Optional<String>> watchObjects) {
    try {
      return switch (ask) {
        case Ask.Read _ -> new Answer.Found(cloud.get(believed.zone(), believed.name()));
        case Ask.Probe(Vm vm) ->
            new Answer.Probed(
                probe.probe(vm.chatUrl().orElseThrow(), limits.watching().probeTimeout()));
        case Ask.Consent consent -> new Answer.Objected(watchObjects.apply(consent));
        case Ask.Label(Vm vm, Map<String, String> labels) ->
            new Answer.Labelled(cloud.setLabels(vm, labels));
        case Ask.Survey _ -> new Answer.Surveyed(cloud.list(fleet));
        case Ask.Deletions(Instant since, Set<String> without) ->
            new Answer.Deleted(deletions(since, without));
        case Ask.Delete(Vm vm, UUID request) ->
            new Answer.Deleting(cloud.deleteOnce(vm.zone(), vm.name(), request));
        case Ask.Over _ -> throw new IllegalStateException("There is nothing to ask any more");
      };
    } catch (PodiumException failure) {
      return new Answer.Failed(failure);
    }
  }

  /// Who may delete VMs may still not be allowed to read operations. A dead VM must not stay for
  /// what will not change: the throttle then counts what this console saw itself.
  private List<ComputeCloud.PastDeletion> deletions(Instant since, Set<String> without) {
    try {
      return cloud.deletions(since, without);
    } catch (PodiumException.NotPermitted
        | PodiumException.Invalid
        | PodiumException.NotFound refused) {
      if (!told.getAndSet(true)) {
        LOG.warn(
            "At most how many VMs may end for their health is counted by what this console saw: {}",
            refused.inFull());
      }
      return List.of();
    }
  }
}
