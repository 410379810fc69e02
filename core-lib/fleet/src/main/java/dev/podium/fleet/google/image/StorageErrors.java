package dev.podium.fleet.google.image;

import com.google.api.client.http.HttpResponseException;
import com.google.cloud.storage.StorageException;
import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.google.ProjectRefusals;
import dev.podium.wire.model.PodiumException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Cloud Storage's refusals mean, in sentences for people.
final class StorageErrors {
  private static final Pattern RIGHT = Pattern.compile("storage\\.[a-zA-Z]+\\.[a-zA-Z]+");

  private static final Pattern CHECKSUM = Pattern.compile("(?i)crc32c|md5|checksum|hash");

  private StorageErrors() {}

  static PodiumException translate(ErrorContext context, String bucket, RuntimeException failure) {
    return PodiumException.in(failure)
        .orElseGet(() ->
            failure instanceof StorageException refused
                ? refused(context, bucket, refused)
                : new PodiumException.CloudFailed(
                    context.what(), words(failure), "Try again.", failure));
  }

  private static PodiumException refused(
      ErrorContext context, String bucket, StorageException failure) {
    return switch (failure.getCode()) {
      case 401 ->
          new PodiumException.NotSignedIn(
              context.what(),
              "Cloud Storage does not accept the sign-in any more",
              "Sign in again.",
              failure);
      case 403 -> forbidden(context, bucket, failure);
      case 404 ->
          new PodiumException.NotFound(
              context.what(),
              "there is no bucket '" + bucket + "', or what was put there is gone",
              "Name a bucket that there is with --bucket, or none, so that one is made.",
              failure);
      case 400, 412 ->
          CHECKSUM.matcher(words(failure)).find()
              ? new PodiumException.Conflict(
                  context.what(),
                  "Cloud Storage got other bytes than were sent (" + words(failure) + ")",
                  "Publish it again; if it goes wrong again, the network damages what is sent.",
                  failure)
              : new PodiumException.Invalid(
                  context.what(), words(failure), "Correct that and ask again.");
      case 409 ->
          new PodiumException.AlreadyExists(
              context.what(),
              "somebody else has the bucket '" + bucket + "'",
              "Name another with --bucket.",
              failure);
      case 429 ->
          new PodiumException.RateLimited(
              context.what(),
              "Cloud Storage asks for fewer requests",
              "Wait a minute and run the same again: it goes on where it stopped.",
              failure);
      default -> silent(context, failure);
    };
  }

  private static PodiumException silent(ErrorContext context, StorageException failure) {
    String why =
        failure.getCode() >= 500
            ? "Cloud Storage has trouble of its own (" + words(failure) + ")"
            : "Cloud Storage at " + context.endpoint() + " cannot be reached";
    return new PodiumException.Unavailable(
        context.what(),
        why,
        "Check the network, then run the same again: it goes on where it stopped.",
        failure);
  }

  private static PodiumException forbidden(
      ErrorContext context, String bucket, StorageException failure) {
    String said = words(failure);
    if ("insufficientPermissions".equals(failure.getReason()) || said.contains("scopes")) {
      return new PodiumException.NotPermitted(
          context.what(),
          "the sign-in does not cover Cloud Storage",
          "Sign in again with 'podium login --preflight', which asks for that as well.",
          failure);
    }
    if (said.contains("has not been used in project")) {
      return ProjectRefusals.apiOff(
          context, "Cloud Storage", "storage.googleapis.com", said, "", failure);
    }
    if (said.contains("billing account")) {
      return ProjectRefusals.billingOff(context, failure);
    }
    Matcher right = RIGHT.matcher(said);
    String missing = right.find() ? right.group() : "storage.objects.create";
    return new PodiumException.NotPermitted(
        context.what(),
        "your account has not the right " + missing + " on bucket '" + bucket + "'",
        "Ask an owner of project '"
            + context.project()
            + "' for a role that holds "
            + missing
            + ", such as Storage Admin, or name a bucket of your own with --bucket.",
        failure);
  }

  /// Its own words, as the end of a sentence. The client's own exception may hold the phrase alone.
  private static String words(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpResponseException answer && message.isBlank()) {
        message = String.valueOf(answer.getContent());
      }
    }
    String text = message.strip().replaceAll("\\s+", " ");
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
