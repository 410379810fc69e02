package dev.podium.localcloud.pubsub;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.UnframedGrpcErrorHandler;
import dev.podium.localcloud.error.ErrorEnvelope;
import io.grpc.Status;
import java.util.Objects;

/// Google's JSON form of a gRPC status, for those who come over REST. Source of the numbers:
/// google/rpc/code.proto.
final class RestErrors implements UnframedGrpcErrorHandler {
  @Override
  public HttpResponse handle(
      ServiceRequestContext context, Status status, AggregatedHttpResponse response) {
    int code = httpStatus(status.getCode());
    String body =
        ErrorEnvelope.plain(code, status.getCode().name(), message(status)).toPrettyString();
    return HttpResponse.of(HttpStatus.valueOf(code), MediaType.JSON_UTF_8, body);
  }

  private static String message(Status status) {
    String description = Objects.requireNonNullElse(status.getDescription(), "");
    if (!description.isEmpty()) {
      return description;
    }
    // The services describe their refusals; without words it is the body that could not be read.
    return status.getCode() == Status.Code.INVALID_ARGUMENT
        ? "Invalid JSON payload received: a member of the body has the wrong type."
        : "The request failed with " + status.getCode().name() + ".";
  }

  private static int httpStatus(Status.Code code) {
    return switch (code) {
      case OK -> 200;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, ABORTED -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED -> 499;
      case UNIMPLEMENTED -> 501;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
      case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
    };
  }
}
