package dev.podium.localcloud.pubsub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.UnframedGrpcErrorHandler;
import io.grpc.Status;
import java.util.Map;
import java.util.Objects;

/// Google's JSON form of a gRPC status, for those who come over REST. Source of the numbers:
/// google/rpc/code.proto.
final class RestErrors implements UnframedGrpcErrorHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public HttpResponse handle(
      ServiceRequestContext context, Status status, AggregatedHttpResponse response) {
    int code = httpStatus(status.getCode());
    String message = Objects.requireNonNullElse(status.getDescription(), "");
    Map<String, Object> error =
        Map.of("code", code, "message", message, "status", status.getCode().name());
    try {
      String body = JSON.writeValueAsString(Map.of("error", error));
      return HttpResponse.of(HttpStatus.valueOf(code), MediaType.JSON_UTF_8, body);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A map of texts and numbers is JSON", impossible);
    }
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
