package dev.podium.wire.google.pubsub;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.google.ProjectRefusals;
import dev.podium.wire.model.AccessProblem;
import dev.podium.wire.model.PodiumException;
import java.util.Optional;

/// Turns a failed call of Pub/Sub into the sentence that names what failed, why, and what to do.
public final class PubsubErrors {
  private PubsubErrors() {}

  public static PodiumException translate(ErrorContext context, Throwable failure) {
    // A token could not be had, for want of a network perhaps: gRPC makes a missing sign-in of
    // that.
    Optional<PodiumException> known = PodiumException.in(failure);
    if (known.isPresent()) {
      return known.get();
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApiException api) {
        return answered(context, api);
      }
    }
    return silent(context, failure);
  }

  /// Whether the service does not know that call.
  static boolean isUnimplemented(PodiumException failure) {
    return failure.getCause() instanceof ApiException api
        && api.getStatusCode().getCode() == StatusCode.Code.UNIMPLEMENTED;
  }

  private static PodiumException answered(ErrorContext context, ApiException failure) {
    StatusCode.Code code = failure.getStatusCode().getCode();
    String why = words(failure);
    return switch (code) {
      case NOT_FOUND ->
          new PodiumException.NotFound(
              context.what(), why, "It is made anew at the next start.", failure);
      case ALREADY_EXISTS ->
          new PodiumException.AlreadyExists(context.what(), why, "Use what is there.", failure);
      case PERMISSION_DENIED -> denied(context, why, failure);
      case UNAUTHENTICATED ->
          new PodiumException.NotSignedIn(
              context.what(),
              "the cloud does not accept the sign-in any more",
              "Sign in again.",
              failure);
      case RESOURCE_EXHAUSTED ->
          new PodiumException.RateLimited(
              context.what(), why, "Wait a minute and try again.", failure);
      case INVALID_ARGUMENT, OUT_OF_RANGE ->
          new PodiumException.Invalid(context.what(), why, "Correct that value and ask again.");
      case FAILED_PRECONDITION ->
          new PodiumException.Conflict(
              context.what(), why, "Read it again, then decide again.", failure);
      case UNAVAILABLE, DEADLINE_EXCEEDED, ABORTED, CANCELLED, INTERNAL, UNKNOWN ->
          silent(context, failure);
      case OK, UNIMPLEMENTED, DATA_LOSS ->
          new PodiumException.CloudFailed(
              context.what(), why, "Correct what the cloud names, or try again.", failure);
    };
  }

  private static PodiumException denied(ErrorContext context, String why, ApiException failure) {
    if (why.contains("billing")) {
      return ProjectRefusals.billingOff(context, failure);
    }
    if (why.contains("has not been used in project") || why.contains("SERVICE_DISABLED")) {
      return ProjectRefusals.apiOff(context, "Pub/Sub", "pubsub.googleapis.com", why, "", failure);
    }
    if (why.contains("insufficient authentication scopes")) {
      return new PodiumException.NotPermitted(
          context.what(),
          why,
          "Make the VM anew with the scope cloud-platform, or with the scope pubsub.",
          AccessProblem.SCOPE_MISSING,
          failure);
    }
    return new PodiumException.NotPermitted(
        context.what(),
        why,
        "Ask an owner of project '" + context.project() + "' for the role Pub/Sub Editor.",
        failure);
  }

  private static PodiumException silent(ErrorContext context, Throwable failure) {
    return new PodiumException.Unavailable(
        context.what(),
        "Pub/Sub at "
            + context.endpoint()
            + " did not answer as it should ("
            + words(failure)
            + ")",
        "Check the network, then try again.",
        failure);
  }

  /// The library repeats the code before the words: `io.grpc.StatusRuntimeException: NOT_FOUND: …`.
  private static String words(Throwable failure) {
    String text = String.valueOf(failure.getMessage()).strip().replaceAll("\\s+", " ");
    text = text.replaceFirst("^[a-zA-Z.]+Exception: ", "").replaceFirst("^[A-Z_]+: ", "");
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
