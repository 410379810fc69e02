package dev.podium.localcloud.compute.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.localcloud.error.ErrorEnvelope;
import dev.podium.localcloud.state.Refusal;

/// What a request is answered with.
///
/// @param status HTTP status
public record ComputeResponse(int status, JsonNode body) {
  public static ComputeResponse ok(JsonNode body) {
    return new ComputeResponse(200, body);
  }

  /// In Google's error envelope.
  public static ComputeResponse refused(Refusal refusal) {
    return new ComputeResponse(
        refusal.status(),
        ErrorEnvelope.itemised(refusal.status(), refusal.reason(), refusal.text()));
  }
}
