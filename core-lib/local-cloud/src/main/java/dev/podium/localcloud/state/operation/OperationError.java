package dev.podium.localcloud.state.operation;

import dev.podium.localcloud.state.QuotaMetric;
import java.util.List;
import java.util.Map;

/// Why an operation ended without doing what it was for.
///
/// Google's Java client reads success into an operation that has an error and no HTTP status, so
/// both are always there.
///
/// @param code such as `QUOTA_EXCEEDED`
/// @param message one sentence
/// @param httpStatus what a synchronous refusal would have answered
/// @param httpMessage its reason phrase in capitals
/// @param details a JSON-like tree, as in `errorDetails[]`
public record OperationError(
    String code,
    String message,
    int httpStatus,
    String httpMessage,
    List<Map<String, Object>> details) {
  public OperationError {
    details = List.copyOf(details);
  }

  /// An error of any code, with the HTTP status that Compute Engine has for it.
  public static OperationError coded(String code) {
    int status =
        switch (code) {
          case "ZONE_RESOURCE_POOL_EXHAUSTED",
              "ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS",
              "REGION_RESOURCE_POOL_EXHAUSTED" ->
              503;
          case "QUOTA_EXCEEDED", "PERMISSIONS_ERROR" -> 403;
          case "RESOURCE_NOT_FOUND" -> 404;
          case "RESOURCE_ALREADY_EXISTS" -> 409;
          case "UNSUPPORTED_OPERATION", "INVALID_FIELD_VALUE", "INVALID_USAGE" -> 400;
          default -> 500;
        };
    String phrase =
        switch (status) {
          case 503 -> "SERVICE UNAVAILABLE";
          case 403 -> "FORBIDDEN";
          case 404 -> "NOT FOUND";
          case 409 -> "CONFLICT";
          case 400 -> "BAD REQUEST";
          default -> "INTERNAL SERVER ERROR";
        };
    return new OperationError(
        code,
        "The operation failed with " + code + ", as the local cloud was told to let it.",
        status,
        phrase,
        List.of());
  }

  /// The zone has no machine left.
  public static OperationError stockOut(String project, String zone, String machineType) {
    return new OperationError(
        "ZONE_RESOURCE_POOL_EXHAUSTED",
        "The zone 'projects/"
            + project
            + "/zones/"
            + zone
            + "' does not have enough resources available to fulfill the request.  Try a different"
            + " zone, or try again later.",
        503,
        "SERVICE UNAVAILABLE",
        List.of(
            Map.of(
                "errorInfo",
                Map.of(
                    "domain",
                    "compute.googleapis.com",
                    "reason",
                    "resource_availability",
                    "metadatas",
                    Map.of("vmType", machineType, "zone", zone)))));
  }

  /// The project may not have more of something in a region.
  public static OperationError quota(QuotaMetric metric, double limit, String region) {
    return quota(metric, limit, " in region " + region, region);
  }

  /// The project may not have more of something, wherever.
  public static OperationError globalQuota(QuotaMetric metric, double limit) {
    return quota(metric, limit, " globally", "global");
  }

  private static OperationError quota(
      QuotaMetric metric, double limit, String where, String dimension) {
    return new OperationError(
        "QUOTA_EXCEEDED",
        "Quota '" + metric + "' exceeded.  Limit: " + limit + where + ".",
        403,
        "FORBIDDEN",
        List.of(
            Map.of(
                "quotaInfo",
                Map.of(
                    "metricName",
                    metric.metricName(),
                    "limitName",
                    metric.limitName(),
                    "dimensions",
                    Map.of("region", dimension),
                    "limit",
                    limit))));
  }

  /// What was to be used cannot be, for a reason that its bytes tell.
  ///
  /// @param sentence in Compute Engine's words
  public static OperationError unusable(String sentence) {
    return new OperationError("INVALID_USAGE", sentence, 400, "BAD REQUEST", List.of());
  }
}
