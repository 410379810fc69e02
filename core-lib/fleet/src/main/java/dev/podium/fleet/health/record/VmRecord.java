package dev.podium.fleet.health.record;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Verdict;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.AccessProblem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All that is remembered of one VM. Immutable: a step of the rules makes a new one, or returns the
/// same if nothing changed.
///
/// @param vm what Compute Engine said last
/// @param verdict the present state and why
/// @param entered when the state was entered, monotonic nanoseconds
/// @param baseline since when silence counts, monotonic nanoseconds
/// @param everReady whether it was ever well; if not, it is still booting
/// @param witnessed whether this console saw it come to be; one that it only found may be in use
///   although it was never heard
/// @param signs how many signs of life in a row since it fell silent
/// @param heartbeats what it said by itself
/// @param probes what it answered when it was asked
/// @param drain the drain that goes on, if one
/// @param ending the end that goes on
public record VmRecord(
    Vm vm,
    Verdict verdict,
    long entered,
    long baseline,
    boolean everReady,
    boolean witnessed,
    int signs,
    Heartbeats heartbeats,
    Probes probes,
    Optional<Drain> drain,
    Ending ending) {

  /// What the VM's heartbeats said.
  ///
  /// @param last the newest heartbeat
  /// @param published when the cloud took it, by the cloud's clock
  /// @param over the newest from before the machine was switched off, until one comes after it
  /// @param at when it arrived, monotonic nanoseconds; meaningless before the first
  /// @param wall the same by the wall clock
  /// @param empty how many heartbeats in a row said that nobody is on it
  /// @param failing whether its check of itself fails, and since `failingSince`
  /// @param notDraining how many heartbeats in a row said that it takes people
  public record Heartbeats(
      Optional<Pulse.Heartbeat> last,
      Instant published,
      Optional<Pulse.Heartbeat> over,
      long at,
      Instant wall,
      int empty,
      boolean failing,
      long failingSince,
      int notDraining) {
    public static final Heartbeats NONE =
        new Heartbeats(
            Optional.empty(), Instant.MIN, Optional.empty(), 0, Instant.EPOCH, 0, false, 0, 0);

    public Heartbeats withNotDraining(int count) {
      return new Heartbeats(last, published, over, at, wall, empty, failing, failingSince, count);
    }
  }

  /// What came of the probes that were sent to it.
  ///
  /// @param inFlight whether a probe is on its way
  /// @param asked whether one was ever sent, last at `askedAt`
  /// @param last the newest answer, which came at `answeredAt`
  /// @param good whether an answer ever said that the VM is well
  /// @param failed how many failed in a row
  /// @param why what the last failure was
  public record Probes(
      boolean inFlight,
      boolean asked,
      long askedAt,
      Optional<HealthProbe.Result.Answered> last,
      long answeredAt,
      boolean good,
      int failed,
      String why) {
    public static final Probes NONE =
        new Probes(false, false, 0, Optional.empty(), 0, false, 0, "");

    /// What failed until now tells nothing: the VM was not up yet, or the console not awake.
    Probes unfailed() {
      return new Probes(inFlight, asked, askedAt, last, answeredAt, good, 0, "");
    }
  }

  /// A drain that was sent.
  ///
  /// @param id its fencing token
  /// @param since when it was first sent, or called off, and `sentAt` when either was sent last;
  ///   monotonic nanoseconds
  /// @param accepted whether the agent said that it takes nobody any more
  /// @param emptyAnswer whether it said so with nobody on it
  /// @param reason why it ends
  /// @param cancelled whether it was called off; remembered until the VM takes people again, since
  ///   only this id opens its door
  public record Drain(
      String id,
      boolean force,
      long since,
      long sentAt,
      boolean accepted,
      boolean emptyAnswer,
      String reason,
      boolean cancelled) {
    /// Whether it is asked for, and not answered yet.
    public boolean unanswered() {
      return !accepted && !cancelled;
    }

    /// The same, as if it began now.
    public Drain begun(ClockReading now) {
      return new Drain(id, force, now.nanos(), sentAt, accepted, emptyAnswer, reason, cancelled);
    }

    /// The same, sent again or called off.
    public Drain sent(ClockReading now, boolean back) {
      boolean holds = !back && accepted;
      long first = back == cancelled ? since : now.nanos();
      return new Drain(id, force, first, now.nanos(), holds, holds && emptyAnswer, reason, back);
    }
  }

  /// @param underWay whether the last look or the deletion is under way
  /// @param notBefore no other attempt before this moment, if `waits`
  /// @param givenUp whether the VM was given up for dead once, so that the operator has had the
  ///   time to say otherwise; forgotten at a sign of life
  public record Ending(boolean underWay, boolean waits, long notBefore, boolean givenUp) {
    public static final Ending NONE = new Ending(false, false, 0, false);

    public Ending begun(boolean forDead) {
      return new Ending(true, false, 0, givenUp || forDead);
    }

    /// It gave a sign of life.
    Ending alive() {
      return givenUp ? new Ending(underWay, waits, notBefore, false) : this;
    }

    public Ending later(long moment) {
      return new Ending(false, true, moment, givenUp);
    }

    public boolean free(ClockReading now) {
      return !underWay && (!waits || now.since(notBefore) >= 0);
    }
  }

  /// A VM that was just found.
  public static VmRecord found(
      Vm vm, boolean witnessed, Health health, String reason, ClockReading now) {
    return new VmRecord(
        vm,
        new Verdict(health, reason, now.cloud(), List.of()),
        now.nanos(),
        now.nanos(),
        false,
        witnessed,
        0,
        Heartbeats.NONE,
        Probes.NONE,
        Optional.empty(),
        Ending.NONE);
  }

  /// The present state.
  public Health health() {
    return verdict.health();
  }

  /// When a heartbeat that counts last came, or since when silence counts.
  public long lastBeat() {
    return heartbeats.last().isPresent() ? later(heartbeats.at(), baseline) : baseline;
  }

  /// When a heartbeat or an answer to a probe that counts last came.
  public long lastSign() {
    return probes.last().isPresent() ? later(probes.answeredAt(), lastBeat()) : lastBeat();
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }

  /// Whether neither a heartbeat nor an answer to a probe ever came.
  public boolean unheard() {
    return heartbeats.last().isEmpty() && probes.last().isEmpty();
  }

  private boolean probeIsNewer() {
    return probes.last().isPresent()
        && (heartbeats.last().isEmpty() || probes.answeredAt() - heartbeats.at() > 0);
  }

  /// What its probe answered after its newest heartbeat; empty if that is newer.
  public Optional<HealthProbe.Result.Answered> answeredSince() {
    return probes.last().filter(_ -> probeIsNewer());
  }

  /// Whether the agent that answered is the one that sent the newest heartbeat, if there was one.
  public boolean isOfPresentBoot(HealthProbe.Result.Answered answer) {
    return heartbeats.last().map(beat -> beat.bootId().equals(answer.bootId())).orElse(true);
  }

  /// Why Pub/Sub does not let it in, where its present agent said so when it was asked last, and
  /// only a person can mend that.
  public Optional<AccessProblem> accessProblem() {
    return probes.failed() > 0
        ? Optional.empty()
        : probes.last().filter(this::isOfPresentBoot).flatMap(HealthProbe.Result.Answered::access);
  }

  /// Whether it never was ready, for such a reason. Its page answers and its heartbeats cannot
  /// come: their absence says nothing more.
  public boolean shutOut() {
    return !everReady && accessProblem().isPresent();
  }

  /// When the newest word of its use came, monotonic nanoseconds; meaningless if it is unheard.
  long toldAt() {
    return probeIsNewer() ? probes.answeredAt() : heartbeats.at();
  }

  /// People on it by its newest word, heartbeat or probe; 0 before the first.
  public int participants() {
    return probeIsNewer()
        ? probes.last().get().participants()
        : heartbeats.last().map(Pulse.Heartbeat::participants).orElse(0);
  }

  /// Seconds without an act of a person, by the VM's own clock; 0 before its first word.
  public long idleSeconds() {
    return probeIsNewer()
        ? probes.last().get().idleSeconds()
        : heartbeats.last().map(Pulse.Heartbeat::idleSeconds).orElse(0L);
  }

  public VmRecord withVm(Vm seen) {
    return new VmRecord(
        seen,
        verdict,
        entered,
        baseline,
        everReady,
        witnessed,
        signs,
        heartbeats,
        probes,
        drain,
        ending);
  }

  public VmRecord withVerdict(Verdict next, long at) {
    return new VmRecord(
        vm, next, at, baseline, everReady, witnessed, signs, heartbeats, probes, drain, ending);
  }

  VmRecord withBaseline(long at) {
    return new VmRecord(
        vm, verdict, entered, at, everReady, witnessed, signs, heartbeats, probes, drain, ending);
  }

  public VmRecord withReady(boolean ready) {
    return new VmRecord(
        vm, verdict, entered, baseline, ready, witnessed, signs, heartbeats, probes, drain, ending);
  }

  VmRecord withWitnessed(boolean seen) {
    return new VmRecord(
        vm, verdict, entered, baseline, everReady, seen, signs, heartbeats, probes, drain, ending);
  }

  public VmRecord withSigns(int count) {
    return new VmRecord(
        vm,
        verdict,
        entered,
        baseline,
        everReady,
        witnessed,
        count,
        heartbeats,
        probes,
        drain,
        ending);
  }

  public VmRecord withHeartbeats(Heartbeats next) {
    return new VmRecord(
        vm, verdict, entered, baseline, everReady, witnessed, signs, next, probes, drain, ending);
  }

  VmRecord withProbes(Probes next) {
    return new VmRecord(
        vm,
        verdict,
        entered,
        baseline,
        everReady,
        witnessed,
        signs,
        heartbeats,
        next,
        drain,
        ending);
  }

  public VmRecord withDrain(Optional<Drain> next) {
    return new VmRecord(
        vm,
        verdict,
        entered,
        baseline,
        everReady,
        witnessed,
        signs,
        heartbeats,
        probes,
        next,
        ending);
  }

  public VmRecord withEnding(Ending next) {
    return new VmRecord(
        vm,
        verdict,
        entered,
        baseline,
        everReady,
        witnessed,
        signs,
        heartbeats,
        probes,
        drain,
        next);
  }
}
