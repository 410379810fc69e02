package dev.podium.localcloud.state.fault;

import dev.podium.localcloud.state.QuotaMetric;
import dev.podium.localcloud.state.RateGroup;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.place.Catalog;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// What goes wrong in the cloud, as one value that can be set at the start and while it runs.
///
/// Chances are drawn from the cloud's seed (see [FaultPlan]): a run with the same seed and requests
/// goes wrong in the same places. What is done to one machine at one moment, such as cutting its
/// network, is an act and no part of this.
///
/// @param stockedOutZones zones without a machine left
/// @param unreachableZones zones that do not answer: lists of all zones come without them, with a
///   warning; what is asked of one alone is refused
/// @param quotas limits by metric (`CPUS`) for all regions, or by region and metric
///   (`us-central1/CPUS`); whatever is not named has a generous limit
/// @param requestsPerMinute limits by the name of a [RateGroup]; whatever is not named has none
/// @param errorRate403 share of Compute Engine's requests, 0 to 1, refused with `rateLimitExceeded`
/// @param errorRate429 share of requests, 0 to 1, refused with 429
/// @param errorRate503 share of requests, 0 to 1, refused with `backendError`
/// @param slowOperations what every operation takes longer
/// @param failingOperations which operations are accepted and then fail
/// @param pubsub what goes wrong with messages
/// @param project what is not as it should be with the project itself
/// @param cuttableNetworks whether the network of machines that boot from now on runs through the
///   cloud, so that it can be cut; without, they are reached directly, which is faster
/// @param probesCut whether no connection reaches the port that a machine serves, as where a
///   firewall closes it; what machines themselves begin goes on. Holds for those whose network runs
///   through the cloud, and all that boot meanwhile are among them
/// @param accountsWithoutRole e-mail addresses of service accounts that may do nothing, whose
///   machines therefore never get to their topics; only where tokens are required
/// @param unbootableImages names of images whose machines are on and run nothing
public record Faults(
    Set<String> stockedOutZones,
    Set<String> unreachableZones,
    Map<String, Double> quotas,
    Map<String, Integer> requestsPerMinute,
    double errorRate403,
    double errorRate429,
    double errorRate503,
    Duration slowOperations,
    FailingOperations failingOperations,
    PubSub pubsub,
    ProjectFaults project,
    boolean cuttableNetworks,
    boolean probesCut,
    Set<String> accountsWithoutRole,
    Set<String> unbootableImages) {
  /// The longest delay of anything.
  private static final Duration LONGEST = Duration.ofDays(1);

  /// Operations that are accepted, last as long as others, fail, and leave everything as it was.
  ///
  /// @param rate share of them, 0 to 1
  /// @param code the error's code, such as `INTERNAL_ERROR`
  /// @param types which ones, such as `insert` and `delete`; empty for all that somebody asked for
  public record FailingOperations(double rate, String code, Set<String> types) {
    public FailingOperations {
      types = Set.copyOf(types);
      requireShare("failingOperations.rate", rate);
      if (!code.matches("[A-Z][A-Z_]{0,62}")) {
        throw Refusal.invalidField(
            "failingOperations.code", code, "Must be capital letters and underscores.");
      }
    }

    /// None fails.
    public static FailingOperations none() {
      return new FailingOperations(0, "INTERNAL_ERROR", Set.of());
    }

    public boolean concern(String type) {
      return types.isEmpty() || types.contains(type);
    }
  }

  /// What goes wrong with messages, over gRPC and REST alike.
  ///
  /// @param delay from a message's publication to its delivery; its order is kept
  /// @param duplicateRate share of acknowledgements, 0 to 1, that get lost, so that the message
  ///   comes once more; never with exactly-once delivery
  /// @param errorRate share of calls, 0 to 1, refused with UNAVAILABLE; streams count when opened
  /// @param unavailable whether every call is refused with UNAVAILABLE and every open one was ended
  /// @param seek from the answer to a seek until it takes effect; meanwhile messages come as before
  public record PubSub(
      Duration delay, double duplicateRate, double errorRate, boolean unavailable, Duration seek) {
    public PubSub {
      requireDelay("pubsub.delay", delay);
      requireShare("pubsub.duplicateRate", duplicateRate);
      requireShare("pubsub.errorRate", errorRate);
      requireDelay("pubsub.seek", seek);
    }

    /// With seeks that take effect at once.
    public PubSub(Duration delay, double duplicateRate, double errorRate, boolean unavailable) {
      this(delay, duplicateRate, errorRate, unavailable, Duration.ZERO);
    }

    /// All is well.
    public static PubSub none() {
      return new PubSub(Duration.ZERO, 0, 0, false);
    }
  }

  /// @throws Refusal if a rate is not a share, a delay or limit is out of range, or a name is
  ///   unknown
  public Faults {
    stockedOutZones = Set.copyOf(stockedOutZones);
    unreachableZones = Set.copyOf(unreachableZones);
    quotas = Map.copyOf(quotas);
    requestsPerMinute = Map.copyOf(requestsPerMinute);
    accountsWithoutRole = Set.copyOf(accountsWithoutRole);
    unbootableImages = Set.copyOf(unbootableImages);
    stockedOutZones.forEach(zone -> requireZone("stockedOutZones", zone));
    unreachableZones.forEach(zone -> requireZone("unreachableZones", zone));
    quotas.forEach(Faults::requireQuota);
    requestsPerMinute.forEach(Faults::requireLimit);
    requireShare("errorRate403", errorRate403);
    requireShare("errorRate429", errorRate429);
    requireShare("errorRate503", errorRate503);
    requireDelay("slowOperations", slowOperations);
  }

  private static void requireZone(String field, String zone) {
    if (!Catalog.isZone(zone)) {
      throw Refusal.invalidField(field, zone, "There is no such zone; " + zonesNear(zone) + ".");
    }
  }

  private static String zonesNear(String zone) {
    return Catalog.region(Catalog.regionOf(zone))
        .map(region -> region.name() + " has " + String.join(", ", region.zones()))
        .orElse("a zone is called like us-central1-a");
  }

  private static void requireQuota(String name, double limit) {
    int slash = name.indexOf('/');
    String metric = name.substring(slash + 1);
    boolean known = QuotaMetric.named(metric).isPresent();
    boolean somewhere = slash < 0 || Catalog.region(name.substring(0, slash)).isPresent();
    if (!known || !somewhere) {
      throw Refusal.invalidField(
          "quotas",
          name,
          "Must be METRIC or REGION/METRIC, with one of the metrics " + QuotaMetric.names() + ".");
    }
    if (!(limit >= 0)) {
      throw Refusal.invalidField("quotas." + name, String.valueOf(limit), "Must be 0 or more.");
    }
  }

  private static void requireLimit(String group, int limit) {
    if (RateGroup.named(group).isEmpty()) {
      throw Refusal.invalidField(
          "requestsPerMinute", group, "Must be one of " + RateGroup.names() + ".");
    }
    if (limit < 0) {
      throw Refusal.invalidField(
          "requestsPerMinute." + group, String.valueOf(limit), "Must be 0 or more.");
    }
  }

  private static void requireShare(String field, double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw Refusal.invalidField(field, String.valueOf(rate), "Must be between 0 and 1.");
    }
  }

  private static void requireDelay(String field, Duration delay) {
    if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
      throw Refusal.invalidField(
          field, delay.toMillis() + " ms", "Must be between 0 and " + LONGEST.toMillis() + " ms.");
    }
  }

  /// All is well.
  public static Faults none() {
    return new Faults(
        Set.of(),
        Set.of(),
        Map.of(),
        Map.of(),
        0,
        0,
        0,
        Duration.ZERO,
        FailingOperations.none(),
        PubSub.none(),
        ProjectFaults.none(),
        false,
        false,
        Set.of(),
        Set.of());
  }

  /// The same with other faults of Pub/Sub.
  public Faults with(PubSub other) {
    return new Faults(
        stockedOutZones,
        unreachableZones,
        quotas,
        requestsPerMinute,
        errorRate403,
        errorRate429,
        errorRate503,
        slowOperations,
        failingOperations,
        other,
        project,
        cuttableNetworks,
        probesCut,
        accountsWithoutRole,
        unbootableImages);
  }

  /// The same with other faults of the project.
  public Faults with(ProjectFaults other) {
    return new Faults(
        stockedOutZones,
        unreachableZones,
        quotas,
        requestsPerMinute,
        errorRate403,
        errorRate429,
        errorRate503,
        slowOperations,
        failingOperations,
        pubsub,
        other,
        cuttableNetworks,
        probesCut,
        accountsWithoutRole,
        unbootableImages);
  }

  /// How much of a metric a region may have.
  public double limit(String region, QuotaMetric metric) {
    Double everywhere = quotas.getOrDefault(metric.name(), metric.generousLimit());
    return quotas.getOrDefault(region + "/" + metric.name(), everywhere);
  }
}
