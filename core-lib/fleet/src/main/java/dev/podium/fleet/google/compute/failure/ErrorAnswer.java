package dev.podium.fleet.google.compute.failure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.client.http.HttpResponseException;
import java.util.Optional;

/// What Compute Engine said when it refused: the error envelope of its REST API.
///
/// @param status the HTTP status
/// @param reason the word for programs, such as `notFound` or `rateLimitExceeded`; empty if none
/// @param message the sentence for people; the HTTP phrase if the body held none
record ErrorAnswer(int status, String reason, String message) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// The answer in a failure of the client, or nothing if the failure is not an answer. The
  /// client's own exception holds only the HTTP phrase; the body is in its cause.
  static Optional<ErrorAnswer> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpResponseException answer) {
        return Optional.of(of(answer));
      }
    }
    return Optional.empty();
  }

  private static ErrorAnswer of(HttpResponseException answer) {
    String phrase = String.valueOf(answer.getStatusMessage());
    String body = answer.getContent();
    if (body == null || body.isBlank()) {
      return new ErrorAnswer(answer.getStatusCode(), "", phrase);
    }
    try {
      JsonNode error = JSON.readTree(body).path("error");
      String reason = error.path("errors").path(0).path("reason").asText();
      for (JsonNode detail : error.path("details")) {
        if (reason.isEmpty() && detail.path("@type").asText().endsWith("ErrorInfo")) {
          reason = detail.path("reason").asText();
        }
      }
      String message = error.path("message").asText();
      return new ErrorAnswer(answer.getStatusCode(), reason, message.isEmpty() ? phrase : message);
    } catch (JsonProcessingException e) {
      // A proxy's page, not Google's words.
      return new ErrorAnswer(answer.getStatusCode(), "", phrase);
    }
  }
}
