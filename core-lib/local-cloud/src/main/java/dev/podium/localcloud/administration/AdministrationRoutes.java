package dev.podium.localcloud.administration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import dev.podium.localcloud.error.ErrorEnvelope;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.project.Access;
import dev.podium.localcloud.state.project.Administration;
import dev.podium.localcloud.state.token.IssuedTokens;
import dev.podium.localcloud.state.token.IssuedTokens.Grant;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/// Serves the APIs of this package: checks who asks, finds the method, writes what comes of it.
public final class AdministrationRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AUTH = "https://www.googleapis.com/auth/";
  private static final List<String> READING =
      List.of(AUTH + "cloud-platform", AUTH + "cloud-platform.read-only");
  private static final List<String> WRITING = List.of(AUTH + "cloud-platform");

  private final Administration administration;
  private final Access access;
  private final IssuedTokens tokens;
  private final List<Endpoint> endpoints;

  public AdministrationRoutes(Administration administration, Access access, IssuedTokens tokens) {
    this.administration = administration;
    this.access = access;
    this.tokens = tokens;
    this.endpoints =
        Stream.of(
                new ProjectEndpoints(administration, access).all(),
                new ServiceEndpoints(administration).all(),
                new AccountEndpoints(administration, access).all())
            .flatMap(List::stream)
            .toList();
  }

  /// Adds the routes to a server that may have others.
  public void registerOn(ServerBuilder server) {
    HttpService service =
        (_, request) -> HttpResponse.of(request.aggregate().thenApply(this::answer));
    for (String path :
        List.of(
            "/v3/{collection}",
            "/v3/projects/{target}",
            "/v1/projects/{target}",
            "/v1/projects/{project}/{target}",
            "/v1/projects/{project}/{collection}/{target}",
            "/v1/roles/{target}")) {
      server.service(path, service);
    }
  }

  private HttpResponse answer(AggregatedHttpRequest request) {
    try {
      return write(200, answered(request));
    } catch (Refusal refusal) {
      return write(refusal.status(), refused(refusal));
    }
  }

  private Object answered(AggregatedHttpRequest request) {
    String path =
        URLDecoder.decode(request.path().replaceFirst("\\?.*", ""), StandardCharsets.UTF_8);
    for (Endpoint endpoint : endpoints) {
      Matcher parts = endpoint.path().matcher(path);
      if (endpoint.verb().equals(request.method().name()) && parts.matches()) {
        AdministrationCall call = call(request);
        access.requireOn(endpoint.api().title(), endpoint.api().service());
        requireProject(parts, endpoint);
        requirePermission(call, endpoint);
        return endpoint.action().answer(parts, call);
      }
    }
    throw new Refusal(
        404, "notFound", "The local cloud has no method " + request.method() + " " + path + ".");
  }

  private AdministrationCall call(AggregatedHttpRequest request) {
    String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    Optional<Grant> grant =
        authorization.startsWith("Bearer ")
            ? tokens.find(authorization.substring(7).strip())
            : Optional.empty();
    if (access.required()) {
      requireToken(
          grant,
          request.method().name().equals("GET")
              || request.path().contains(":test")
              || request.path().contains(":get"));
    }
    int mark = request.path().indexOf('?');
    return new AdministrationCall(
        grant.map(Grant::email).orElse(Administration.OWNER),
        grant.map(Grant::machine).orElse(false),
        QueryParams.fromQueryString(mark < 0 ? "" : request.path().substring(mark + 1)),
        body(request.contentUtf8()));
  }

  private static void requireToken(Optional<Grant> grant, boolean reads) {
    if (grant.isEmpty()) {
      throw new Refusal(
          401,
          "authError",
          "Request had invalid authentication credentials. Expected OAuth 2 access token, login"
              + " cookie or other valid authentication credential. See"
              + " https://developers.google.com/identity/sign-in/web/devconsole-project.");
    }
    if (!grant.get().permitsAnyOf(reads ? READING : WRITING)) {
      throw new Refusal(
          403,
          "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
          "Request had insufficient authentication scopes.");
    }
  }

  private static JsonNode body(String text) {
    try {
      JsonNode node = text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
      return node.isObject() ? node : JSON.createObjectNode();
    } catch (JsonProcessingException malformed) {
      throw new Refusal(
          400, "badRequest", "Invalid JSON payload received. The body is not valid JSON.");
    }
  }

  /// Of a project that is not there Google says the same as of one that may not be seen.
  private void requireProject(Matcher parts, Endpoint endpoint) {
    boolean own =
        !parts.namedGroups().containsKey("project")
            || parts.group("project").equals(administration.project().id())
            || parts.group("project").equals(String.valueOf(administration.project().number()));
    if (!own) {
      throw denied("resourcemanager.projects.get", parts.group("project"), endpoint);
    }
  }

  private void requirePermission(AdministrationCall call, Endpoint endpoint) {
    if (!endpoint.permission().isEmpty()
        && !access.allows(call.user(), call.machine(), endpoint.permission())) {
      throw denied(endpoint.permission(), administration.project().id(), endpoint);
    }
  }

  private Refusal denied(String permission, String project, Endpoint endpoint) {
    String sentence =
        switch (endpoint.api()) {
          case RESOURCE_MANAGER ->
              "Permission '"
                  + permission
                  + "' denied on resource '//cloudresourcemanager.googleapis.com/projects/"
                  + project
                  + "' (or it may not exist).";
          case IAM -> "Permission '" + permission + "' denied on resource (or it may not exist).";
          case SERVICE_USAGE ->
              "Permission denied to list services for consumer container [projects/"
                  + administration.project().number()
                  + "]";
          case BILLING -> "The caller does not have permission";
        };
    return new Refusal(403, "IAM_PERMISSION_DENIED", sentence);
  }

  private ObjectNode refused(Refusal refusal) {
    ObjectNode envelope =
        ErrorEnvelope.plain(
            refusal.status(), ErrorEnvelope.statusName(refusal.status()), refusal.text());
    boolean off = refusal.reason().equals("accessNotConfigured");
    if (off || refusal.reason().equals(refusal.reason().toUpperCase(java.util.Locale.ROOT))) {
      ObjectNode info = envelope.withObject("/error").putArray("details").addObject();
      info.put("@type", "type.googleapis.com/google.rpc.ErrorInfo");
      info.put("reason", off ? "SERVICE_DISABLED" : refusal.reason());
      info.put("domain", "googleapis.com");
      info.putObject("metadata").put("consumer", "projects/" + administration.project().number());
    }
    return envelope;
  }

  private static HttpResponse write(int status, Object body) {
    try {
      return HttpResponse.of(
          HttpStatus.valueOf(status),
          MediaType.JSON_UTF_8,
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(body));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Maps of texts and numbers are JSON", impossible);
    }
  }
}
