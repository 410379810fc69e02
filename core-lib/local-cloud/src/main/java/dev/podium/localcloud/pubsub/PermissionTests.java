package dev.podium.localcloud.pubsub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.localcloud.error.ErrorEnvelope;
import dev.podium.localcloud.state.messaging.Messaging;
import dev.podium.localcloud.state.messaging.model.MessagingException;
import dev.podium.localcloud.state.project.Access;
import dev.podium.localcloud.state.project.Administration;
import dev.podium.localcloud.state.token.IssuedTokens;
import dev.podium.localcloud.state.token.IssuedTokens.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `topics.testIamPermissions` over REST: those of the permissions that the caller holds. A topic
/// has no policy of its own here, so the project's counts.
final class PermissionTests implements HttpService {
  /// Matches the method's path.
  static final String PATH = "regex:^/v1/projects/[^/]+/topics/[^/:]+:testIamPermissions$";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Messaging messaging;
  private final IssuedTokens tokens;
  private final Access access;

  PermissionTests(Messaging messaging, IssuedTokens tokens, Access access) {
    this.messaging = messaging;
    this.tokens = tokens;
    this.access = access;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    return HttpResponse.of(request.aggregate().thenApply(this::answer));
  }

  private HttpResponse answer(AggregatedHttpRequest request) {
    String topic = request.path().replaceFirst("^/v1/", "").replaceFirst(":testIam.*", "");
    Optional<Grant> grant =
        Optional.of(request.headers().get(HttpHeaderNames.AUTHORIZATION, ""))
            .filter(header -> header.startsWith("Bearer "))
            .flatMap(header -> tokens.find(header.substring(7).strip()));
    if (access.required() && grant.isEmpty()) {
      return refused(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
    }
    try {
      var _ = messaging.topic(topic);
    } catch (MessagingException missing) {
      return refused(404, "NOT_FOUND", String.valueOf(missing.getMessage()));
    }
    List<String> asked = new ArrayList<>();
    body(request).path("permissions").forEach(permission -> asked.add(permission.asText()));
    ObjectNode answer = JSON.createObjectNode();
    access
        .held(
            grant.map(Grant::email).orElse(Administration.OWNER),
            grant.map(Grant::machine).orElse(false),
            asked)
        .forEach(permission -> answer.withArray("permissions").add(permission));
    return HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, answer.toPrettyString());
  }

  private static JsonNode body(AggregatedHttpRequest request) {
    try {
      return JSON.readTree(request.contentUtf8());
    } catch (JsonProcessingException malformed) {
      return JSON.createObjectNode();
    }
  }

  private static HttpResponse refused(int code, String status, String message) {
    return HttpResponse.of(
        HttpStatus.valueOf(code),
        MediaType.JSON_UTF_8,
        ErrorEnvelope.plain(code, status, message).toPrettyString());
  }
}
