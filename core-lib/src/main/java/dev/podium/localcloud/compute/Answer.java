package dev.podium.localcloud.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.state.Refusal;

/// What a request is answered with.
///
/// @param status HTTP status
record Answer(int status, JsonNode body) {
  static Answer ok(JsonNode body) {
    return new Answer(200, body);
  }

  /// Google's error envelope. gcloud prints `error.message`, the libraries look at the HTTP status,
  /// people at `errors[0].reason`.
  static Answer refused(Refusal refusal) {
    ObjectNode envelope = Json.object();
    ObjectNode error = envelope.putObject("error");
    error.put("code", refusal.status());
    error.put("message", refusal.text());
    ObjectNode first = error.putArray("errors").addObject();
    first.put("message", refusal.text());
    first.put("domain", domainOf(refusal.reason()));
    first.put("reason", refusal.reason());
    if (refusal.status() == 401) {
      first.put("locationType", "header").put("location", "Authorization");
    }
    error.put("status", statusName(refusal.status()));
    return new Answer(refusal.status(), envelope);
  }

  private static String domainOf(String reason) {
    return reason.equals("rateLimitExceeded") ? "usageLimits" : "global";
  }

  /// The name that google.rpc.Code has for an HTTP status.
  private static String statusName(int status) {
    return switch (status) {
      case 400 -> "INVALID_ARGUMENT";
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ALREADY_EXISTS";
      case 412 -> "FAILED_PRECONDITION";
      case 413 -> "OUT_OF_RANGE";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 501 -> "UNIMPLEMENTED";
      case 503 -> "UNAVAILABLE";
      default -> status < 500 ? "FAILED_PRECONDITION" : "INTERNAL";
    };
  }
}
