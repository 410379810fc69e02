package dev.podium.fleet.health.ending;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.cloud.VmList;
import dev.podium.fleet.health.record.Claim;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The last look at a VM that nobody asked to end by hand, as a conversation. Each answer leads to
/// the next question, and the last one to an outcome. It knows no network, no thread and no clock;
/// [VmEnding] holds the conversation in earnest.
///
/// First it reads, probes and asks the watch, and then it claims the VM. For an end that the
/// throttle counts it reads the whole fleet, to see that no other console is ending one at the same
/// time. Then it reads which were ended before. It reads, probes and asks once more, because the
/// claim took its time, and deletes. Two consoles that claim two VMs at once both see the other's
/// claim, or one of them does: whoever sees one steps back. What was ended is read from the cloud,
/// because a console that slept, or began just now, saw none of it.
public final class LastLook {
  /// What a look needs to know.
  ///
  /// @param patience how long the second look may take before the deletion is sent; a computer that
  ///   slept in between would act on what it saw before
  /// @param deletion the request id; see [DeletionId]
  /// @param window people whose last act is older do not count; see [HealthLimits.Use#window]
  /// @param past how far back other ends count; see [HealthLimits.Ends#window]
  public record Plan(
      Vm believed,
      End end,
      String fleet,
      Claim claim,
      UUID deletion,
      Duration patience,
      Duration window,
      Duration past) {
    /// @param turn another number for each look of this console
    /// @param limits two calls and a probe take no longer than six of its probe's timeouts where
    ///   all is well
    public static Plan of(
        Vm believed,
        End end,
        String fleet,
        String console,
        int turn,
        UUID deletion,
        HealthLimits limits) {
      Claim claim = new Claim(console, Integer.toString(turn, 36), end.forHealth());
      Duration patience = limits.watching().probeTimeout().multipliedBy(6);
      return new Plan(
          believed,
          end,
          fleet,
          claim,
          deletion,
          patience,
          limits.use().window(),
          limits.ends().window());
    }
  }

  /// What others do, and did, as it was read after the claim.
  ///
  /// @param fleet all its VMs in the zones that answered
  /// @param ended those that ended for their health
  public record Others(VmList fleet, List<HealthEnd> ended) {
    /// As read where every zone has answered.
    public Others(List<Vm> fleet, List<HealthEnd> ended) {
      this(VmList.whole(fleet), ended);
    }
  }

  /// What is asked next.
  public sealed interface Ask {
    /// The VM as the cloud has it now.
    record Read() implements Ask {}

    /// The VM's own answer.
    record Probe(Vm vm) implements Ask {}

    /// What the watch objects at this moment.
    ///
    /// @param vm as it was just read: it may carry another console's claim
    /// @param others empty before the claim
    record Consent(Vm vm, Optional<Others> others) implements Ask {}

    /// Sets labels, if nobody changed them since.
    record Label(Vm vm, Map<String, String> labels) implements Ask {}

    /// The whole fleet.
    record Survey() implements Ask {}

    /// The deletions that the cloud accepted.
    ///
    /// @param since by the cloud's clock
    /// @param without zones of which nothing need be known, because nobody reaches them
    record Deletions(Instant since, Set<String> without) implements Ask {
      /// Of every zone.
      public Deletions(Instant since) {
        this(since, Set.of());
      }
    }

    record Delete(Vm vm, UUID request) implements Ask {}

    /// That was the last question.
    record Over(Outcome outcome) implements Ask {}
  }

  /// What came back.
  public sealed interface Answer {
    record Found(Optional<Vm> vm) implements Answer {}

    record Probed(HealthProbe.Result result) implements Answer {}

    /// @param why empty if the watch agrees
    record Objected(Optional<String> why) implements Answer {}

    /// @param at by the cloud's clock
    record Labelled(Instant at) implements Answer {}

    record Surveyed(VmList vms) implements Answer {
      /// Of a list in which every zone has answered.
      public Surveyed(List<Vm> vms) {
        this(VmList.whole(vms));
      }
    }

    record Deleted(List<ComputeCloud.PastDeletion> deletions) implements Answer {}

    record Deleting(ComputeCloud.Started deletion) implements Answer {}

    /// Whatever was asked, this came instead.
    record Failed(PodiumException failure) implements Answer {}
  }

  /// How it went.
  public sealed interface Outcome {
    /// The cloud accepted the deletion.
    record Accepted(ComputeCloud.Started deletion) implements Outcome {}

    /// There was nothing to delete any more.
    record Missing() implements Outcome {}

    /// One channel disagreed, or another console was first.
    record Refused(String why) implements Outcome {}

    /// The cloud did not do what it was asked; nothing was deleted.
    record Failed(PodiumException failure) implements Outcome {}

    /// The deletion was asked for and no answer came: it may go on, or never have arrived. The
    /// claim stays on the VM until it is too old, so that other consoles count it.
    record Unsure(PodiumException failure) implements Outcome {}
  }

  private final Plan plan;
  private final EndObjections objections;
  private boolean claimed;
  private boolean claiming;
  private boolean deleting;
  private @Nullable ClockReading secondLook;
  private Instant claimedAt = Instant.EPOCH;
  private long claimSeen;
  private VmList survey = VmList.whole(List.of());
  private Optional<Others> others = Optional.empty();
  private Vm seen;
  private Optional<Outcome> afterUnclaim = Optional.empty();

  public LastLook(Plan plan) {
    this.plan = plan;
    this.objections = new EndObjections(plan);
    this.seen = plan.believed();
  }

  /// The first question.
  public Ask start() {
    return new Ask.Read();
  }

  /// The next question, given the answer to the one before.
  public Ask next(Answer answer, ClockReading now) {
    if (afterUnclaim.isPresent()) {
      return unclaiming(answer);
    }
    return switch (answer) {
      case Answer.Found(Optional<Vm> vm) -> found(vm, now);
      case Answer.Probed(HealthProbe.Result result) ->
          objections.ofVm(result).map(this::refused).orElseGet(this::probedWell);
      case Answer.Objected(Optional<String> why) -> why.map(this::refused).orElseGet(() -> go(now));
      case Answer.Labelled(Instant at) -> {
        claiming = false;
        claimed = true;
        claimedAt = at;
        claimSeen = now.nanos();
        secondLook = now;
        yield plan.claim().health() ? new Ask.Survey() : lookAgain();
      }
      case Answer.Surveyed(VmList vms) -> {
        survey = vms;
        secondLook = now;
        yield new Ask.Deletions(claimedAt.minus(plan.past()), vms.unreached());
      }
      case Answer.Deleted(List<ComputeCloud.PastDeletion> deletions) -> {
        others = Optional.of(new Others(survey, ended(deletions, now)));
        yield lookAgain();
      }
      case Answer.Deleting(ComputeCloud.Started deletion) ->
          new Ask.Over(new Outcome.Accepted(deletion));
      case Answer.Failed(PodiumException failure) -> failed(failure);
    };
  }

  /// Ages are told by the cloud's clock, from when it took the claim: this computer's may be wrong.
  /// The answer took its time, so they look a little younger than they are.
  private List<HealthEnd> ended(List<ComputeCloud.PastDeletion> deletions, ClockReading now) {
    return deletions.stream()
        .filter(one -> DeletionId.forHealth(plan.fleet(), one))
        .map(one -> {
          long at = claimSeen - Duration.between(one.accepted(), claimedAt).toNanos();
          return new HealthEnd(one.vmId(), now.since(at) < 0 ? now.nanos() : at);
        })
        .toList();
  }

  private Ask found(Optional<Vm> vm, ClockReading now) {
    if (vm.isEmpty() || !vm.get().id().equals(plan.believed().id())) {
      return new Ask.Over(new Outcome.Missing());
    }
    seen = vm.get();
    Optional<String> objection = objections.ofCompute(seen, claimed, now);
    if (objection.isPresent()) {
      return refused(objection.get());
    }
    boolean probed = claimed && probesFirst();
    return probed || !probes() ? new Ask.Consent(seen, others) : new Ask.Probe(seen);
  }

  private boolean probes() {
    return plan.end() != End.DELETE_STOPPED && seen.chatUrl().isPresent();
  }

  /// What can still change comes last, the second time. A VM that is silent keeps its probe
  /// waiting, and a drained one takes nobody. A pin that is set meanwhile is seen by the reading
  /// after it. One that only does not hear may be joined at any moment.
  private boolean probesFirst() {
    return probes() && plan.end() != End.DELETE_DEAF;
  }

  private Ask lookAgain() {
    return probesFirst() ? new Ask.Probe(seen) : new Ask.Read();
  }

  private Ask probedWell() {
    return claimed && probesFirst() ? new Ask.Read() : new Ask.Consent(seen, others);
  }

  private Ask go(ClockReading now) {
    if (!claimed) {
      claiming = true;
      return new Ask.Label(seen, plan.claim().onto(seen));
    }
    if (tookTooLong(secondLook, now)) {
      return refused("the last look took too long");
    }
    deleting = true;
    return new Ask.Delete(seen, plan.deletion());
  }

  /// By either clock: the monotonic one may stand still while the computer sleeps.
  private boolean tookTooLong(@Nullable ClockReading since, ClockReading now) {
    return since == null
        || now.past(since.nanos(), plan.patience(), 1)
        || Duration.between(since.wall(), now.wall()).compareTo(plan.patience()) > 0;
  }

  private Ask refused(String why) {
    return claimed
        ? unclaim(new Outcome.Refused(why + ", at the last moment"))
        : new Ask.Over(new Outcome.Refused(why));
  }

  private Ask failed(PodiumException failure) {
    // It may be the own claim that is in the way: carried out, unanswered, and asked for again.
    if (claiming && failure instanceof PodiumException.Conflict) {
      return unclaim(new Outcome.Refused("another console is destroying it"));
    }
    if (claiming && failure instanceof PodiumException.NotFound) {
      return new Ask.Over(new Outcome.Missing());
    }
    boolean unanswered =
        failure instanceof PodiumException.Unavailable
            || failure instanceof PodiumException.CloudFailed;
    if (deleting && unanswered) {
      return new Ask.Over(new Outcome.Unsure(failure));
    }
    Outcome outcome = new Outcome.Failed(failure);
    boolean mayBeClaimed = claimed || (claiming && unanswered);
    return mayBeClaimed ? unclaim(outcome) : new Ask.Over(outcome);
  }

  /// Takes the claim off, so that nobody waits until it is too old.
  private Ask unclaim(Outcome outcome) {
    afterUnclaim = Optional.of(outcome);
    return new Ask.Read();
  }

  private Ask unclaiming(Answer answer) {
    Outcome outcome = afterUnclaim.orElseThrow();
    if (answer instanceof Answer.Found(Optional<Vm> vm)
        && vm.isPresent()
        && vm.get().id().equals(plan.believed().id())
        && plan.claim().label().equals(vm.get().labels().get(Labels.CLAIM))) {
      Map<String, String> labels = new HashMap<>(vm.get().labels());
      labels.remove(Labels.CLAIM);
      return new Ask.Label(vm.get(), labels);
    }
    // A claim that could not be taken off does no harm: it grows too old.
    return new Ask.Over(outcome);
  }
}
