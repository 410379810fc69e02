package dev.podium.localcloud.pubsub.stream;

import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.StreamingPullResponse.AcknowledgeConfirmation;
import com.google.pubsub.v1.StreamingPullResponse.ModifyAckDeadlineConfirmation;
import dev.podium.localcloud.state.messaging.model.AckOutcome;
import java.util.List;

/// What a stream of an exactly-once subscription is told of the acknowledgements it sent.
final class StreamConfirmations {
  private StreamConfirmations() {}

  static StreamingPullResponse ofAcks(
      StreamingPullResponse.Builder response, List<String> asked, AckOutcome outcome) {
    return response
        .setAcknowledgeConfirmation(
            AcknowledgeConfirmation.newBuilder()
                .addAllAckIds(done(asked, outcome))
                .addAllInvalidAckIds(outcome.stale())
                .addAllInvalidAckIds(outcome.malformed()))
        .build();
  }

  static StreamingPullResponse ofDeadlines(
      StreamingPullResponse.Builder response, List<String> asked, AckOutcome outcome) {
    return response
        .setModifyAckDeadlineConfirmation(
            ModifyAckDeadlineConfirmation.newBuilder()
                .addAllAckIds(done(asked, outcome))
                .addAllInvalidAckIds(outcome.stale())
                .addAllInvalidAckIds(outcome.malformed()))
        .build();
  }

  private static List<String> done(List<String> asked, AckOutcome outcome) {
    return asked.stream()
        .filter(id -> !outcome.stale().contains(id) && !outcome.malformed().contains(id))
        .toList();
  }
}
