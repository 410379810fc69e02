package dev.podium.core.cloud.google;

import com.google.cloud.compute.v1.ErrorInfo;
import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.QuotaExceededInfo;
import dev.podium.core.model.PodiumException;
import java.util.Optional;

/// Turns an operation that the cloud accepted and then failed into the sentence for it.
final class OperationErrors {
  private OperationErrors() {}

  /// The usage of the quota that a failure names, asked for only when one does.
  @FunctionalInterface
  interface QuotaUsage {
    /// @param region such as `us-central1`
    /// @param quota such as `CPUS`
    /// @return how much of it is used, if the cloud says
    Optional<Double> of(String region, String quota);
  }

  /// The failure of a finished operation, or nothing if it worked. An operation with errors but
  /// without an HTTP status has failed too, although Google's own client takes it for success.
  static Optional<PodiumException> of(Asked asked, Operation operation, QuotaUsage usage) {
    if (operation.hasError() && operation.getError().getErrorsCount() > 0) {
      return Optional.of(of(asked, operation.getError().getErrors(0), usage));
    }
    if (operation.getHttpErrorStatusCode() >= 400) {
      return Optional.of(
          ComputeErrors.failed(
              asked, operation.getHttpErrorMessage(), new OperationFailed(operation)));
    }
    return Optional.empty();
  }

  private static PodiumException of(Asked asked, Errors error, QuotaUsage usage) {
    Throwable cause = new OperationFailed(error);
    String code = error.getCode();
    if (code.contains("RESOURCE_POOL_EXHAUSTED") || code.contains("STOCKOUT")) {
      return ComputeErrors.noCapacity(asked, withOtherZones(error), cause);
    }
    return switch (code) {
      case "QUOTA_EXCEEDED" -> ComputeErrors.quotaExceeded(asked, withUsage(error, usage), cause);
      case "RESOURCE_NOT_FOUND" -> ComputeErrors.notFound(asked, error.getMessage(), cause);
      case "PERMISSIONS_ERROR" -> ComputeErrors.notPermitted(asked, error.getMessage(), cause);
      // Spot machines can be taken back while they are still being made.
      case "UNSUPPORTED_OPERATION" -> ComputeErrors.noCapacity(asked, error.getMessage(), cause);
      case "INTERNAL_ERROR" ->
          new PodiumException.Unavailable(
              asked.what(),
              ComputeErrors.plain(error.getMessage()),
              "Try again in a minute.",
              cause);
      default -> ComputeErrors.failed(asked, code + ", " + error.getMessage(), cause);
    };
  }

  /// The cloud may say where there is room.
  private static String withOtherZones(Errors error) {
    String message = ComputeErrors.plain(error.getMessage());
    for (var detail : error.getErrorDetailsList()) {
      ErrorInfo info = detail.getErrorInfo();
      String zones = info.getMetadatasOrDefault("zonesAvailable", "");
      if (!zones.isEmpty()) {
        return message + "; these zones have room: " + zones.replace(",", ", ");
      }
    }
    return message;
  }

  /// The cloud names the limit; how much of it is used makes the sentence worth reading.
  private static String withUsage(Errors error, QuotaUsage usage) {
    String message = ComputeErrors.plain(error.getMessage());
    for (var detail : error.getErrorDetailsList()) {
      if (detail.hasQuotaInfo()) {
        QuotaExceededInfo info = detail.getQuotaInfo();
        String quota = info.getLimitName().replaceFirst("-per-project.*", "");
        String region = info.getDimensionsOrDefault("region", "");
        return usage
            .of(region, quota)
            .map(
                used -> message + " (" + number(used) + " of " + number(info.getLimit()) + " used)")
            .orElse(message);
      }
    }
    return message;
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  /// The cloud's own words, for the folded details of an error.
  private static final class OperationFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OperationFailed(Object said) {
      super(said.toString());
    }
  }
}
