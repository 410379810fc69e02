package dev.podium.localcloud.state;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// What goes wrong in the cloud, as one value that can be set while it runs.
///
/// Chances are drawn from the cloud's seed, so a run with the same seed and the same requests goes
/// wrong in the same places.
///
/// @param stockedOutZones zones without a machine left
/// @param quotas limits by metric (`CPUS`) for all regions, or by region and metric
///   (`us-central1/CPUS`); whatever is not named has a generous limit
/// @param errorRate403 share of requests, 0 to 1, refused with `rateLimitExceeded`
/// @param errorRate429 share of requests, 0 to 1, refused with 429
/// @param errorRate503 share of requests, 0 to 1, refused with `backendError`
/// @param slowOperations what every operation takes longer
public record Faults(
    Set<String> stockedOutZones,
    Map<String, Double> quotas,
    double errorRate403,
    double errorRate429,
    double errorRate503,
    Duration slowOperations) {
  /// @throws Refusal if a rate is not a share or a delay is negative
  public Faults {
    stockedOutZones = Set.copyOf(stockedOutZones);
    quotas = Map.copyOf(quotas);
    share("errorRate403", errorRate403);
    share("errorRate429", errorRate429);
    share("errorRate503", errorRate503);
    if (slowOperations.isNegative()) {
      throw Refusal.invalidField(
          "slowOperations", slowOperations.toString(), "Must not be negative.");
    }
  }

  private static void share(String field, double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw Refusal.invalidField(field, String.valueOf(rate), "Must be between 0 and 1.");
    }
  }

  /// All is well.
  public static Faults none() {
    return new Faults(Set.of(), Map.of(), 0, 0, 0, Duration.ZERO);
  }

  /// How much of a metric a region may have.
  public double limit(String region, QuotaMetric metric) {
    Double everywhere = quotas.getOrDefault(metric.name(), metric.generousLimit());
    return quotas.getOrDefault(region + "/" + metric.name(), everywhere);
  }
}
