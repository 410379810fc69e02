package dev.podium.fleet.simulation;

import dev.podium.fleet.health.Rulebook;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.record.Observation;
import dev.podium.fleet.health.record.Sight;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.health.rules.HealthRules;
import dev.podium.wire.cloud.ClockReading;
import java.util.function.UnaryOperator;

/// Consoles that misjudge their own sight: the way of their probes, their ears, their clock.
final class SightMutations {
  private SightMutations() {}

  /// A page that does not answer is always the VM's fault.
  static final class NoPath extends Mutation {
    @Override
    Rulebook rulebook(HealthLimits limits) {
      return seeing(
          super.rulebook(limits), limits, sight -> new Sight(sight.doubt(), sight.deaf(), false));
    }
  }

  /// It does not notice that it hears nobody.
  static final class NoDeafness extends Mutation {
    @Override
    Rulebook rulebook(HealthLimits limits) {
      return seeing(
          super.rulebook(limits),
          limits,
          sight -> new Sight(sight.doubt(), false, sight.pathBlocked()));
    }
  }

  /// It takes its computer's clock for the cloud's.
  static final class OwnClock extends Mutation {
    @Override
    boolean knowsCloudsClock() {
      return false;
    }
  }

  private static Rulebook seeing(Rulebook right, HealthLimits limits, UnaryOperator<Sight> wrong) {
    HealthRules rules =
        new HealthRules(limits) {
          @Override
          public Step step(VmRecord before, Observation seen, Sight sight, ClockReading now) {
            return super.step(before, seen, wrong.apply(sight), now);
          }
        };
    return new Rulebook(rules, right.observer(), right.ends());
  }
}
