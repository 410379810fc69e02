package dev.podium.fleet.api.http;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Optional;
import java.util.Set;

/// What a request must be like before its call looks at it: its parameters, and the form of its
/// body.
public final class RequestForm {
  /// What `curl -d` says of any text, and what the examples of this API have always sent.
  private static final MediaType CURLS_OWN = MediaType.FORM_DATA;

  private RequestForm() {}

  /// The same service, for good requests alone.
  ///
  /// @param parameters every one that the call has
  public static HttpService checking(Set<String> parameters, HttpService service) {
    return (context, request) -> {
      Optional<Problem> problem = refusal(context, request, parameters);
      // After the request's end: an early answer may never be seen.
      return problem.isEmpty()
          ? service.serve(context, request)
          : HttpResponse.of(request.aggregate().handle((_, _) -> problem.get().response()));
    };
  }

  private static Optional<Problem> refusal(
      ServiceRequestContext context, HttpRequest request, Set<String> parameters) {
    try {
      QueryParameters.requireKnown(context, parameters);
    } catch (RefusedRequest unknown) {
      return Optional.of(unknown.problem());
    }
    boolean body = request.method() == HttpMethod.POST || request.method() == HttpMethod.PUT;
    return body ? bodyRefusal(request) : Optional.empty();
  }

  private static Optional<Problem> bodyRefusal(HttpRequest request) {
    String encoding = request.headers().get("content-encoding", "identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      return Optional.of(
          unsupported(
              "The body is encoded as '" + encoding + "', which this server does not read.",
              "Send it without Content-Encoding."));
    }
    MediaType type = request.contentType();
    boolean unread = type == null && request.headers().contains("content-type");
    if (unread || (type != null && !isRead(type))) {
      return Optional.of(
          unsupported(
              "The body's Content-Type is '"
                  + request.headers().get("content-type")
                  + "', which this server does not read.",
              "Send 'Content-Type: application/json'."));
    }
    return Optional.empty();
  }

  private static boolean isRead(MediaType type) {
    boolean utf8 =
        type.charset() == null || type.charset().equals(java.nio.charset.StandardCharsets.UTF_8);
    return utf8 && (type.isJson() || CURLS_OWN.is(type.withoutParameters()));
  }

  private static Problem unsupported(String detail, String remedy) {
    return new Problem(415, "unsupported_media_type", detail, remedy);
  }
}
