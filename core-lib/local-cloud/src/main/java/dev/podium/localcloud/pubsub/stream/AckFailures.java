package dev.podium.localcloud.pubsub.stream;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.podium.localcloud.pubsub.form.Statuses;
import dev.podium.localcloud.state.messaging.model.AckOutcome;
import io.grpc.protobuf.StatusProto;

/// What a client is told of acknowledgements that came too late or were never right.
public final class AckFailures {
  private AckFailures() {}

  /// Returns where all is well: a plain subscription ignores stale acknowledgements.
  public static void throwIfAny(AckOutcome outcome) {
    if (outcome.exactlyOnce() && !(outcome.stale().isEmpty() && outcome.malformed().isEmpty())) {
      throw exactlyOnce(outcome);
    }
    if (!outcome.malformed().isEmpty()) {
      throw Statuses.invalid(
          "You have passed an invalid ack ID to the service (ack_id="
              + outcome.malformed().getFirst()
              + ").");
    }
  }

  private static io.grpc.StatusRuntimeException exactlyOnce(AckOutcome outcome) {
    ErrorInfo.Builder info =
        ErrorInfo.newBuilder()
            .setReason("EXACTLY_ONCE_ACKID_FAILURE")
            .setDomain("pubsub.googleapis.com");
    for (String id : outcome.stale()) {
      info.putMetadata(id, "PERMANENT_FAILURE_INVALID_ACK_ID");
    }
    for (String id : outcome.malformed()) {
      info.putMetadata(id, "PERMANENT_FAILURE_INVALID_ACK_ID");
    }
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(Code.INVALID_ARGUMENT_VALUE)
            .setMessage(
                "Some acknowledgement ids in the request were invalid. This could be because the"
                    + " acknowledgement ids have expired or the acknowledgement ids were malformed.")
            .addDetails(Any.pack(info.build()))
            .build());
  }
}
