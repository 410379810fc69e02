package dev.podium.fleet.api;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.api.http.Problem;
import dev.podium.fleet.api.key.ApiKey;
import dev.podium.fleet.api.key.ApiKeys;
import dev.podium.fleet.api.key.Caller;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Lets a request in, or says why not.
final class RequestAuthorizer {
  private static final Set<String> OPEN = Set.of("/healthz", "/openapi.json");

  private final ApiKeys keys;
  private final Set<String> hosts = new HashSet<>(Set.of("127.0.0.1", "localhost", "[::1]"));

  RequestAuthorizer(ApiKeys keys, ApiOptions options) {
    this.keys = keys;
    options.hosts().forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
  }

  HttpResponse serve(HttpService next, ServiceRequestContext context, HttpRequest request)
      throws Exception {
    Optional<Problem> problem = refusal(context, request);
    if (problem.isEmpty()) {
      return next.serve(context, request);
    }
    // After the request's end: an early answer cuts the request off. The client may take that for a
    // broken connection, and never see the answer.
    return HttpResponse.of(request.aggregate().handle((_, _) -> problem.get().response()));
  }

  private Optional<Problem> refusal(ServiceRequestContext context, HttpRequest request) {
    int port = context.localAddress().getPort();
    List<String> named = new ArrayList<>(request.headers().getAll("host"));
    named.addAll(request.headers().getAll(":authority"));
    if (named.stream().distinct().count() > 1) {
      return Optional.of(
          new Problem(
              400, "two_hosts", "The request names more than one host.", "Send one Host header."));
    }
    String authority = String.valueOf(request.authority()).toLowerCase(Locale.ROOT);
    String host = authority.replaceFirst(":\\d+$", "");
    if (!hosts.contains(host)) {
      return Optional.of(
          new Problem(
              403,
              "wrong_host",
              "This server is not known as '" + host + "'.",
              "Call it by http://127.0.0.1:" + port + "/ or http://localhost:" + port + "/."));
    }
    String origin = request.headers().get("origin");
    if (origin != null && !origin.equals("http://" + host + ":" + port)) {
      return Optional.of(
          new Problem(
              403,
              "wrong_origin",
              "A page of '" + origin + "' may not use this server.",
              "Call it from a program, not from a page of another site."));
    }
    return OPEN.contains(context.path()) ? Optional.empty() : keyRefusal(context, request);
  }

  private Optional<Problem> keyRefusal(ServiceRequestContext context, HttpRequest request) {
    String authorization = request.headers().get("authorization", "");
    boolean bearer = authorization.regionMatches(true, 0, "Bearer ", 0, 7);
    if (!bearer) {
      return Optional.of(
          new Problem(
              401,
              "no_key",
              "The request carries no API key.",
              "Send the header 'Authorization: Bearer <key>'."));
    }
    Optional<ApiKey> key = keys.find(authorization.substring(7).strip());
    if (key.isEmpty()) {
      return Optional.of(
          new Problem(
              401,
              "wrong_key",
              "The API key is not known here, was revoked, or has expired.",
              "Read the key again from the file that the server named at its start."));
    }
    Caller.is(context, key.get());
    boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
    ApiKeys.Scope needed = reads ? ApiKeys.Scope.READ : ApiKeys.Scope.WRITE;
    return key.get().scopes().contains(needed)
        ? Optional.empty()
        : Optional.of(
            new Problem(
                403, "wrong_scope", "The API key may only read.", "Use a key that may write."));
  }
}
