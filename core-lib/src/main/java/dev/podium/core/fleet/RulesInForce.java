package dev.podium.core.fleet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// The rules by which a fleet is run at present, and the only way to others. May be used from any
/// thread.
public final class RulesInForce {
  private final AtomicReference<FleetRules> rules;
  private final Consumer<FleetRules> keep;

  /// @param first in force from the start
  /// @param keep saves rules, so that the next start has them; blocks; what it throws leaves the
  ///   rules as they were
  public RulesInForce(FleetRules first, Consumer<FleetRules> keep) {
    this.rules = new AtomicReference<>(first);
    this.keep = keep;
  }

  /// All of them.
  public FleetRules get() {
    return rules.get();
  }

  /// How large the fleet may be, and of what it is made.
  public FleetPolicy policy() {
    return rules.get().policy();
  }

  /// Puts the draft in force if nothing is wrong with it.
  ///
  /// @param offer what the cloud has
  /// @param changed told what changed, in words, and by what the fleet is run now; not called where
  ///   nothing changed
  /// @return what is wrong, by member; empty if the draft is in force
  synchronized Map<PolicyMember, String> set(RulesDraft draft, Offer offer, Change changed) {
    FleetRules before = rules.get();
    Map<PolicyMember, String> faults = draft.faults(before.limits(), Optional.of(offer));
    if (!faults.isEmpty()) {
      return faults;
    }
    FleetRules next = draft.rules(before.limits());
    if (!next.equals(before)) {
      keep.accept(next);
      rules.set(next);
      changed.accept(RulesDraft.of(before).changes(RulesDraft.of(next)), next);
    }
    return Map.of();
  }

  /// As above, for whoever has only the cloud to ask and nobody to tell.
  public Map<PolicyMember, String> set(RulesDraft draft, Fleet cloud) {
    return set(draft, Offer.read(cloud, draft.zones()), (_, _) -> {});
  }

  /// Receives a change that is in force.
  @FunctionalInterface
  interface Change {
    void accept(List<String> inWords, FleetRules now);
  }
}
