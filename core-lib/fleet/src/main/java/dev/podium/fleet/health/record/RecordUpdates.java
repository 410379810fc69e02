package dev.podium.fleet.health.record;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.health.record.Observation.Beat;
import dev.podium.fleet.health.record.Observation.OldBeat;
import dev.podium.fleet.health.record.VmRecord.Drain;
import dev.podium.fleet.health.record.VmRecord.Heartbeats;
import dev.podium.fleet.health.record.VmRecord.Probes;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import java.time.Instant;
import java.util.Optional;

/// Takes what was seen into what is remembered, without a judgement.
public final class RecordUpdates {
  private final Usage usage;

  public RecordUpdates(Usage usage) {
    this.usage = usage;
  }

  /// A heartbeat arrived. One that was seen before, or that an earlier boot sent, is no sign of
  /// life: Pub/Sub delivers messages twice and late.
  public VmRecord beat(VmRecord vm, Beat seen, ClockReading now) {
    Heartbeats before = vm.heartbeats();
    Pulse.Heartbeat beat = PlausibleBeats.bounded(seen.heartbeat(), vm.vm());
    if (isOvertaken(before, beat, seen.published())
        || !PlausibleBeats.mayBe(vm, beat, seen.published())) {
      return vm;
    }
    boolean sameBoot = sameBoot(before, beat);
    boolean failing = !beat.selfCheck().isEmpty();
    boolean failedBefore = sameBoot && before.failing();
    Heartbeats heart =
        new Heartbeats(
            Optional.of(beat),
            seen.published(),
            Optional.empty(),
            now.nanos(),
            now.cloud(),
            usage.nobody(beat) ? before.empty() + 1 : 0,
            failing,
            failing && !failedBefore ? now.nanos() : before.failingSince(),
            beat.draining() ? 0 : before.notDraining() + 1);
    VmRecord told = told(vm, heart).withSigns(vm.signs() + 1).withEnding(vm.ending().alive());
    // Its page cannot have answered before its agent was up. One that starts again and again gets
    // no more than that, or it would never be found broken.
    return before.last().isEmpty() ? told.withProbes(vm.probes().unfailed()) : told;
  }

  /// A heartbeat from before a sleep: it tells who was on the VM then, and proves no life since.
  public static VmRecord oldBeat(VmRecord vm, OldBeat seen) {
    Heartbeats before = vm.heartbeats();
    Pulse.Heartbeat beat = PlausibleBeats.bounded(seen.heartbeat(), vm.vm());
    if (isOvertaken(before, beat, seen.published())
        || !PlausibleBeats.mayBe(vm, beat, seen.published())) {
      return vm;
    }
    Heartbeats heart =
        new Heartbeats(
            Optional.of(beat),
            seen.published(),
            Optional.empty(),
            vm.baseline(),
            before.wall(),
            0,
            !beat.selfCheck().isEmpty(),
            vm.baseline(),
            0);
    return told(vm, heart);
  }

  /// From now on the VM signs what it says. What came in its name before may be anybody's: it must
  /// not make the VM's own next word look old.
  public static VmRecord enrolled(VmRecord vm) {
    Heartbeats before = vm.heartbeats();
    if (before.last().isEmpty()) {
      return vm;
    }
    return vm.withHeartbeats(
        new Heartbeats(
            before.last().map(PlausibleBeats::unnumbered),
            Instant.MIN,
            before.over(),
            before.at(),
            before.wall(),
            0,
            before.failing(),
            before.failingSince(),
            before.notDraining()));
  }

  /// Whether something later was heard already. Of one boot of the agent the sequence tells what is
  /// later, and of two the cloud's clock does.
  private static boolean isOvertaken(Heartbeats before, Pulse.Heartbeat beat, Instant published) {
    if (before.last().isEmpty()) {
      return before.over().filter(over -> isOvertakenBy(over, beat)).isPresent();
    }
    return sameBoot(before, beat)
        ? isOvertakenBy(before.last().get(), beat)
        : !published.isAfter(before.published());
  }

  private static boolean isOvertakenBy(Pulse.Heartbeat heard, Pulse.Heartbeat beat) {
    return heard.bootId().equals(beat.bootId()) && beat.sequence() <= heard.sequence();
  }

  private static boolean sameBoot(Heartbeats before, Pulse.Heartbeat beat) {
    return before.last().filter(old -> old.bootId().equals(beat.bootId())).isPresent();
  }

  /// A new start of the agent knows nothing of a drain that the old one accepted.
  private static VmRecord told(VmRecord vm, Heartbeats heart) {
    boolean newStart =
        vm.heartbeats().last().isPresent() && !sameBoot(vm.heartbeats(), heart.last().get());
    VmRecord next = vm.withHeartbeats(heart);
    return newStart ? next.withDrain(Optional.empty()) : next;
  }

  /// A probe came back.
  public static VmRecord probed(VmRecord vm, HealthProbe.Result result, ClockReading now) {
    Probes before = vm.probes();
    return switch (result) {
      case HealthProbe.Result.Answered answered ->
          vm.withSigns(vm.signs() + 1)
              .withEnding(vm.ending().alive())
              .withProbes(
                  new Probes(
                      false,
                      true,
                      before.askedAt(),
                      Optional.of(answered),
                      now.nanos(),
                      answered.ok() || before.good(),
                      0,
                      answered.ok() ? "" : "it says " + answered.status()));
      case HealthProbe.Result.Silent(String why) ->
          vm.withSigns(0)
              .withProbes(
                  new Probes(
                      false,
                      true,
                      before.askedAt(),
                      before.last(),
                      before.answeredAt(),
                      before.good(),
                      before.failed() + 1,
                      why));
    };
  }

  public static VmRecord probeSent(VmRecord vm, ClockReading now) {
    Probes before = vm.probes();
    return vm.withProbes(
        new Probes(
            true,
            true,
            now.nanos(),
            before.last(),
            before.answeredAt(),
            before.good(),
            before.failed(),
            before.why()));
  }

  /// Compute Engine described it. The same words again change nothing.
  public static VmRecord listed(VmRecord vm, Vm seen) {
    return seen.equals(vm.vm()) ? vm : vm.withVm(seen);
  }

  /// An answer counts only if it carries the id of the drain that goes on: it is the fence.
  public static VmRecord drainAnswered(VmRecord vm, Pulse.DrainAnswer answer) {
    Optional<Drain> drain = vm.drain().filter(asked -> asked.id().equals(answer.id()));
    if (drain.filter(Drain::unanswered).isEmpty()) {
      return vm;
    }
    Drain asked = drain.get();
    Optional<Drain> next =
        answer.accepted()
            ? Optional.of(
                new Drain(
                    asked.id(),
                    asked.force(),
                    asked.since(),
                    asked.sentAt(),
                    true,
                    answer.participants() == 0,
                    asked.reason(),
                    false))
            : Optional.empty();
    Heartbeats heart = vm.heartbeats();
    // What it said before it accepted does not tell that it takes people again.
    return vm.withDrain(next)
        .withHeartbeats(
            new Heartbeats(
                heart.last(),
                heart.published(),
                heart.over(),
                heart.at(),
                heart.wall(),
                answer.accepted() ? heart.empty() : 0,
                heart.failing(),
                heart.failingSince(),
                0));
  }

  /// Every timer starts again, and nothing that was counted counts.
  public static VmRecord rebased(VmRecord vm, ClockReading now) {
    Heartbeats heart = vm.heartbeats();
    return vm.withBaseline(now.nanos())
        .withSigns(0)
        .withHeartbeats(
            new Heartbeats(
                heart.last(),
                heart.published(),
                heart.over(),
                heart.at(),
                heart.wall(),
                0,
                heart.failing(),
                now.nanos(),
                0))
        .withProbes(vm.probes().unfailed());
  }

  /// The machine was switched off and on: nothing of its former life counts, and stragglers of it
  /// are ignored.
  public static VmRecord restarted(VmRecord vm, ClockReading now) {
    Heartbeats none = Heartbeats.NONE;
    // A machine that was only suspended goes on with the same boot, so its later beats do count.
    Optional<Pulse.Heartbeat> over = vm.heartbeats().last().or(vm.heartbeats()::over);
    return vm.withBaseline(now.nanos())
        .withReady(false)
        .withWitnessed(true)
        .withSigns(0)
        .withHeartbeats(
            new Heartbeats(
                none.last(), none.published(), over, none.at(), none.wall(), 0, false, 0, 0))
        .withProbes(Probes.NONE)
        .withDrain(Optional.empty())
        .withEnding(VmRecord.Ending.NONE);
  }
}
