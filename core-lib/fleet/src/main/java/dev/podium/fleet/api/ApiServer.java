package dev.podium.fleet.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
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
import com.linecorp.armeria.server.encoding.EncodingService;
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
import dev.podium.fleet.api.call.ScalerCalls;
import dev.podium.fleet.api.call.ZoneCalls;
import dev.podium.fleet.api.http.Answers;
import dev.podium.fleet.api.http.Problem;
import dev.podium.fleet.api.http.RefusedRequest;
import dev.podium.fleet.api.http.RequestForm;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The REST API over a [Fleet]. [#start] opens the port, [#close] closes it; it does not close the
/// fleet.
public final class ApiServer implements AutoCloseable {
  private static final long LONGEST_BODY = 64 * 1024;
  private static final Duration IDLE = Duration.ofSeconds(15);
  private static final int SMALLEST_COMPRESSED = 1024;
  private static final MediaType METRICS = MediaType.parse(Metrics.TYPE).withoutParameters();
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
    this(fleet, keys, options, clock, IDLE);
  }

  /// @param idle after which a connection is cut that waits for no answer; a slow request's too
  ApiServer(Fleet fleet, ApiKeys keys, ApiOptions options, InstantSource clock, Duration idle) {
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
    this.server = build(new RequestAuthorizer(keys, options), idle);
  }

  private void addInstanceRoutes(Fleet fleet, ApiOperations operations) {
    InstanceCalls read = new InstanceCalls(fleet, instances);
    // Answered on the event loop: the bytes are ready.
    add(
        "GET /v1/instances",
        Set.of("filter", "pageSize", "pageToken"),
        (context, _) -> quickly(() -> read.list(context)));
    CreateCall create = new CreateCall(fleet, instances, operations, CreateCall.READY);
    add("POST /v1/instances", Set.of("wait"), Answers.service(create::handle));
    add("GET " + NAME + "$", Set.of(), Answers.service(read::get));
    InstanceActionCalls act = new InstanceActionCalls(fleet, operations);
    add("DELETE " + NAME + "$", Set.of("force"), Answers.service(act::delete));
    add("POST " + NAME + ":drain$", Set.of(), Answers.service(act::drain));
    add("POST " + NAME + ":pin$", Set.of(), Answers.service(act::pin));
    add("POST " + NAME + ":hold$", Set.of(), Answers.service(act::hold));
    add("GET " + NAME + "/serial$", Set.of("start"), Answers.service(read::serial));
    add("GET /v1/operations/{id}", Set.of(), Answers.service(new OperationCalls(operations)::get));
  }

  private void addFleetRoutes(Fleet fleet) {
    add("POST /v1/allocations", Set.of(), Answers.service(new AllocationCalls(fleet)::allocate));
    InviteCalls invites = new InviteCalls(fleet);
    add("POST /v1/invites", Set.of(), Answers.service(invites::invite));
    add("POST /v1/invites:revoke", Set.of(), Answers.service(invites::takeBack));
    PeopleCalls people = new PeopleCalls(fleet);
    add("GET /v1/people", Set.of("pageSize", "pageToken"), Answers.service(people::list));
    add("DELETE /v1/people/{id}", Set.of("hours"), Answers.service(people::remove));
    ZoneCalls zones = new ZoneCalls(fleet);
    add("GET /v1/zones", Set.of(), Answers.service(zones::zones));
    add("GET /v1/machineTypes", Set.of("zone"), Answers.service(zones::machineTypes));
    add("GET /v1/prices", Set.of(), Answers.service(zones::prices));
    PolicyCalls policy = new PolicyCalls(fleet);
    add("GET /v1/policy", Set.of(), Answers.service(policy::get));
    add("PUT /v1/policy", Set.of(), Answers.service(policy::put));
    add(
        "GET /v1/activity",
        Set.of("level", "instance", "pageSize", "pageToken"),
        Answers.service(new ActivityCalls(fleet.events())::list));
    ScalerCalls scaler = new ScalerCalls(fleet);
    add("GET /v1/scaler", Set.of(), Answers.service(scaler::get));
    add("POST /v1/scaler:resume", Set.of(), Answers.service(scaler::resume));
    LeakCalls leaks = new LeakCalls(fleet);
    add("GET /v1/leaks", Set.of(), Answers.service(leaks::look));
    add("POST /v1/leaks:clean", Set.of(), Answers.service(leaks::clean));
  }

  private void addKeyRoutes(KeyCalls calls) {
    add("GET /v1/keys", Set.of(), Answers.service(calls::list));
    add("POST /v1/keys", Set.of(), Answers.service(calls::create));
    add("DELETE /v1/keys/{id}", Set.of("force"), Answers.service(calls::revoke));
  }

  private void addServerRoutes() {
    add("GET /v1/events", Set.of(), (context, _) -> events(context));
    routes.put("GET /healthz", (_, _) -> health());
    routes.put("GET /metrics", (_, _) -> metrics());
    routes.put("GET /openapi.json", (_, _) -> description());
  }

  /// @param parameters every one that the call has; another is refused
  private void add(String route, Set<String> parameters, HttpService service) {
    routes.put(route, RequestForm.checking(parameters, service));
  }

  /// The routes in the form `GET /v1/instances/{name}`, in order.
  java.util.List<String> routes() {
    return routes.keySet().stream()
        .map(route -> route.replace("regex:^", "").replace("(?<name>[^/:]+)", "{name}"))
        .map(route -> route.replace("$", ""))
        .toList();
  }

  private Server build(RequestAuthorizer gate, Duration idle) {
    ServerBuilder builder =
        Server.builder()
            .http(new InetSocketAddress(options.address(), options.port()))
            .maxRequestLength(LONGEST_BODY)
            .requestTimeout(Duration.ofMinutes(1))
            .idleTimeout(idle)
            .gracefulShutdownTimeoutMillis(0, 500)
            .errorHandler(new Errors(new AllowedMethods(routes())))
            .decorator(compressing())
            .decorator((next, context, request) -> {
              metrics.countRequest();
              return gate.serve(next, context, request);
            });
    routes.forEach((route, service) -> {
      int space = route.indexOf(' ');
      var path = Route.builder().path(route.substring(space + 1));
      builder.service(
          switch (route.substring(0, space)) {
            case "GET" -> path.methods(HttpMethod.GET, HttpMethod.HEAD).build();
            case "POST" -> path.methods(HttpMethod.POST).build();
            case "PUT" -> path.methods(HttpMethod.PUT).build();
            default -> path.methods(HttpMethod.DELETE).build();
          },
          service);
    });
    return builder.build();
  }

  /// Lists of many VMs shrink to a tenth. Events are not touched: each must leave at once.
  private static Function<? super HttpService, EncodingService> compressing() {
    // Brotli would leave its native part in the temporary folder at each start. Gzip does.
    System.setProperty("brotli4j.library.path", "none");
    return EncodingService.builder()
        .encodableContentTypes(
            type -> (type.isJson() || type.is(METRICS)) && !type.is(MediaType.EVENT_STREAM))
        .minBytesToForceChunkedEncoding(SMALLEST_COMPRESSED)
        .newDecorator();
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
    private final AllowedMethods allowed;

    Errors(AllowedMethods allowed) {
      this.allowed = allowed;
    }

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
      String methods = headers == null ? "" : allowed.of(headers.path());
      if (status.code() == 405
          && headers != null
          && headers.method() == HttpMethod.OPTIONS
          && !methods.isEmpty()) {
        return AggregatedHttpResponse.of(
            ResponseHeaders.of(HttpStatus.NO_CONTENT, HttpHeaderNames.ALLOW, methods));
      }
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
                    methods.isEmpty() ? "See /openapi.json." : "It takes " + methods + ".");
            case 413 ->
                new Problem(
                    413,
                    "too_large",
                    "The request's body is over " + LONGEST_BODY + " bytes.",
                    "Send less at once.");
            case 408 ->
                new Problem(
                    408, "too_slow", "The request did not come in time.", "Send it again, faster.");
            case 414, 431 ->
                new Problem(
                    status.code(),
                    "too_large",
                    "The request's "
                        + (status.code() == 414 ? "address is" : "headers are")
                        + " too long.",
                    "Send less at once.");
            case 503 ->
                new Problem(503, "too_slow", "The answer took too long.", "Ask again later.");
            default ->
                new Problem(
                    status.code(),
                    "refused",
                    "The request was refused: " + status + ".",
                    "See /openapi.json.");
          };
      ResponseHeaders head =
          status.code() == 405 && !methods.isEmpty()
              ? problem.headers().toBuilder().set(HttpHeaderNames.ALLOW, methods).build()
              : problem.headers();
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
