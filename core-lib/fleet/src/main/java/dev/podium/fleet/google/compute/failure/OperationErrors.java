package dev.podium.fleet.google.compute.failure;

import com.google.cloud.compute.v1.ErrorInfo;
import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.QuotaExceededInfo;
import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.model.PodiumException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Turns an operation that the cloud accepted and then failed into the sentence for it.
public final class OperationErrors {
  private OperationErrors() {}

  /// What is known of the quota that a failure names, asked for only when one does.
  public interface QuotaFacts {
    /// Nothing, for requests that take no quota.
    QuotaFacts NONE =
        new QuotaFacts() {
          @Override
          public Optional<Double> used(String region, String quota) {
            return Optional.empty();
          }

          @Override
          public Optional<Double> needed(String quota) {
            return Optional.empty();
          }
        };

    /// @param region such as `us-central1`
    /// @param quota such as `CPUS`
    /// @return how much of it is used
    Optional<Double> used(String region, String quota);

    /// @return how much more of it the request would have taken
    Optional<Double> needed(String quota);
  }

  /// The failure of a finished operation, or nothing if it worked. An operation with errors but
  /// without an HTTP status has failed too, although Google's own client takes it for success.
  public static Optional<PodiumException> of(
      ErrorContext context, Operation operation, QuotaFacts facts) {
    if (operation.hasError() && operation.getError().getErrorsCount() > 0) {
      return Optional.of(of(context, operation.getError().getErrors(0), facts));
    }
    if (operation.getHttpErrorStatusCode() >= 400) {
      return Optional.of(
          ComputeErrors.failed(
              context, operation.getHttpErrorMessage(), new OperationFailed(operation)));
    }
    return Optional.empty();
  }

  private static PodiumException of(ErrorContext context, Errors error, QuotaFacts facts) {
    Throwable cause = new OperationFailed(error);
    String code = error.getCode();
    if (code.contains("RESOURCE_POOL_EXHAUSTED") || code.contains("STOCKOUT")) {
      return ComputeErrors.noCapacity(context, withOtherZones(error), cause);
    }
    return "QUOTA_EXCEEDED".equals(code)
        ? ComputeErrors.quotaExceeded(context, withNumbers(error, facts), cause)
        : KnownRefusals.of(context, error.getMessage(), cause)
            .orElseGet(() -> byCode(context, error, cause));
  }

  private static PodiumException byCode(ErrorContext context, Errors error, Throwable cause) {
    String code = error.getCode();
    return switch (code) {
      // Of two consoles that took one name at the same moment, the slower hears of it only here.
      case "RESOURCE_ALREADY_EXISTS" ->
          new PodiumException.AlreadyExists(
              context.what(),
              ComputeErrors.plain(error.getMessage()),
              "Choose another name.",
              cause);
      case "RESOURCE_NOT_FOUND" -> ComputeErrors.notFound(context, error.getMessage(), cause);
      case "PERMISSIONS_ERROR" -> ComputeErrors.notPermitted(context, error.getMessage(), cause);
      // Spot machines can be taken back while they are still being made.
      case "UNSUPPORTED_OPERATION" -> ComputeErrors.noCapacity(context, error.getMessage(), cause);
      case "RESOURCE_OPERATION_RATE_EXCEEDED", "RATE_LIMIT_EXCEEDED" ->
          ComputeErrors.rateLimited(context, error.getMessage(), cause);
      case "INTERNAL_ERROR", "RESOURCE_NOT_READY" ->
          new PodiumException.Unavailable(
              context.what(),
              ComputeErrors.plain(error.getMessage()),
              "Try again in a minute.",
              cause);
      default -> ComputeErrors.failed(context, code + ", " + error.getMessage(), cause);
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

  /// The cloud names the limit; how much of it is used and was needed makes the sentence worth
  /// reading.
  private static String withNumbers(Errors error, QuotaFacts facts) {
    String message = ComputeErrors.plain(error.getMessage());
    for (var detail : error.getErrorDetailsList()) {
      if (detail.hasQuotaInfo()) {
        QuotaExceededInfo info = detail.getQuotaInfo();
        String quota = info.getLimitName().replaceFirst("-per-project.*", "");
        String region = info.getDimensionsOrDefault("region", "");
        List<String> numbers = new ArrayList<>();
        facts
            .used(region, quota)
            .map(used -> number(used) + " of " + number(info.getLimit()) + " used")
            .ifPresent(numbers::add);
        facts.needed(quota).map(needed -> number(needed) + " more needed").ifPresent(numbers::add);
        return numbers.isEmpty() ? message : message + " (" + String.join(", ", numbers) + ")";
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
