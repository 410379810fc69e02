package dev.podium.fleet.health.ending;

import dev.podium.fleet.health.record.HealthAction.AskToEnd;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.health.record.VmRecord.Drain;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.text.DurationText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// What the fleet as a whole permits of the ends that single VMs ask for. It holds the throttle,
/// the breaker, the minimum, and the observer's calm. It remembers only when VMs ended for their
/// health; given the same past and the same requests it decides the same.
public class EndRules {
  private final HealthLimits.Ends limits;
  private final Deque<Counted> healthEnds = new ArrayDeque<>();

  public EndRules(HealthLimits limits) {
    this.limits = limits.ends();
  }

  private record Counted(String vmId, long at, Stage stage) {}

  private enum Stage {
    /// Permitted, and looked at once more. Until that is done no other may begin.
    WANTED,
    /// It was asked to drain.
    DRAINING,
    /// The cloud accepted it.
    ENDED
  }

  /// A VM that would end.
  public record Wanted(VmRecord vm, AskToEnd ask) {}

  /// The fleet, counted.
  ///
  /// @param size all VMs but those on their way out
  /// @param bad those that are UNREACHABLE, BROKEN or CONDEMNED, or silent
  /// @param working those that take people now, but for those that are asked to drain
  /// @param vmsToKeep how many of the working ones must stay
  public record Fleet(int size, int bad, int working, int vmsToKeep) {}

  /// @param held why not; empty if it may
  public record Decision(Wanted wanted, Optional<String> held) {}

  /// Whether so much of the fleet is bad that the fault is likelier elsewhere.
  public boolean tripped(Fleet fleet) {
    return fleet.bad() >= limits.breakerCount()
        && fleet.bad() >= limits.breakerShare() * fleet.size();
  }

  /// The sentence that the operator sees while the breaker holds.
  public Optional<String> banner(Fleet fleet) {
    return tripped(fleet)
        ? Optional.of(
            fleet.bad()
                + " of "
                + fleet.size()
                + " VMs are in trouble at once, so Podium removes none of them for its health: look"
                + " at the network, the image or the project first.")
        : Optional.empty();
  }

  /// Decides about every request, and counts those for health that it permits.
  ///
  /// @param trusted whether the console trusts its own sight
  public List<Decision> decide(List<Wanted> asks, Fleet fleet, boolean trusted, ClockReading now) {
    forget(now);
    List<Wanted> inOrder = new ArrayList<>(asks);
    inOrder.sort(
        Comparator.comparing((Wanted wanted) -> wanted.ask().end().forHealth())
            .thenComparing(wanted -> wanted.vm().vm().signs())
            .thenComparingLong(wanted -> turn(wanted, now))
            .thenComparing(wanted -> wanted.vm().vm().name()));
    List<Decision> decisions = new ArrayList<>();
    int removable = fleet.working() - fleet.vmsToKeep();
    for (Wanted wanted : inOrder) {
      Optional<String> held = held(wanted, fleet, trusted, removable, now);
      if (held.isEmpty()) {
        if (wanted.ask().end() == End.DRAIN_IDLE) {
          removable--;
        }
        if (wanted.ask().end().forHealth()) {
          Stage stage = wanted.ask().end().drains() ? Stage.DRAINING : Stage.WANTED;
          healthEnds.addLast(new Counted(wanted.vm().vm().id(), now.nanos(), stage));
        }
      }
      decisions.add(new Decision(wanted, held));
    }
    return decisions;
  }

  /// Who goes first, the smallest.
  private static long turn(Wanted wanted, ClockReading now) {
    if (!wanted.ask().end().forHealth()) {
      // The VM that was used last is the likeliest to be wanted again. Yet the youngest idle one
      // goes first, since long-lived VMs have shown that they work.
      return -wanted.vm().vm().created().toEpochMilli();
    }
    // Whoever has waited longest. The pauses let one through at a time, and one that only does not
    // hear must not wait for ever because others die meanwhile.
    long since = wanted.vm().drain().map(Drain::since).orElse(wanted.vm().entered());
    return -now.since(since);
  }

  /// An end that was permitted did not come to pass, so another VM may have its place.
  public void giveBack(String vmId) {
    healthEnds.removeIf(end -> end.vmId().equals(vmId) && end.stage() != Stage.ENDED);
  }

  /// A VM does not drain any more, and is there.
  public void drainOver(String vmId) {
    healthEnds.removeIf(end -> end.vmId().equals(vmId) && end.stage() == Stage.DRAINING);
  }

  private Optional<String> held(
      Wanted wanted, Fleet fleet, boolean trusted, int removable, ClockReading now) {
    End end = wanted.ask().end();
    Optional<String> kept = wanted.vm().vm().keptBy(now.cloud());
    if (kept.isPresent()) {
      return kept;
    }
    if (!trusted) {
      return Optional.of("this computer must first trust its own sight again");
    }
    if (end == End.DRAIN_IDLE && removable <= 0) {
      return Optional.of("the fleet keeps " + fleet.vmsToKeep() + " that work");
    }
    return end.forHealth() ? throttled(wanted.vm().vm().id(), fleet, now) : Optional.empty();
  }

  /// The cloud accepted a deletion for health: the pause begins now, however long the last look
  /// took. An end that another console brought about counts as well; other VMs do not.
  ///
  /// @param foreign whether another console did it
  public void ended(String vmId, boolean foreign, ClockReading now) {
    // One VM counts once, however often its deletion had to be tried, and from the last time on.
    boolean own =
        healthEnds.stream().anyMatch(end -> end.vmId().equals(vmId) && end.stage() != Stage.ENDED);
    if (own || foreign) {
      healthEnds.removeIf(end -> end.vmId().equals(vmId));
      healthEnds.addLast(new Counted(vmId, now.nanos(), Stage.ENDED));
    }
  }

  /// A VM is gone. One that ended for its health and was there again meanwhile counts from now on.
  /// Its deletion had to be tried once more, and nobody told.
  public void gone(Vm vm, ClockReading now) {
    giveBack(vm.id());
    boolean again = vm.state() != VmState.STOPPING;
    if (again && healthEnds.removeIf(end -> end.vmId().equals(vm.id()))) {
      healthEnds.addLast(new Counted(vm.id(), now.nanos(), Stage.ENDED));
    }
  }

  /// What the cloud has on record of VMs that ended for their health: the throttle counts them,
  /// whether this console was there or not.
  public void recall(List<HealthEnd> ended, ClockReading now) {
    for (HealthEnd end : ended) {
      boolean known =
          healthEnds.stream().anyMatch(one -> isEndOf(one, end.vmId()) && one.at() - end.at() >= 0);
      if (!known) {
        healthEnds.removeIf(one -> isEndOf(one, end.vmId()));
        healthEnds.addLast(new Counted(end.vmId(), end.at(), Stage.ENDED));
      }
    }
    forget(now);
  }

  private static boolean isEndOf(Counted one, String vmId) {
    return one.stage() == Stage.ENDED && one.vmId().equals(vmId);
  }

  /// Why a health deletion that was permitted may not be carried out after all: another console
  /// ended one meanwhile. Empty if it may.
  public Optional<String> objection(String vmId, Fleet fleet, ClockReading now) {
    List<Counted> own = healthEnds.stream().filter(end -> end.vmId().equals(vmId)).toList();
    healthEnds.removeAll(own);
    Optional<String> held = throttled(vmId, fleet, now);
    own.forEach(healthEnds::addLast);
    return held;
  }

  /// What the VM itself went through before its end does not count towards the share.
  private Optional<String> throttled(String vmId, Fleet fleet, ClockReading now) {
    if (tripped(fleet)) {
      return Optional.of("too much of the fleet is in trouble at once");
    }
    int most = Math.max(1, (int) (limits.share() * fleet.size()));
    long others = healthEnds.stream().filter(end -> !end.vmId().equals(vmId)).count();
    if (others >= most) {
      return Optional.of(
          "at most "
              + most
              + " may end for their health in "
              + DurationText.rounded(limits.window()));
    }
    boolean tooSoon =
        healthEnds.stream()
            .anyMatch(end -> end.stage() == Stage.WANTED || !now.past(end.at(), limits.every(), 1));
    return tooSoon
        ? Optional.of(
            "at most one may end for its health in " + DurationText.rounded(limits.every()))
        : Optional.empty();
  }

  private void forget(ClockReading now) {
    healthEnds.removeIf(
        end -> end.stage() != Stage.WANTED && now.past(end.at(), limits.window(), 1));
  }
}
