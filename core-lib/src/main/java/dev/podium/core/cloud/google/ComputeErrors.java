package dev.podium.core.cloud.google;

import com.google.cloud.compute.v1.Warning;
import dev.podium.core.model.PodiumException;
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
final class ComputeErrors {
  private static final Pattern PERMISSION = Pattern.compile("'([a-z]+\\.[a-zA-Z.]+)' permission");
  private static final Pattern RESOURCE = Pattern.compile("'(projects/[^']+)'");

  private ComputeErrors() {}

  /// A list over all zones is refused if one does not answer: it would look as if what is in it
  /// were not there.
  ///
  /// @param scope `zones/us-central1-a`
  /// @param warning what the list says of the scope
  /// @throws PodiumException.Unavailable if that is that it was not reached
  static void requireReached(Asked asked, String scope, Warning warning) {
    if ("UNREACHABLE".equals(warning.getCode())) {
      throw new PodiumException.Unavailable(
          asked.what(),
          "the cloud cannot reach " + scope + " at present",
          "Wait; what was known before still stands.",
          null);
    }
  }

  static PodiumException translate(Asked asked, Throwable failure) {
    // A token could not be had: that sentence is already the right one.
    return PodiumException.in(failure)
        .or(() -> ErrorAnswer.in(failure).map(answer -> answered(asked, answer, failure)))
        .orElseGet(() -> silent(asked, failure));
  }

  private static PodiumException answered(Asked asked, ErrorAnswer answer, Throwable failure) {
    if (answer.reason().contains("POOL_EXHAUSTED")
        || answer.message().contains("does not have enough resources available")) {
      return noCapacity(asked, answer.message(), failure);
    }
    return switch (answer.status()) {
      case 401 ->
          new PodiumException.NotSignedIn(
              asked.what(),
              "the cloud does not accept the sign-in any more",
              "Sign in again.",
              failure);
      case 403 -> forbidden(asked, answer, failure);
      case 404 -> notFound(asked, answer.message(), failure);
      case 409 ->
          "alreadyExists".equals(answer.reason()) || answer.message().contains("already exists")
              ? new PodiumException.AlreadyExists(
                  asked.what(), plain(answer.message()), "Choose another name.", failure)
              : conflict(asked, answer, failure);
      case 412 -> conflict(asked, answer, failure);
      case 429 -> rateLimited(asked, failure);
      case 400 ->
          "resourceNotReady".equals(answer.reason())
              ? new PodiumException.Unavailable(
                  asked.what(), plain(answer.message()), "Try again in a minute.", failure)
              : new PodiumException.Invalid(
                  asked.what(), plain(answer.message()), "Correct that value and ask again.");
      default ->
          answer.status() >= 500
              ? new PodiumException.Unavailable(
                  asked.what(),
                  "the cloud has trouble of its own (HTTP "
                      + answer.status()
                      + ": "
                      + plain(answer.message())
                      + ")",
                  "Try again in a minute; https://status.cloud.google.com shows known trouble.",
                  failure)
              : failed(asked, answer.message(), failure);
    };
  }

  private static PodiumException forbidden(Asked asked, ErrorAnswer answer, Throwable failure) {
    return switch (answer.reason()) {
      case "rateLimitExceeded", "userRateLimitExceeded" -> rateLimited(asked, failure);
      case "quotaExceeded" -> quotaExceeded(asked, answer.message(), failure);
      case "accessNotConfigured", "SERVICE_DISABLED" -> apiOff(asked, failure);
      default ->
          answer.message().contains("has not been used in project")
              ? apiOff(asked, failure)
              : notPermitted(asked, answer.message(), failure);
    };
  }

  private static PodiumException apiOff(Asked asked, Throwable failure) {
    return new PodiumException.NotPermitted(
        asked.what(),
        "the Compute Engine API is switched off in project '" + asked.project() + "'",
        "Enable it at https://console.cloud.google.com/apis/library/compute.googleapis.com?project="
            + asked.project()
            + " and try again some minutes later.",
        failure);
  }

  static PodiumException notPermitted(Asked asked, String message, Throwable failure) {
    Matcher right = PERMISSION.matcher(message);
    if (right.find()) {
      return new PodiumException.NotPermitted(
          asked.what(),
          "your account has not the right " + right.group(1),
          "Ask an owner of project '"
              + asked.project()
              + "' for a role that holds "
              + right.group(1)
              + ", such as Compute Instance Admin (v1).",
          failure);
    }
    return new PodiumException.NotPermitted(
        asked.what(),
        plain(message),
        "Ask an owner of project '" + asked.project() + "' for the right to do this.",
        failure);
  }

  /// Compute Engine names the missing thing by its path; which kind it is decides what helps.
  static PodiumException notFound(Asked asked, String message, Throwable failure) {
    Matcher path = RESOURCE.matcher(message);
    String resource = path.find() ? path.group(1) : "";
    String name = resource.substring(resource.lastIndexOf('/') + 1);
    if (resource.contains("/images/")) {
      return new PodiumException.NotFound(
          asked.what(),
          "there is no image '" + name + "' in project '" + segment(resource, 1) + "'",
          "Build the VM image into that project, or name another image.",
          failure);
    }
    if (resource.contains("/machineTypes/")) {
      return new PodiumException.NotFound(
          asked.what(),
          "the zone offers no machine type '" + name + "'",
          "Choose another machine type or another zone.",
          failure);
    }
    if (resource.matches("projects/[^/]+/zones/[^/]+")) {
      return new PodiumException.NotFound(
          asked.what(), "there is no zone '" + name + "'", "Choose another zone.", failure);
    }
    if (resource.matches("projects/[^/]+")) {
      return new PodiumException.NotFound(
          asked.what(),
          "there is no project '" + name + "', or you may not see it",
          "Check the project's id, and that this account is a member of it.",
          failure);
    }
    return new PodiumException.NotFound(
        asked.what(), plain(message), "Read the list again: it may be gone.", failure);
  }

  static PodiumException noCapacity(Asked asked, String message, Throwable failure) {
    return new PodiumException.NoCapacity(
        asked.what(),
        plain(message),
        "Choose another zone or machine type, or try later.",
        failure);
  }

  static PodiumException quotaExceeded(Asked asked, String message, Throwable failure) {
    return new PodiumException.QuotaExceeded(
        asked.what(),
        plain(message),
        "Destroy VMs that nobody needs, or ask for more at"
            + " https://console.cloud.google.com/iam-admin/quotas?project="
            + asked.project()
            + " .",
        failure);
  }

  static PodiumException failed(Asked asked, String message, Throwable failure) {
    return new PodiumException.CloudFailed(
        asked.what(), plain(message), "Correct what the cloud names, or try again.", failure);
  }

  private static PodiumException conflict(Asked asked, ErrorAnswer answer, Throwable failure) {
    return new PodiumException.Conflict(
        asked.what(), plain(answer.message()), "Read it again, then decide again.", failure);
  }

  private static PodiumException rateLimited(Asked asked, Throwable failure) {
    return rateLimited(
        asked,
        "project '" + asked.project() + "' has used up its requests for this minute",
        failure);
  }

  static PodiumException rateLimited(Asked asked, String message, Throwable failure) {
    return new PodiumException.RateLimited(
        asked.what(), plain(message), "Wait a minute and try again.", failure);
  }

  private static PodiumException silent(Asked asked, Throwable failure) {
    String why = "Compute Engine at " + asked.endpoint() + " ";
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
    return reason.isEmpty()
        ? failed(asked, "the answer cannot be understood (" + root + ")", failure)
        : new PodiumException.Unavailable(
            asked.what(), why + reason, "Check the network, then try again.", failure);
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
