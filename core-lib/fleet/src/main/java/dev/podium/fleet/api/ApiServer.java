package dev.podium.fleet.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.api.call.ActivityCalls;
import dev.podium.fleet.api.call.ApiOperations;
import dev.podium.fleet.api.call.CreateCall;
import dev.podium.fleet.api.call.InstanceActionCalls;
import dev.podium.fleet.api.call.InstanceCalls;
import dev.podium.fleet.api.call.KeyCalls;
import dev.podium.fleet.api.call.LeakCalls;
import dev.podium.fleet.api.call.OperationCalls;
import dev.podium.fleet.api.call.PolicyCalls;
import dev.podium.fleet.api.call.ZoneCalls;
import dev.podium.fleet.api.http.Answers;
import dev.podium.fleet.api.http.Problem;
import dev.podium.fleet.api.http.RefusedRequest;
import dev.podium.fleet.api.instance.EventFeed;
import dev.podium.fleet.api.instance.InstanceList;
import dev.podium.fleet.api.instance.Metrics;
import dev.podium.fleet.api.key.ApiKeys;
import dev.podium.fleet.api.key.Caller;
import dev.podium.fleet.api.people.AllocationCalls;
import dev.podium.fleet.api.people.InviteCalls;
import dev.podium.fleet.api.people.PeopleCalls;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The REST API over a [Fleet]. [#start] opens the port, [#close] closes it; it does not close the
/// fleet.
public final class ApiServer implements AutoCloseable {
  private static final long LONGEST_BODY = 64 * 1024;
  private static final Duration CLOSE = Duration.ofMillis(700);
  private static final String NAME = "regex:^/v1/instances/(?<name>[^/:]+)";

  private final ApiKeys keys;
  private final ApiOptions options;
  private final Server server;
  private final InstanceList instances;
  private final EventFeed feed;
  private final Metrics metrics;
  private final Supplier<Duration> skew;
  private final Map<String, HttpService> routes = new LinkedHashMap<>();

  /// @param clock the wall clock, for ages and times that people read
  public ApiServer(Fleet fleet, ApiKeys keys, ApiOptions options, InstantSource clock) {
    this.keys = keys;
    this.options = options;
    this.skew = fleet::clockSkew;
    this.instances = new InstanceList(fleet.events(), clock);
    this.feed = new EventFeed(fleet.events(), instances);
    this.metrics = new Metrics(fleet.events(), fleet::droppedPulses, clock);
    addInstanceRoutes(fleet, new ApiOperations(clock));
    addFleetRoutes(fleet);
    addKeyRoutes(new KeyCalls(keys, fleet.events(), clock));
    addServerRoutes();
    this.server = build(new RequestAuthorizer(keys, options));
  }

  private void addInstanceRoutes(Fleet fleet, ApiOperations operations) {
    InstanceCalls read = new InstanceCalls(fleet, instances);
    // Answered on the event loop: the bytes are ready.
    routes.put("GET /v1/instances", (context, _) -> quickly(() -> read.list(context)));
    CreateCall create = new CreateCall(fleet, instances, operations, CreateCall.READY);
    routes.put("POST /v1/instances", Answers.service(create::handle));
    routes.put("GET " + NAME + "$", Answers.service(read::get));
    InstanceActionCalls act = new InstanceActionCalls(fleet, operations);
    routes.put("DELETE " + NAME + "$", Answers.service(act::delete));
    routes.put("POST " + NAME + ":drain$", Answers.service(act::drain));
    routes.put("POST " + NAME + ":pin$", Answers.service(act::pin));
    routes.put("POST " + NAME + ":hold$", Answers.service(act::hold));
    routes.put("GET " + NAME + "/serial$", Answers.service(read::serial));
    routes.put("GET /v1/operations/{id}", Answers.service(new OperationCalls(operations)::get));
  }

  private void addFleetRoutes(Fleet fleet) {
    routes.put("POST /v1/allocations", Answers.service(new AllocationCalls(fleet)::allocate));
    InviteCalls invites = new InviteCalls(fleet);
    routes.put("POST /v1/invites", Answers.service(invites::invite));
    routes.put("POST /v1/invites:revoke", Answers.service(invites::takeBack));
    PeopleCalls people = new PeopleCalls(fleet);
    routes.put("GET /v1/people", Answers.service(people::list));
    routes.put("DELETE /v1/people/{id}", Answers.service(people::remove));
    ZoneCalls zones = new ZoneCalls(fleet);
    routes.put("GET /v1/zones", Answers.service(zones::zones));
    routes.put("GET /v1/machineTypes", Answers.service(zones::machineTypes));
    PolicyCalls policy = new PolicyCalls(fleet);
    routes.put("GET /v1/policy", Answers.service(policy::get));
    routes.put("PUT /v1/policy", Answers.service(policy::put));
    routes.put("GET /v1/activity", Answers.service(new ActivityCalls(fleet.events())::list));
    LeakCalls leaks = new LeakCalls(fleet);
    routes.put("GET /v1/leaks", Answers.service(leaks::look));
    routes.put("POST /v1/leaks:clean", Answers.service(leaks::clean));
  }

  private void addKeyRoutes(KeyCalls calls) {
    routes.put("GET /v1/keys", Answers.service(calls::list));
    routes.put("POST /v1/keys", Answers.service(calls::create));
    routes.put("DELETE /v1/keys/{id}", Answers.service(calls::revoke));
  }

  private void addServerRoutes() {
    routes.put("GET /v1/events", (context, _) -> events(context));
    routes.put("GET /healthz", (_, _) -> health());
    routes.put("GET /metrics", (_, _) -> metrics());
    routes.put("GET /openapi.json", (_, _) -> description());
  }

  /// The routes in the form `GET /v1/instances/{name}`, in order.
  java.util.List<String> routes() {
    return routes.keySet().stream()
        .map(route -> route.replace("regex:^", "").replace("(?<name>[^/:]+)", "{name}"))
        .map(route -> route.replace("$", ""))
        .toList();
  }

  private Server build(RequestAuthorizer gate) {
    ServerBuilder builder =
        Server.builder()
            .http(new InetSocketAddress(options.address(), options.port()))
            .maxRequestLength(LONGEST_BODY)
            .requestTimeout(Duration.ofMinutes(1))
            .gracefulShutdownTimeoutMillis(0, 500)
            .errorHandler(new Errors())
            .decorator((next, context, request) -> {
              metrics.countRequest();
              return gate.serve(next, context, request);
            });
    routes.forEach((route, service) -> {
      int space = route.indexOf(' ');
      var path = Route.builder().path(route.substring(space + 1));
      builder.service(
          switch (route.substring(0, space)) {
            case "GET" ->
                path.methods(
                        com.linecorp.armeria.common.HttpMethod.GET,
                        com.linecorp.armeria.common.HttpMethod.HEAD)
                    .build();
            case "POST" -> path.methods(com.linecorp.armeria.common.HttpMethod.POST).build();
            case "PUT" -> path.methods(com.linecorp.armeria.common.HttpMethod.PUT).build();
            default -> path.methods(com.linecorp.armeria.common.HttpMethod.DELETE).build();
          },
          service);
    });
    return builder.build();
  }

  /// Opens the port.
  ///
  /// @return the base of the API, with a slash at its end
  /// @throws PodiumException.Unavailable if the port is taken
  public URI start() {
    try {
      server.start().join();
    } catch (CompletionException e) {
      throw new PodiumException.Unavailable(
          "The API could not be opened",
          "port " + options.port() + " cannot be had: " + rootMessage(e),
          "Close the program that has the port, or choose another.",
          e);
    }
    String host =
        options.address().isLoopbackAddress() ? "127.0.0.1" : options.address().getHostAddress();
    return URI.create("http://" + host + ":" + server.activeLocalPort() + "/");
  }

  private static String rootMessage(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  @FunctionalInterface
  private interface Answer {
    HttpResponse get();
  }

  private static HttpResponse quickly(Answer answer) {
    try {
      return answer.get();
    } catch (RefusedRequest e) {
      return e.problem().response();
    }
  }

  private HttpResponse events(ServiceRequestContext context) {
    context.clearRequestTimeout();
    String key = Caller.of(context).id();
    return feed.listen(context.request().headers().get("last-event-id", ""), () -> keys.good(key));
  }

  private HttpResponse health() {
    boolean alive = metrics.alive();
    return Answers.json(
        alive ? 200 : 503,
        JsonNodeFactory.instance
            .objectNode()
            .put("status", alive ? "ok" : "the health monitor does not tick")
            .put("lastTick", metrics.lastTick())
            .put("doubt", metrics.doubt())
            .put("clockSkewSeconds", skew.get().toSeconds()));
  }

  private HttpResponse metrics() {
    return HttpResponse.of(
        HttpStatus.OK,
        MediaType.parse(Metrics.TYPE),
        HttpData.ofUtf8(metrics.text(instances.vms())));
  }

  private static HttpResponse description() {
    try (InputStream in = ApiServer.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("openapi.json is missing from the jar");
      }
      return HttpResponse.of(HttpStatus.OK, MediaType.JSON, HttpData.wrap(in.readAllBytes()));
    } catch (IOException e) {
      return Answers.problem(e).response();
    }
  }

  /// What Armeria itself refuses, in the same form as everything else.
  private static final class Errors implements ServerErrorHandler {
    @Override
    public @Nullable HttpResponse onServiceException(
        ServiceRequestContext context, Throwable cause) {
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
      Problem problem =
          switch (status.code()) {
            case 404 ->
                new Problem(
                    404, "no_such_path", "There is no such path here.", "See /openapi.json.");
            case 405 ->
                new Problem(
                    405,
                    "wrong_method",
                    "The path does not take that method.",
                    "See /openapi.json.");
            case 413 ->
                new Problem(
                    413,
                    "too_large",
                    "The request's body is over " + LONGEST_BODY + " bytes.",
                    "Send less at once.");
            case 503 ->
                new Problem(503, "too_slow", "The answer took too long.", "Ask again later.");
            default ->
                new Problem(
                    status.code(), "refused", "The request was refused: " + status + ".", "");
          };
      ResponseHeaders head = problem.headers();
      return AggregatedHttpResponse.of(head, HttpData.ofUtf8(problem.json().toString()));
    }
  }

  /// Closes the port, within two seconds.
  @Override
  public void close() {
    feed.close();
    metrics.close();
    instances.close();
    // The port is closed at once; Armeria's threads take two more seconds to end, and nobody needs
    // to wait for them.
    CompletableFuture<Void> patience = new CompletableFuture<>();
    CompletableFuture.anyOf(
            server.stop(),
            patience.completeOnTimeout(null, CLOSE.toMillis(), TimeUnit.MILLISECONDS))
        .join();
    keys.settle();
  }
}
