package dev.podium.localcloud.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Says where an error answer is not in the envelope that Google's APIs use. It is the only form
/// that gcloud prints well and from which the client libraries can read a reason.
final class GoogleError {

  /// The canonical name that Google writes beside each HTTP status.
  private static final Map<Integer, List<String>> NAMES =
      Map.of(
          400, List.of("INVALID_ARGUMENT", "FAILED_PRECONDITION", "OUT_OF_RANGE"),
          401, List.of("UNAUTHENTICATED"),
          403, List.of("PERMISSION_DENIED"),
          404, List.of("NOT_FOUND"),
          409, List.of("ALREADY_EXISTS", "ABORTED"),
          412, List.of("FAILED_PRECONDITION"),
          413, List.of("INVALID_ARGUMENT", "OUT_OF_RANGE", "FAILED_PRECONDITION"),
          429, List.of("RESOURCE_EXHAUSTED"),
          501, List.of("UNIMPLEMENTED"),
          503, List.of("UNAVAILABLE"));

  /// What a person or an attacker would learn about the inside of the server.
  private static final Pattern LEAK =
      Pattern.compile(
          "<html|<!doctype|\\bat [a-z]+(\\.[\\w$]+)+\\(|[a-z]+(\\.[a-z]+)+\\.[A-Z]\\w*(Exception|Error)"
              + "|dev\\.podium|armeria|netty|jackson",
          Pattern.CASE_INSENSITIVE);

  private GoogleError() {}

  /// @param itemised whether the API lists `errors[]` (Compute does, Pub/Sub does not)
  static List<String> faults(Answer answer, boolean itemised) {
    List<String> faults = new ArrayList<>();
    if (answer.succeeded()) {
      return List.of("expected an error, got " + answer);
    }
    if (LEAK.matcher(answer.text()).find()) {
      faults.add("the answer shows the inside of the server: " + answer);
    }
    if (!answer.header("content-type").toLowerCase(Locale.ROOT).startsWith("application/json")) {
      faults.add("Content-Type is '" + answer.header("content-type") + "': " + answer);
      return faults;
    }
    JsonNode error = answer.json().path("error");
    if (error.path("code").asInt() != answer.status()) {
      faults.add("error.code is not the HTTP status: " + answer);
    }
    if (error.path("message").asText().isBlank()) {
      faults.add("error.message is missing: " + answer);
    }
    if (!NAMES.getOrDefault(answer.status(), List.of()).contains(error.path("status").asText())) {
      faults.add("error.status does not fit the HTTP status: " + answer);
    }
    if (itemised) {
      JsonNode first = error.path("errors").path(0);
      for (String member : List.of("message", "domain", "reason")) {
        if (first.path(member).asText().isBlank()) {
          faults.add("error.errors[0]." + member + " is missing: " + answer);
        }
      }
    }
    return faults;
  }
}
