package dev.podium.core.health;

import dev.podium.core.health.Action.AskToEnd;
import dev.podium.core.health.Action.End;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// What the fleet as a whole permits of the ends that the rules for single VMs ask for: the
/// throttle, the breaker, the minimum, and the observer's calm. It remembers only when VMs ended
/// for their health; given the same past and the same requests it decides the same.
public final class EndRules {
  private final HealthLimits.Ends limits;
  private final Deque<HealthEnd> healthEnds = new ArrayDeque<>();

  public EndRules(HealthLimits limits) {
    this.limits = limits.ends();
  }

  private record HealthEnd(String vmId, long at) {}

  /// A VM that would end.
  public record Wanted(VmRecord vm, AskToEnd ask) {}

  /// The fleet, counted.
  ///
  /// @param size all VMs but those on their way out
  /// @param bad those that are UNREACHABLE, BROKEN or CONDEMNED, or silent
  /// @param minimum how many the policy keeps
  /// @param leaving how many drains have been permitted and are under way
  public record Fleet(int size, int bad, int minimum, int leaving) {}

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
  /// @param trusted whether the observer trusts itself; see [ObserverRules.State#trusted]
  public List<Decision> decide(List<Wanted> asks, Fleet fleet, boolean trusted, Moment now) {
    forget(now);
    List<Wanted> inOrder = new ArrayList<>(asks);
    // The VM that was used last is the likeliest to be wanted again, yet the youngest idle one goes
    // first: long-lived VMs have shown that they work.
    inOrder.sort(
        Comparator.comparing((Wanted wanted) -> wanted.ask().end())
            .thenComparing(wanted -> wanted.vm().vm().created(), Comparator.reverseOrder())
            .thenComparing(wanted -> wanted.vm().vm().name()));
    List<Decision> decisions = new ArrayList<>();
    int removable = fleet.size() - fleet.leaving() - fleet.minimum();
    for (Wanted wanted : inOrder) {
      Optional<String> held = held(wanted, fleet, trusted, removable, now);
      if (held.isEmpty()) {
        if (wanted.ask().end() == End.DRAIN_IDLE) {
          removable--;
        }
        if (wanted.ask().end().forHealth()) {
          healthEnds.addLast(new HealthEnd(wanted.vm().vm().id(), now.nanos()));
        }
      }
      decisions.add(new Decision(wanted, held));
    }
    return decisions;
  }

  /// An end that was permitted did not come to pass, so another VM may have its place.
  public void giveBack(String vmId) {
    healthEnds.removeIf(end -> end.vmId().equals(vmId));
  }

  private Optional<String> held(
      Wanted wanted, Fleet fleet, boolean trusted, int removable, Moment now) {
    End end = wanted.ask().end();
    if (wanted.vm().vm().pinned()) {
      return Optional.of("it is pinned");
    }
    if (!trusted) {
      return Optional.of("this computer must first trust its own sight again");
    }
    if (end == End.DRAIN_IDLE && removable <= 0) {
      return Optional.of("the fleet keeps at least " + fleet.minimum());
    }
    return end.forHealth() ? throttled(fleet, now) : Optional.empty();
  }

  private Optional<String> throttled(Fleet fleet, Moment now) {
    if (tripped(fleet)) {
      return Optional.of("too much of the fleet is in trouble at once");
    }
    int most = Math.max(1, (int) (limits.share() * fleet.size()));
    if (healthEnds.size() >= most) {
      return Optional.of(
          "at most " + most + " may end for their health in " + Words.span(limits.window()));
    }
    boolean tooSoon =
        !healthEnds.isEmpty() && !now.past(healthEnds.getLast().at(), limits.every(), 1);
    return tooSoon
        ? Optional.of("at most one may end for its health in " + Words.span(limits.every()))
        : Optional.empty();
  }

  private void forget(Moment now) {
    while (!healthEnds.isEmpty() && now.past(healthEnds.getFirst().at(), limits.window(), 1)) {
      healthEnds.removeFirst();
    }
  }
}
