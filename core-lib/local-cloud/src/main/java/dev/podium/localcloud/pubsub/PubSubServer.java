package dev.podium.localcloud.pubsub;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.GrpcServiceBuilder;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingOptions;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingQueryParamMatchRule;
import dev.podium.localcloud.error.HostCheck;
import dev.podium.localcloud.error.ProtocolErrors;
import dev.podium.localcloud.state.Project;
import dev.podium.localcloud.state.messaging.Messaging;
import dev.podium.localcloud.state.project.Access;
import dev.podium.localcloud.state.project.Administration;
import dev.podium.localcloud.state.token.IssuedTokens;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The Pub/Sub server on a loopback port of its own.
public final class PubSubServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PubSubServer.class.getName());

  /// Above the largest publish request, so that one which is too large gets Pub/Sub's own answer.
  private static final int MOST_MESSAGE_BYTES = 20 * 1024 * 1024;

  private static final long TICK_MILLIS = 100;

  private final Server server;
  private final ScheduledExecutorService ticks;

  private PubSubServer(Server server, ScheduledExecutorService ticks) {
    this.server = server;
    this.ticks = ticks;
  }

  /// A Pub/Sub alone, of a project that nobody has set up otherwise.
  ///
  /// @param tokens where present, every call needs one of these that permits it
  public static PubSubServer start(int port, Messaging messaging, Optional<IssuedTokens> tokens) {
    InstantSource clock = InstantSource.system();
    Project project = Project.named("podium-local", clock.instant());
    Administration administration = new Administration(project, messaging.plan());
    return start(
        port,
        messaging,
        tokens.orElseGet(() -> new IssuedTokens(clock)),
        new Access(administration, messaging.plan(), tokens.isPresent()));
  }

  /// Starts serving. Blocks until the port is open.
  ///
  /// @param port 0 takes any free one
  /// @param tokens all that were given out
  /// @param access says who may do what, and whether every call needs a token
  /// @throws java.util.concurrent.CompletionException if the port is taken
  public static PubSubServer start(
      int port, Messaging messaging, IssuedTokens tokens, Access access) {
    GrpcServiceBuilder grpc =
        GrpcService.builder()
            .addService(new PublisherService(messaging))
            .addService(new SubscriberService(messaging))
            .maxRequestMessageLength(MOST_MESSAGE_BYTES)
            .maxResponseMessageLength(MOST_MESSAGE_BYTES)
            .intercept(new FaultGate(messaging.plan()))
            .enableHttpJsonTranscoding(
                HttpJsonTranscodingOptions.builder()
                    // Google's clients write `pageSize`; its documents permit `page_size`, too.
                    .queryParamMatchRules(
                        HttpJsonTranscodingQueryParamMatchRule.LOWER_CAMEL_CASE,
                        HttpJsonTranscodingQueryParamMatchRule.ORIGINAL_FIELD)
                    .errorHandler(new RestErrors())
                    .build());
    grpc.intercept(new AccessGate(tokens, access));
    Server server =
        Server.builder()
            .port(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), SessionProtocol.HTTP)
            .maxRequestLength(MOST_MESSAGE_BYTES)
            // Streams live for days; calls that wait bound themselves.
            .requestTimeout(Duration.ZERO)
            .idleTimeout(Duration.ZERO)
            .http2InitialStreamWindowSize(1024 * 1024)
            .http2InitialConnectionWindowSize(4 * 1024 * 1024)
            .gracefulShutdownTimeoutMillis(0, 0)
            .errorHandler(ProtocolErrors.PUBSUB)
            .decorator(new FieldsParameter())
            .decorator(HostCheck.ofMachines().refusing(ProtocolErrors.PUBSUB::forbidden))
            .service(PermissionTests.PATH, new PermissionTests(messaging, tokens, access))
            .service(grpc.build())
            .build();
    server.start().join();
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("pubsub-deadlines").factory());
    var _ =
        ticks.scheduleWithFixedDelay(
            () -> tick(messaging), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    return new PubSubServer(server, ticks);
  }

  /// A tick that fails must not be the last one, for then no deadline would ever come again.
  private static void tick(Messaging messaging) {
    try {
      messaging.tick();
    } catch (RuntimeException fault) {
      LOG.log(System.Logger.Level.ERROR, "Pub/Sub's deadlines could not be acted on.", fault);
    }
  }

  /// The port on 127.0.0.1 that it serves.
  public int port() {
    return server.activeLocalPort();
  }

  /// Ends every stream and frees the port at once. The future completes when the server's threads
  /// have ended too, which takes about two seconds. May be called again.
  public CompletableFuture<Void> stop() {
    ticks.shutdownNow();
    return server.stop();
  }

  /// As [#stop], and waits for it.
  @Override
  public void close() {
    stop().join();
  }
}
