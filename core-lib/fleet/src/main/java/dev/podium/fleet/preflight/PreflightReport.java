package dev.podium.fleet.preflight;

import dev.podium.fleet.preflight.check.CheckState;
import java.util.List;
import java.util.OptionalDouble;

/// All checks of a pre-flight, and what a VM would cost.
///
/// @param results in the order of [dev.podium.fleet.preflight.check.CheckName]
/// @param hourlyCost of one VM in US dollars, all in; empty where it is not known
public record PreflightReport(
    String project, List<CheckResult> results, OptionalDouble hourlyCost) {
  public PreflightReport {
    results = List.copyOf(results);
  }

  /// Whether a fleet can be made: nothing failed. What is not known may still stand in the way.
  public boolean good() {
    return count(CheckState.FAILED) == 0;
  }

  /// How many checks ended so.
  public long count(CheckState state) {
    return results.stream().filter(result -> result.state() == state).count();
  }
}
