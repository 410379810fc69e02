package dev.podium.fleet.google.compute.failure;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.compute.v1.Warning;
import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.google.ProjectRefusals;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns a failed call of Compute Engine into the sentence that names what failed, why, and what to
/// do.
public final class ComputeErrors {
  private static final Pattern PERMISSION = Pattern.compile("'([a-z]+\\.[a-zA-Z.]+)' permission");
  private static final Pattern RESOURCE = Pattern.compile("'(projects/[^']+)'");
  private static final Pattern NUMBER = Pattern.compile("in project (\\d+)");

  private ComputeErrors() {}

  /// A list over all zones is refused if one does not answer: it would look as if what is in it
  /// were not there.
  ///
  /// @param warning what a list says of one of its scopes
  /// @return whether that is that it was not reached
  public static boolean isUnreached(Warning warning) {
    return "UNREACHABLE".equals(warning.getCode());
  }

  public static PodiumException translate(ErrorContext context, Throwable failure) {
    // A token could not be had: that sentence is already the right one.
    return PodiumException.in(failure)
        .or(() -> ErrorAnswer.in(failure).map(answer -> answered(context, answer, failure)))
        .orElseGet(() -> silent(context, failure));
  }

  private static PodiumException answered(
      ErrorContext context, ErrorAnswer answer, Throwable failure) {
    return answer.reason().contains("POOL_EXHAUSTED")
        ? noCapacity(context, answer.message(), failure)
        : KnownRefusals.of(context, answer.message(), failure)
            .orElseGet(() -> byStatus(context, answer, failure));
  }

  private static PodiumException byStatus(
      ErrorContext context, ErrorAnswer answer, Throwable failure) {
    return switch (answer.status()) {
      case 401 ->
          new PodiumException.NotSignedIn(
              context.what(),
              "the cloud does not accept the sign-in any more",
              "Sign in again.",
              failure);
      case 403 -> forbidden(context, answer, failure);
      case 404 -> notFound(context, answer.message(), failure);
      case 409 ->
          "alreadyExists".equals(answer.reason()) || answer.message().contains("already exists")
              ? new PodiumException.AlreadyExists(
                  context.what(), plain(answer.message()), "Choose another name.", failure)
              : conflict(context, answer, failure);
      case 412 -> conflict(context, answer, failure);
      case 429 -> rateLimited(context, failure);
      case 400 ->
          "resourceNotReady".equals(answer.reason())
              ? new PodiumException.Unavailable(
                  context.what(), plain(answer.message()), "Try again in a minute.", failure)
              : new PodiumException.Invalid(
                  context.what(), plain(answer.message()), "Correct that value and ask again.");
      default ->
          answer.status() >= 500
              ? new PodiumException.Unavailable(
                  context.what(),
                  "the cloud has trouble of its own (HTTP "
                      + answer.status()
                      + ": "
                      + plain(answer.message())
                      + ")",
                  "Try again in a minute; https://status.cloud.google.com shows known trouble.",
                  failure)
              : failed(context, answer.message(), failure);
    };
  }

  private static PodiumException forbidden(
      ErrorContext context, ErrorAnswer answer, Throwable failure) {
    return switch (answer.reason()) {
      case "rateLimitExceeded", "userRateLimitExceeded" -> rateLimited(context, failure);
      case "quotaExceeded" -> quotaExceeded(context, answer.message(), failure);
      case "accessNotConfigured", "SERVICE_DISABLED" -> apiOff(context, answer, failure);
      default ->
          answer.message().contains("has not been used in project")
              ? apiOff(context, answer, failure)
              : notPermitted(context, answer.message(), failure);
    };
  }

  /// Google names the project by its number and links to where the API is switched on. That project
  /// may be another than the fleet's: the one that pays for the calls.
  private static PodiumException apiOff(
      ErrorContext context, ErrorAnswer answer, Throwable failure) {
    Matcher number = NUMBER.matcher(answer.message());
    return ProjectRefusals.apiOff(
        context,
        "Compute Engine",
        "compute.googleapis.com",
        answer.message(),
        number.find() ? " (Google's number " + number.group(1) + ")" : "",
        failure);
  }

  static PodiumException notPermitted(ErrorContext context, String message, Throwable failure) {
    Matcher right = PERMISSION.matcher(message);
    if (right.find()) {
      Matcher path = RESOURCE.matcher(message);
      String resource = path.find() ? path.group(1) : "";
      String owner = resource.isEmpty() ? context.project() : segment(resource, 1);
      return new PodiumException.NotPermitted(
          context.what(),
          "your account has not the right "
              + right.group(1)
              + (owner.equals(context.project()) ? "" : " on " + resource),
          "Ask an owner of project '"
              + owner
              + "' for a role that holds "
              + right.group(1)
              + ", such as "
              + role(right.group(1))
              + ".",
          failure);
    }
    return new PodiumException.NotPermitted(
        context.what(),
        plain(message),
        "Ask an owner of project '" + context.project() + "' for the right to do this.",
        failure);
  }

  private static String role(String right) {
    if (right.startsWith("compute.subnetworks.") || right.startsWith("compute.networks.")) {
      return "Compute Network User";
    }
    if (right.matches("compute\\.images\\.(create|delete|deprecate|setLabels|update)")) {
      return "Compute Storage Admin";
    }
    return right.startsWith("compute.images.")
        ? "Compute Image User"
        : "Compute Instance Admin (v1)";
  }

  /// Compute Engine names the missing thing by its path; which kind it is decides what helps.
  static PodiumException notFound(ErrorContext context, String message, Throwable failure) {
    Matcher path = RESOURCE.matcher(message);
    String resource = path.find() ? path.group(1) : "";
    String name = resource.substring(resource.lastIndexOf('/') + 1);
    if (resource.contains("/images/")) {
      return new PodiumException.NotFound(
          context.what(),
          "there is no image '" + name + "' in project '" + segment(resource, 1) + "'",
          "Publish one with 'podium image publish' or 'podium image bake', or name another image.",
          failure);
    }
    if (resource.contains("/machineTypes/")) {
      return new PodiumException.NotFound(
          context.what(),
          "the zone offers no machine type '" + name + "'",
          "Choose another machine type or another zone.",
          failure);
    }
    if (resource.matches("projects/[^/]+/zones/[^/]+")) {
      return new PodiumException.NotFound(
          context.what(), "there is no zone '" + name + "'", "Choose another zone.", failure);
    }
    if (resource.matches("projects/[^/]+")) {
      return new PodiumException.NotFound(
          context.what(),
          "there is no project '" + name + "', or you may not see it",
          "Check the project's id, and that this account is a member of it.",
          failure);
    }
    return new PodiumException.NotFound(
        context.what(), plain(message), "Read the list again: it may be gone.", failure);
  }

  static PodiumException noCapacity(ErrorContext context, String message, Throwable failure) {
    return new PodiumException.NoCapacity(
        context.what(),
        plain(message),
        "Choose another zone or machine type, or try later.",
        failure);
  }

  static PodiumException quotaExceeded(ErrorContext context, String message, Throwable failure) {
    return new PodiumException.QuotaExceeded(
        context.what(),
        plain(message),
        "Destroy VMs that nobody needs, or ask for more at"
            + " https://console.cloud.google.com/iam-admin/quotas?project="
            + context.project()
            + " .",
        failure);
  }

  static PodiumException failed(ErrorContext context, String message, Throwable failure) {
    return new PodiumException.CloudFailed(
        context.what(), plain(message), "Correct what the cloud names, or try again.", failure);
  }

  private static PodiumException conflict(
      ErrorContext context, ErrorAnswer answer, Throwable failure) {
    return new PodiumException.Conflict(
        context.what(), plain(answer.message()), "Read it again, then decide again.", failure);
  }

  private static PodiumException rateLimited(ErrorContext context, Throwable failure) {
    return rateLimited(
        context,
        "project '" + context.project() + "' has used up its requests for this minute",
        failure);
  }

  static PodiumException rateLimited(ErrorContext context, String message, Throwable failure) {
    return new PodiumException.RateLimited(
        context.what(), plain(message), "Wait a minute and try again.", failure);
  }

  private static PodiumException silent(ErrorContext context, Throwable failure) {
    String why = "Compute Engine at " + context.endpoint() + " ";
    Throwable root = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      root = cause;
    }
    String reason =
        switch (root) {
          case ConnectException _ -> "refused the connection";
          case UnknownHostException _ -> "cannot be found by its name";
          case TimeoutException _ -> "did not answer in time";
          // The client is closed while a request is on its way, or about to be sent.
          case InterruptedException _, RejectedExecutionException _ ->
              "was not waited for any longer";
          case java.net.SocketTimeoutException _ -> "did not answer in time";
          case IOException io ->
              "broke the connection ("
                  + String.valueOf(io.getMessage()).toLowerCase(Locale.ROOT)
                  + ")";
          default -> "";
        };
    if (reason.isEmpty()) {
      reason = passing(failure);
    }
    return reason.isEmpty()
        ? failed(context, "the answer cannot be understood" + words(root), failure)
        : new PodiumException.Unavailable(
            context.what(), why + reason, "Check the network, then try again.", failure);
  }

  /// The client's own deadline, and answers that a proxy cut off, have no exception of the JDK.
  private static String passing(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApiException api) {
        return switch (api.getStatusCode().getCode()) {
          case DEADLINE_EXCEEDED -> "did not answer in time";
          case UNAVAILABLE, ABORTED -> "cannot be reached just now";
          case CANCELLED -> "was not waited for any longer";
          default -> "";
        };
      }
    }
    return "";
  }

  /// Its own words, without the class that they come from.
  private static String words(Throwable root) {
    String message = root.getMessage();
    return message == null || message.isBlank() ? "" : " (" + plain(message) + ")";
  }

  private static String segment(String path, int index) {
    String[] segments = path.split("/", -1);
    return index < segments.length ? segments[index] : "";
  }

  /// The cloud's words as the end of one sentence: without a full stop, without double blanks.
  static String plain(String message) {
    String text = message.strip().replaceAll("\\s+", " ");
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
