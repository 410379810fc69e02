package dev.podium.localcloud.error;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Google's error envelope. gcloud prints `error.message`, the libraries look at the HTTP status,
/// people at `errors[0].reason`.
public final class ErrorEnvelope {
  private ErrorEnvelope() {}

  /// The form of Pub/Sub, and of most APIs.
  ///
  /// @param code HTTP status
  /// @param status its name in google.rpc.Code
  public static ObjectNode plain(int code, String status, String message) {
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.putObject("error").put("code", code).put("message", message).put("status", status);
    return envelope;
  }

  /// The form of Compute Engine, which also lists `errors[]`.
  ///
  /// @param code HTTP status
  /// @param reason Compute Engine's machine-readable reason, such as `notFound`
  public static ObjectNode itemised(int code, String reason, String message) {
    ObjectNode envelope = plain(code, statusName(code), message);
    ObjectNode first = envelope.withObject("/error").putArray("errors").addObject();
    first.put("message", message);
    first.put("domain", reason.equals("rateLimitExceeded") ? "usageLimits" : "global");
    first.put("reason", reason);
    if (code == 401) {
      first.put("locationType", "header").put("location", "Authorization");
    }
    return envelope;
  }

  /// The name that google.rpc.Code has for an HTTP status.
  public static String statusName(int code) {
    return switch (code) {
      case 400, 413, 414, 431 -> "INVALID_ARGUMENT";
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ALREADY_EXISTS";
      case 412 -> "FAILED_PRECONDITION";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 501 -> "UNIMPLEMENTED";
      case 503 -> "UNAVAILABLE";
      default -> code < 500 ? "FAILED_PRECONDITION" : "INTERNAL";
    };
  }
}
