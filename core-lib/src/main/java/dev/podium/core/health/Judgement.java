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
  private static final String NOT_ENDED = "; not ended: ";
  private static final String NEVER_CAUGHT_UP =
      "broken: heartbeats arrive, but it never caught up with what was said before";

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
      return deleting(vm);
    }
    if (off(vm.vm().state())) {
      return stopped(vm);
    }
    return running(takenBack(vm));
  }

  private VmRecord running(VmRecord vm) {
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

  /// The cloud took the deletion and yet the machine is there: it is a VM like any other again.
  private VmRecord deleting(VmRecord vm) {
    boolean there = vm.vm().state() != VmState.STOPPING;
    return there && now.past(vm.entered(), limits.silence().stopped(), factor)
        ? enter(
            facts.rebased(vm.withEnding(Ending.NONE), now),
            Health.UNKNOWN,
            "unknown: its deletion was accepted, but Compute Engine still says "
                + vm.vm().state().name())
        : vm;
  }

  /// A pin calls a drain off. The drain is forgotten only when the VM takes people again, and
  /// called off again until then: the message can be lost.
  private VmRecord takenBack(VmRecord vm) {
    if (vm.drain().isEmpty()) {
      return vm;
    }
    Drain drain = vm.drain().get();
    if (drain.takenBack()) {
      return vm.heart().notDraining() >= 2 ? vm.withDrain(Optional.empty()) : resent(vm, drain);
    }
    if (!vm.vm().pinned()) {
      return vm;
    }
    act(new Action.CancelDrain(drain.id()));
    say(Level.INFO, "kept: it was pinned, so its drain is called off");
    return vm.withDrain(Optional.of(drain.sent(now, true)))
        .withHeart(vm.heart().withNotDraining(0));
  }

  /// Whether a new VM is at work: it caught up, and its page answers or people are on it.
  private boolean atWork(VmRecord vm) {
    Optional<Pulse.Heartbeat> beat = vm.heart().last().filter(Pulse.Heartbeat::ready);
    boolean used = beat.filter(last -> !facts.nobody(last) && last.participants() > 0).isPresent();
    return beat.isPresent() && (vm.answers().good() || used);
  }

  private VmRecord starting(VmRecord vm) {
    boolean beats = vm.heart().last().isPresent() && heardSinceBaseline(vm);
    boolean heard = beats && vm.heart().last().get().ready();
    if (beats && atWork(vm)) {
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
    if (beats && !silent(vm)) {
      return enter(vm, Health.BROKEN, NEVER_CAUGHT_UP);
    }
    if (vm.answers().good()) {
      return suspect(vm);
    }
    warnIfInUse(vm);
    return enter(
        vm,
        Health.CONDEMNED,
        vm.witnessed()
            ? "condemned: it never became ready, " + span + " after its start"
            : "condemned: never heard of in " + span + ", " + Sentences.disuse(vm, now));
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
    if (vm.drain().filter(drain -> !drain.force() && !drain.takenBack()).isPresent()) {
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
    String reason = "idle: nobody for " + Words.coarse(beat.idleSeconds());
    if (vm.health() != Health.IDLE) {
      return enter(vm, Health.IDLE, reason);
    }
    return idleOn(refreshed(vm, reason), beat);
  }

  private VmRecord idleOn(VmRecord vm, Pulse.Heartbeat beat) {
    if (vm.drain().isPresent()) {
      return unanswered(vm, vm.drain().get());
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

  /// A drain that nobody answers: sent again, and in the end the VM goes without one, if nobody is
  /// on it.
  private VmRecord unanswered(VmRecord vm, Drain drain) {
    boolean deaf =
        !drain.takenBack()
            && vm.heart().empty() >= limits.use().emptyHeartbeats()
            && vm.participants() == 0
            && now.past(drain.since(), limits.silence().condemned(), factor);
    if (deaf) {
      String span = Words.spanNanos(now.since(drain.since()));
      ask(
          vm,
          End.DELETE_DEAF,
          "destroyed: " + Sentences.disuse(vm, now) + ", no answer to its drain for " + span);
    }
    return resent(vm, drain);
  }

  private VmRecord resent(VmRecord vm, Drain drain) {
    if (!now.past(drain.sentAt(), limits.use().drainAnswer(), 1)) {
      return vm;
    }
    act(
        drain.takenBack()
            ? new Action.CancelDrain(drain.id())
            : new Action.SendDrain(drain.id(), drain.force()));
    return vm.withDrain(Optional.of(drain.sent(now, drain.takenBack())));
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
      return unanswered(vm, drain);
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
      return vm.everReady() || atWork(vm)
          ? alive(vm.withReady(true))
          : enter(vm, Health.STARTING, "starting: it gave a sign of life");
    }
    if (now.past(vm.lastSign(), limits.silence().unreachable(), factor)
        && vm.answers().failed() >= limits.silence().failedProbes()) {
      String reason =
          "unreachable: " + Sentences.noHeartbeat(vm, now) + ", " + Sentences.probes(vm);
      return enter(vm, Health.UNREACHABLE, reason).withSigns(0);
    }
    if (facts.probeSaysNobodyFor(vm, limits.use().idle().multipliedBy(factor))) {
      ask(
          vm,
          End.DELETE_DEAF,
          "destroyed: " + Sentences.disuse(vm, now) + ", " + Sentences.noHeartbeat(vm, now));
    }
    if (vm.signs() > 0) {
      return refreshed(vm, "suspect: it answers its probe, but its heartbeat does not arrive");
    }
    return vm.answers().failed() > 0
        ? reworded(vm, "suspect: no heartbeat, and no answer to its probe")
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
    warnIfInUse(vm);
    return enter(vm, Health.CONDEMNED, reason);
  }

  private void warnIfInUse(VmRecord vm) {
    if (facts.lastKnownInUse(vm)) {
      say(
          Level.WARNING,
          Sentences.lastUse(vm)
              + "; it is kept for "
              + Words.span(limits.use().condemnedInUse())
              + " unless you destroy it");
    }
  }

  private VmRecord condemned(VmRecord vm) {
    if (vm.signs() >= limits.silence().signsToReturn()) {
      return back(vm);
    }
    boolean waits =
        facts.lastKnownInUse(vm) && !now.past(vm.entered(), limits.use().condemnedInUse(), factor);
    if (vm.signs() == 0 && !waits && vm.vm().state() == VmState.RUNNING) {
      String boot =
          vm.everReady() || !vm.witnessed()
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
    if (!vm.heart().failing() && (vm.everReady() || atWork(vm))) {
      return alive(vm.withReady(true));
    }
    if (vm.heart().empty() < limits.use().emptyHeartbeats()) {
      return vm.participants() == 0
          ? vm
          : reworded(
              vm,
              brokenBecause(vm)
                  + "; "
                  + Words.people(vm.participants())
                  + " on it, so only the operator ends it");
    }
    if (vm.drain().isPresent()) {
      return unanswered(vm, vm.drain().get());
    }
    ask(vm, End.DRAIN_BROKEN, brokenBecause(vm));
    return vm;
  }

  private static String brokenBecause(VmRecord vm) {
    if (vm.heart().failing()) {
      return "broken: " + Sentences.failingChecks(vm);
    }
    return vm.heart().last().filter(Pulse.Heartbeat::ready).isPresent()
        ? "broken: its page does not answer"
        : NEVER_CAUGHT_UP;
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
    int old = reason.indexOf(NOT_ENDED);
    return reworded(vm, (old < 0 ? reason : reason.substring(0, old)) + NOT_ENDED + why);
  }

  /// Says it anew and keeps why its end is held back, so that the sentence does not flicker.
  private static VmRecord refreshed(VmRecord vm, String reason) {
    String said = vm.verdict().reason();
    int old = said.indexOf(NOT_ENDED);
    return reworded(vm, reason + (old < 0 ? "" : said.substring(old)));
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

  static boolean off(VmState state) {
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
