package dev.podium.fleet.health.rules;

import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.health.record.HealthAction;
import dev.podium.fleet.health.record.Observation;
import dev.podium.fleet.health.record.Observation.Beat;
import dev.podium.fleet.health.record.Observation.DrainAnswered;
import dev.podium.fleet.health.record.Observation.DrainPermitted;
import dev.podium.fleet.health.record.Observation.EndAccepted;
import dev.podium.fleet.health.record.Observation.EndFailed;
import dev.podium.fleet.health.record.Observation.EndHeld;
import dev.podium.fleet.health.record.Observation.EndPermitted;
import dev.podium.fleet.health.record.Observation.EndRefused;
import dev.podium.fleet.health.record.Observation.Listed;
import dev.podium.fleet.health.record.Observation.OldBeat;
import dev.podium.fleet.health.record.Observation.Probed;
import dev.podium.fleet.health.record.Observation.Slept;
import dev.podium.fleet.health.record.Observation.Tick;
import dev.podium.fleet.health.record.RecordUpdates;
import dev.podium.fleet.health.record.Verdicts;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.health.record.VmRecord.Drain;
import dev.podium.fleet.health.record.VmRecord.Ending;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.text.CountText;
import java.util.Optional;

/// What an observation changes by itself, before the record is judged. What was seen is remembered
/// ([RecordUpdates]). A word of the cloud, of the fleet's rules or of the console's clock counts at
/// once.
final class ObservationRules {
  private final StepContext context;
  private final RecordUpdates updates;

  ObservationRules(StepContext context) {
    this.context = context;
    this.updates = new RecordUpdates(context.usage());
  }

  /// @return a VM that stays where it is, to be judged next; it may be in another state already
  Transition taken(VmRecord vm, Observation seen) {
    ClockReading now = context.now();
    return switch (seen) {
      case Tick _ -> Transition.stay(vm);
      case Beat beat -> Transition.stay(updates.beat(vm, beat, now));
      case OldBeat beat -> Transition.stay(RecordUpdates.oldBeat(vm, beat));
      case Probed(var result) -> Transition.stay(RecordUpdates.probed(vm, result, now));
      case Listed(Vm listed) -> Transition.stay(RecordUpdates.listed(vm, listed));
      case Slept(String why) -> slept(vm, why);
      case DrainPermitted permitted -> drain(vm, permitted);
      case DrainAnswered(var answer) -> answered(vm, answer);
      case EndPermitted _ ->
          Transition.stay(vm.withEnding(vm.ending().begun(vm.health() == Health.CONDEMNED)));
      case EndHeld(String why) ->
          Transition.stay(vm.ending().underWay() ? vm : Verdicts.held(vm, why));
      case EndRefused(String why) ->
          Transition.stay(later(vm)).telling(Level.INFO, "not destroyed: " + why);
      case EndAccepted(String reason) ->
          Transition.stay(Verdicts.entered(vm, Health.DELETING, reason, now));
      case EndFailed(String why) -> {
        VmRecord again = rebased(vm, "unknown: its deletion failed: " + why);
        yield Transition.stay(later(again.withEnding(vm.ending())))
            .telling(Level.FAILURE, "its deletion failed: " + why);
      }
    };
  }

  /// What the cloud has accepted to delete stays DELETING: that is the cloud's word, not an
  /// observation of ours.
  private Transition slept(VmRecord vm, String why) {
    if (vm.health() == Health.DELETING) {
      return Transition.stay(vm);
    }
    VmRecord fresh = rebased(vm, "unknown: " + why);
    Optional<Drain> unanswered = vm.drain().filter(Drain::unanswered);
    if (unanswered.isEmpty()) {
      return Transition.stay(fresh);
    }
    Drain drain = unanswered.get();
    return drain.force()
        ? Transition.stay(fresh.withDrain(Optional.of(drain.begun(context.now()))))
        // That nobody used it was true when this was asked.
        : Transition.stay(fresh.withDrain(Optional.empty()))
            .with(new HealthAction.CancelDrain(drain.id()));
  }

  private VmRecord rebased(VmRecord vm, String reason) {
    VmRecord fresh = RecordUpdates.rebased(vm, context.now()).withEnding(Ending.NONE);
    return Verdicts.enteredAnew(fresh, Health.UNKNOWN, reason, context.now());
  }

  private Transition drain(VmRecord vm, DrainPermitted permitted) {
    if (vm.health() == Health.DELETING || vm.health() == Health.TERMINATED) {
      return Transition.stay(vm);
    }
    long now = context.now().nanos();
    Drain drain =
        new Drain(
            permitted.id(), permitted.force(), now, now, false, false, permitted.reason(), false);
    return Transition.stay(vm.withDrain(Optional.of(drain)))
        .with(new HealthAction.SendDrain(permitted.id(), permitted.force()));
  }

  private Transition answered(VmRecord vm, Pulse.DrainAnswer answer) {
    VmRecord next = RecordUpdates.drainAnswered(vm, answer);
    if (vm.drain().isEmpty() || next.drain().isPresent()) {
      return Transition.stay(next);
    }
    // It is asked again and again for as long as the console thinks that nobody uses it. The reason
    // stands in the verdict, and the operator is told of each reason once.
    String why = "it refused its drain, because " + because(answer);
    Transition kept = Transition.stay(Verdicts.held(later(next), why));
    return Verdicts.isHeld(vm, why) ? kept : kept.telling(Level.INFO, "kept: " + why);
  }

  /// What the VM has against a drain: people who use it, or a hold of one who has left.
  private static String because(Pulse.DrainAnswer answer) {
    int people = answer.participants();
    return people > 0
        ? CountText.people(people) + CountText.choose(people, " uses it", " use it")
        : "a person holds it";
  }

  /// Its end may be tried again after a pause.
  private VmRecord later(VmRecord vm) {
    long pause = context.limits().use().drainRetry().toNanos();
    return vm.withEnding(vm.ending().later(context.now().nanos() + pause));
  }
}
