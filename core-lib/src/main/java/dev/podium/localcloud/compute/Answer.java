package dev.podium.localcloud.compute;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.localcloud.error.ErrorEnvelope;
import dev.podium.localcloud.state.Refusal;

/// What a request is answered with.
///
/// @param status HTTP status
record Answer(int status, JsonNode body) {
  static Answer ok(JsonNode body) {
    return new Answer(200, body);
  }

  /// In Google's error envelope.
  static Answer refused(Refusal refusal) {
    return new Answer(
        refusal.status(),
        ErrorEnvelope.itemised(refusal.status(), refusal.reason(), refusal.text()));
  }
}
