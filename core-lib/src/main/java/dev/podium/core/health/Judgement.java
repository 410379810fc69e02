package dev.podium.core.health;

import dev.podium.core.chat.Pulse;
import dev.podium.core.event.FleetEvent.Level;
import dev.podium.core.health.Action.End;
import dev.podium.core.health.VmRecord.Drain;
import dev.podium.core.health.VmRecord.Ending;
import dev.podium.core.model.Health;
import dev.podium.core.model.Labels;
import dev.podium.core.model.Verdict;
import dev.podium.core.model.VmState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One judgement of one VM's record: which state it is in now, and what that asks for. Lives for
/// one step.
///
/// Two places where the states' table leaves a choice: a VM whose heartbeats are gone but which
/// answers its probe stays SUSPECT and gets no worse, since going back to HEALTHY at each probe
/// would only flicker; and a new VM that sends heartbeats but never answers a probe is BROKEN after
/// the boot's limit, unless people are on it, who then know better than the console.
final class Judgement {
  private final HealthLimits limits;
  private final Facts facts;
  private final int factor;
  private final Moment now;
  private final List<Action> actions = new ArrayList<>(2);

  Judgement(HealthLimits limits, Facts facts, int factor, Moment now) {
    this.limits = limits;
    this.facts = facts;
    this.factor = factor;
    this.now = now;
  }

  HealthRules.Step of(VmRecord vm) {
    VmRecord judged = judge(vm);
    if (wantsProbe(judged)) {
      actions.add(new Action.SendProbe());
      judged = facts.probeSent(judged, now);
    }
    return new HealthRules.Step(judged, actions);
  }

  void act(Action action) {
    actions.add(action);
  }

  void say(Level level, String sentence) {
    actions.add(new Action.Tell(level, sentence));
  }

  private VmRecord judge(VmRecord vm) {
    if (vm.health() == Health.DELETING) {
      return vm;
    }
    if (off(vm.vm().state())) {
      return stopped(vm);
    }
    return switch (vm.health()) {
      case STARTING -> starting(vm);
      case HEALTHY, IDLE -> silent(vm) ? suspect(vm) : alive(vm);
      case SUSPECT -> suspected(vm);
      case UNREACHABLE -> unreachable(vm);
      case BROKEN -> broken(vm);
      case DRAINING -> silent(vm) ? suspect(vm) : draining(vm);
      case CONDEMNED -> condemned(vm);
      case TERMINATED ->
          enter(facts.restarted(vm, now), Health.STARTING, "starting: switched on again");
      case UNKNOWN -> unknown(vm);
      case DELETING -> vm;
    };
  }

  private VmRecord starting(VmRecord vm) {
    Optional<Pulse.Heartbeat> beat = vm.heart().last().filter(Pulse.Heartbeat::ready);
    boolean heard = beat.isPresent() && heardSinceBaseline(vm);
    boolean used = heard && !facts.nobody(beat.get()) && beat.get().participants() > 0;
    if (heard && (vm.answers().good() || used)) {
      return alive(vm.withReady(true));
    }
    if (!now.past(vm.baseline(), limits.silence().boot(), factor)) {
      String waits =
          heard
              ? "starting: its page does not answer yet"
              : "starting: it catches up with what was said before";
      return vm.heart().last().isPresent() ? reworded(vm, waits) : vm;
    }
    String span = Words.spanNanos(now.since(vm.baseline()));
    if (heard) {
      return enter(
          vm,
          Health.BROKEN,
          "broken: heartbeats arrive, but its page has not answered for "
              + span
              + "; does a firewall close its port?");
    }
    if (vm.answers().good()) {
      return suspect(vm);
    }
    return enter(
        vm, Health.CONDEMNED, "condemned: it never became ready, " + span + " after its start");
  }

  /// A VM that is heard of: which of HEALTHY, IDLE, BROKEN, DRAINING it is.
  private VmRecord alive(VmRecord vm) {
    if (vm.heart().last().isEmpty()) {
      return vm;
    }
    Pulse.Heartbeat beat = vm.heart().last().get();
    if (vm.drain().filter(Drain::accepted).isPresent()
        || (beat.draining() && vm.drain().isEmpty())) {
      return drainBegins(vm);
    }
    if (vm.heart().failing()
        && now.past(vm.heart().failingSince(), limits.silence().broken(), factor)) {
      return enter(vm, Health.BROKEN, "broken: " + Sentences.failingChecks(vm));
    }
    if (vm.heart().empty() >= limits.use().emptyHeartbeats()) {
      return idle(vm, beat);
    }
    if (!facts.nobody(beat)) {
      return inUse(vm, beat);
    }
    return vm.health() == Health.IDLE
        ? vm
        : enter(vm, Health.HEALTHY, "kept: nobody on it, but not for long");
  }

  private VmRecord inUse(VmRecord vm, Pulse.Heartbeat beat) {
    String reason = Sentences.inUse(beat);
    VmRecord free = vm;
    if (vm.drain().isPresent() && !vm.drain().get().force()) {
      act(new Action.CancelDrain(vm.drain().get().id()));
      free = vm.withDrain(Optional.empty());
    } else if (vm.drain().isPresent()) {
      free = resent(vm, vm.drain().get());
    }
    return free.health() == Health.HEALTHY
        ? reworded(free, reason)
        : enter(free, Health.HEALTHY, reason);
  }

  private VmRecord idle(VmRecord vm, Pulse.Heartbeat beat) {
    if (vm.health() != Health.IDLE) {
      return enter(vm, Health.IDLE, "idle: nobody for " + Words.seconds(beat.idleSeconds()));
    }
    if (vm.drain().isPresent()) {
      return resent(vm, vm.drain().get());
    }
    long idle = beat.idleSeconds();
    boolean due =
        idle >= limits.use().idle().toSeconds() * factor
            && (idle >= limits.use().minimumAge().toSeconds()
                || now.past(vm.baseline(), limits.use().minimumAge(), factor));
    if (due) {
      ask(vm, End.DRAIN_IDLE, "nobody for " + Words.seconds(idle));
    }
    return vm;
  }

  private VmRecord resent(VmRecord vm, Drain drain) {
    if (!now.past(drain.sentAt(), limits.use().drainAnswer(), 1)) {
      return vm;
    }
    act(new Action.SendDrain(drain.id(), drain.force()));
    return vm.withDrain(
        Optional.of(
            new Drain(
                drain.id(),
                drain.force(),
                now.nanos(),
                drain.accepted(),
                drain.emptyAnswer(),
                drain.reason())));
  }

  private VmRecord drainBegins(VmRecord vm) {
    String reason =
        vm.drain()
            .map(drain -> "draining: " + drain.reason() + "; it takes nobody any more")
            .orElse("draining: another console drains it");
    return draining(enter(vm, Health.DRAINING, reason));
  }

  private VmRecord draining(VmRecord vm) {
    if (vm.heart().notDraining() >= 2) {
      VmRecord taken = vm.withDrain(Optional.empty()).withEnding(later());
      return enter(taken, Health.HEALTHY, "kept: it takes people again");
    }
    if (vm.drain().isEmpty()) {
      if (now.past(vm.entered(), limits.use().drainRetry(), factor)) {
        ask(vm, End.DRAIN_ADOPTED, "another console's drain was left half-done");
      }
      return vm;
    }
    Drain drain = vm.drain().get();
    if (!drain.accepted()) {
      return resent(vm, drain);
    }
    if (drain.emptyAnswer() || saysDrainedAndEmpty(vm)) {
      ask(vm, End.DELETE_DRAINED, "destroyed: " + drain.reason());
      return vm;
    }
    return reworded(
        vm, "draining: " + drain.reason() + "; " + Words.people(vm.participants()) + " to move on");
  }

  private static boolean saysDrainedAndEmpty(VmRecord vm) {
    return vm.heart()
        .last()
        .filter(beat -> beat.draining() && beat.participants() == 0)
        .isPresent();
  }

  private VmRecord suspect(VmRecord vm) {
    String reason = "suspect: " + Sentences.noHeartbeat(vm, now);
    return enter(vm, Health.SUSPECT, reason).withSigns(0);
  }

  private VmRecord suspected(VmRecord vm) {
    if (!silent(vm)) {
      return alive(vm.withReady(true));
    }
    if (now.past(vm.lastSign(), limits.silence().unreachable(), factor)
        && vm.answers().failed() >= limits.silence().failedProbes()) {
      String reason =
          "unreachable: " + Sentences.noHeartbeat(vm, now) + ", " + Sentences.probes(vm);
      return enter(vm, Health.UNREACHABLE, reason).withSigns(0);
    }
    return vm.signs() > 0
        ? reworded(vm, "suspect: it answers its probe, but its heartbeat does not arrive")
        : vm;
  }

  private VmRecord unreachable(VmRecord vm) {
    if (vm.signs() >= limits.silence().signsToReturn()) {
      return back(vm);
    }
    boolean gone = now.past(vm.lastSign(), limits.silence().condemned(), factor);
    if (!gone || vm.vm().state() != VmState.RUNNING) {
      return vm;
    }
    String reason = "condemned: " + Sentences.disuse(vm, now) + ", " + Sentences.silence(vm, now);
    if (facts.lastKnownInUse(vm)) {
      say(
          Level.WARNING,
          Words.people(vm.participants())
              + " were on it when it fell silent; it is kept for "
              + Words.span(limits.use().condemnedInUse())
              + " unless you destroy it");
    }
    return enter(vm, Health.CONDEMNED, reason);
  }

  private VmRecord condemned(VmRecord vm) {
    if (vm.signs() >= limits.silence().signsToReturn()) {
      return back(vm);
    }
    boolean waits =
        facts.lastKnownInUse(vm) && !now.past(vm.entered(), limits.use().condemnedInUse(), factor);
    if (vm.signs() == 0 && !waits && vm.vm().state() == VmState.RUNNING) {
      String boot =
          vm.everReady()
              ? Sentences.disuse(vm, now) + ", " + Sentences.silence(vm, now)
              : "it never became ready, " + Sentences.silence(vm, now);
      ask(vm, End.DELETE_DEAD, "destroyed: " + boot);
    }
    return vm;
  }

  /// Signs of life came back.
  private VmRecord back(VmRecord vm) {
    VmRecord free = vm.withEnding(Ending.NONE);
    if (!vm.everReady()) {
      return enter(facts.rebased(free, now), Health.STARTING, "starting: it gave a sign of life");
    }
    return silent(free) ? suspect(free) : alive(free);
  }

  private VmRecord broken(VmRecord vm) {
    if (silent(vm)) {
      return suspect(vm);
    }
    if (vm.drain().filter(Drain::accepted).isPresent()) {
      return drainBegins(vm);
    }
    boolean pageFails = !vm.everReady() && !vm.answers().good();
    if (!vm.heart().failing() && !pageFails) {
      return alive(vm.withReady(true));
    }
    if (vm.heart().empty() < limits.use().emptyHeartbeats()) {
      return vm.participants() == 0
          ? vm
          : reworded(
              vm,
              (pageFails
                      ? "broken: its page does not answer"
                      : "broken: " + Sentences.failingChecks(vm))
                  + "; "
                  + Words.people(vm.participants())
                  + " on it, so only the operator ends it");
    }
    if (vm.drain().isPresent()) {
      return resent(vm, vm.drain().get());
    }
    ask(vm, End.DRAIN_BROKEN, vm.verdict().reason());
    return vm;
  }

  private VmRecord stopped(VmRecord vm) {
    String word = "Compute Engine says " + vm.vm().state().name();
    if (vm.health() != Health.TERMINATED) {
      boolean claimed =
          vm.vm().state() == VmState.STOPPING && vm.vm().labels().containsKey(Labels.CLAIM);
      String who = vm.ending().going() ? "destroyed: as decided" : "destroyed by another console";
      return claimed
          ? enter(vm, Health.DELETING, who)
          : enter(vm, Health.TERMINATED, "terminated: " + word);
    }
    if (now.past(later(vm.entered(), vm.baseline()), limits.silence().stopped(), factor)) {
      String span = Words.spanNanos(now.since(vm.entered()));
      ask(vm, End.DELETE_STOPPED, "destroyed: " + word + " for " + span);
    }
    return vm;
  }

  private VmRecord unknown(VmRecord vm) {
    if (vm.heart().last().isPresent() && heardSinceBaseline(vm)) {
      return vm.heart().last().get().ready()
          ? alive(vm.withReady(true))
          : enter(vm, Health.STARTING, "starting: it catches up with what was said before");
    }
    if (factor > 1 || !now.past(vm.baseline(), limits.silence().suspect(), 1)) {
      return vm;
    }
    return vm.everReady()
        ? suspect(vm)
        : enter(vm, Health.STARTING, "starting: no sign of life yet");
  }

  /// Remembers why its end is held back, in the words that an operator sees.
  static VmRecord held(VmRecord vm, String why) {
    String reason = vm.verdict().reason();
    int old = reason.indexOf("; not ended: ");
    return reworded(vm, (old < 0 ? reason : reason.substring(0, old)) + "; not ended: " + why);
  }

  private void ask(VmRecord vm, End end, String reason) {
    if (vm.ending().free(now)) {
      act(new Action.AskToEnd(end, reason));
    }
  }

  private boolean silent(VmRecord vm) {
    return now.past(vm.lastBeat(), limits.silence().suspect(), factor);
  }

  private static boolean heardSinceBaseline(VmRecord vm) {
    return vm.heart().at() - vm.baseline() > 0;
  }

  private static boolean off(VmState state) {
    return switch (state) {
      case STOPPING, TERMINATED, SUSPENDING, SUSPENDED -> true;
      case PROVISIONING, STAGING, RUNNING, REPAIRING, UNKNOWN -> false;
    };
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }

  private Ending later() {
    return new Ending(false, true, now.nanos() + limits.use().drainRetry().toNanos());
  }

  /// Probes are for VMs that are new, late or in doubt; a healthy fleet is not probed at all.
  private boolean wantsProbe(VmRecord vm) {
    if (vm.answers().inFlight()
        || vm.vm().state() != VmState.RUNNING
        || vm.vm().address().isEmpty()) {
      return false;
    }
    boolean wanted =
        switch (vm.health()) {
          case STARTING, SUSPECT, UNREACHABLE, CONDEMNED -> true;
          case UNKNOWN, HEALTHY, IDLE, DRAINING ->
              now.past(vm.lastBeat(), limits.silence().late(), 1);
          case BROKEN -> !vm.everReady();
          case DELETING, TERMINATED -> false;
        };
    return wanted
        && (!vm.answers().asked()
            || now.past(vm.answers().askedAt(), limits.watching().probe(), 1));
  }

  VmRecord enter(VmRecord vm, Health health, String reason) {
    return vm.health() == health ? reworded(vm, reason) : entered(vm, health, reason, now);
  }

  static VmRecord entered(VmRecord vm, Health health, String reason, Moment now) {
    return vm.withVerdict(
        new Verdict(health, reason, now.wall(), Sentences.evidence(vm, now)), now.nanos());
  }

  private static VmRecord reworded(VmRecord vm, String reason) {
    Verdict old = vm.verdict();
    return old.reason().equals(reason)
        ? vm
        : vm.withVerdict(
            new Verdict(old.health(), reason, old.since(), old.evidence()), vm.entered());
  }
}
