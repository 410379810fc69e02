package dev.podium.localcloud.error;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes whatever a server refuses by itself in Google's envelope. It says what is wrong in words
/// of its own, because those of the server's libraries tell of their inside.
public enum ProtocolErrors implements ServerErrorHandler {
  /// With `errors[]`, as Compute Engine does.
  COMPUTE {
    @Override
    ObjectNode envelope(int status, String path, String message) {
      String reason =
          switch (status) {
            case 404 -> "notFound";
            case 413 -> "uploadTooLarge";
            default -> status < 500 ? "badRequest" : "backendError";
          };
      return ErrorEnvelope.itemised(status, reason, message);
    }

    @Override
    ObjectNode denial(String message) {
      return ErrorEnvelope.itemised(403, "forbidden", message);
    }
  },
  /// Without, as Pub/Sub does; its methods that the local cloud has not are UNIMPLEMENTED.
  PUBSUB {
    @Override
    ObjectNode envelope(int status, String path, String message) {
      return status == 404 && NOT_SERVED.matcher(path).lookingAt()
          ? ErrorEnvelope.plain(
              501,
              ErrorEnvelope.statusName(501),
              "The local cloud does not have the method " + bare(path) + ".")
          : ErrorEnvelope.plain(status, ErrorEnvelope.statusName(status), message);
    }

    // A client of gRPC that meets HTTP's 404 can only guess what it means.
    @Override
    public AggregatedHttpResponse renderStatus(
        @Nullable ServiceRequestContext context,
        ServiceConfig config,
        @Nullable RequestHeaders headers,
        HttpStatus status,
        @Nullable String description,
        @Nullable Throwable cause) {
      return headers != null && status.equals(HttpStatus.NOT_FOUND) && isGrpc(headers)
          ? AggregatedHttpResponse.of(
              trailers(
                  headers,
                  "12",
                  "The local cloud does not have the method " + bare(headers.path()) + "."))
          : super.renderStatus(context, config, headers, status, description, cause);
    }

    @Override
    ObjectNode denial(String message) {
      return ErrorEnvelope.plain(403, ErrorEnvelope.statusName(403), message);
    }

    // A stream of gRPC has no end to wait for, and its refusal stands in the trailers. Source:
    // https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
    @Override
    public HttpResponse forbidden(HttpRequest request, String sentence) {
      return isGrpc(request.headers())
          ? HttpResponse.of(trailers(request.headers(), "7", sentence))
          : super.forbidden(request, sentence);
    }
  };

  /// Whatever is below a project, in order: rights, schemas and other methods that are not here.
  private static final Pattern NOT_SERVED =
      Pattern.compile("/v1/projects/[^/%]+/[\\w.~+:/-]+(?:\\?|$)");

  private static boolean isGrpc(RequestHeaders headers) {
    return headers.get(HttpHeaderNames.CONTENT_TYPE, "").startsWith("application/grpc");
  }

  /// A refusal of gRPC, which stands in the trailers alone.
  ///
  /// @param status a number of google/rpc/code.proto
  private static ResponseHeaders trailers(RequestHeaders request, String status, String sentence) {
    return ResponseHeaders.builder(HttpStatus.OK)
        .set(HttpHeaderNames.CONTENT_TYPE, request.get(HttpHeaderNames.CONTENT_TYPE, ""))
        .set("grpc-status", status)
        .set("grpc-message", sentence.replaceAll("[^ -$&-~]", "?"))
        .build();
  }

  private static String bare(String path) {
    int mark = path.indexOf('?');
    return mark < 0 ? path : path.substring(0, mark);
  }

  abstract ObjectNode envelope(int status, String path, String message);

  abstract ObjectNode denial(String message);

  /// A refusal before any method is reached, HTTP 403, in this protocol's form.
  ///
  /// @param sentence why, and what to do
  public HttpResponse forbidden(HttpRequest request, String sentence) {
    String body = denial(sentence).toPrettyString();
    // After the request's end: an early answer cuts the request off. The client may take that for a
    // broken connection, and never see the answer.
    return HttpResponse.of(
        request
            .aggregate()
            .handle((_, _) -> HttpResponse.of(HttpStatus.FORBIDDEN, MediaType.JSON_UTF_8, body)));
  }

  /// Leaves it to [#renderStatus], which the server asks in the end.
  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
    return null;
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext context,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    // Google answers a verb that a path does not have as if there were no such path.
    int code = status.equals(HttpStatus.METHOD_NOT_ALLOWED) ? 404 : status.code();
    ObjectNode body = envelope(code, headers == null ? "" : headers.path(), sentence(code));
    return AggregatedHttpResponse.of(
        HttpStatus.valueOf(body.path("error").path("code").asInt()),
        MediaType.JSON_UTF_8,
        body.toPrettyString());
  }

  private static String sentence(int status) {
    return switch (status) {
      case 404 -> "The requested URL was not found on this server.";
      case 413 -> "The request's body is too large.";
      case 414 -> "The request's URL is too long.";
      case 431 -> "The request's headers are too large.";
      case 503 -> "The local cloud is shutting down.";
      default ->
          status < 500
              ? "The request is malformed; check its path, its headers and its body."
              : "Internal error.";
    };
  }
}
