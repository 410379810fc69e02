package dev.podium.localcloud.pubsub.form;

import dev.podium.localcloud.state.messaging.model.MessagingException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns outcomes into gRPC statuses.
public final class Statuses {
  private static final Logger LOG = LoggerFactory.getLogger(Statuses.class);

  private Statuses() {}

  /// Answers a unary call with what the work returns, or with the status of what it throws.
  public static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
    T response;
    try {
      response = work.get();
    } catch (RuntimeException failure) {
      // Whatever happens, this call gets a status and the connection's other calls go on.
      observer.onError(of(failure));
      return;
    }
    observer.onNext(response);
    observer.onCompleted();
  }

  /// The exception that carries the right status to the client.
  public static StatusRuntimeException of(RuntimeException failure) {
    return switch (failure) {
      case StatusRuntimeException status -> status;
      case MessagingException refused -> of(refused);
      default -> {
        LOG.error("A Pub/Sub call failed unexpectedly", failure);
        yield Status.INTERNAL.withDescription("Internal error encountered.").asRuntimeException();
      }
    };
  }

  public static StatusRuntimeException invalid(String message) {
    return Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException();
  }

  /// Refuses the request unless the condition holds.
  public static void require(boolean condition, String message) {
    if (!condition) {
      throw invalid(message);
    }
  }

  private static StatusRuntimeException of(MessagingException refused) {
    Status status =
        switch (refused.reason()) {
          case INVALID -> Status.INVALID_ARGUMENT;
          case NOT_FOUND -> Status.NOT_FOUND;
          case ALREADY_EXISTS -> Status.ALREADY_EXISTS;
          case PRECONDITION -> Status.FAILED_PRECONDITION;
          case EXHAUSTED -> Status.RESOURCE_EXHAUSTED;
          case UNAVAILABLE -> Status.UNAVAILABLE;
        };
    return status.withDescription(refused.getMessage()).asRuntimeException();
  }
}
