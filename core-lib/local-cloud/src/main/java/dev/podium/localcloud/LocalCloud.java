package dev.podium.localcloud;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.podium.localcloud.administration.AdministrationRoutes;
import dev.podium.localcloud.compute.ComputeService;
import dev.podium.localcloud.compute.RequestAdmission;
import dev.podium.localcloud.compute.fault.FaultsJson;
import dev.podium.localcloud.compute.request.ComputeParts;
import dev.podium.localcloud.error.HostCheck;
import dev.podium.localcloud.error.ProtocolErrors;
import dev.podium.localcloud.identity.IdentityRoutes;
import dev.podium.localcloud.machine.AgentProcesses;
import dev.podium.localcloud.machine.CloudFolder;
import dev.podium.localcloud.machine.FreePorts;
import dev.podium.localcloud.machine.MachineKind;
import dev.podium.localcloud.machine.ProcessMachines;
import dev.podium.localcloud.machine.qemu.QemuMachines;
import dev.podium.localcloud.metadata.MetadataServers;
import dev.podium.localcloud.pubsub.PubSubServer;
import dev.podium.localcloud.state.SystemTimeline;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.compute.Edits;
import dev.podium.localcloud.state.compute.InstanceLifecycle;
import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.fault.Tempo;
import dev.podium.localcloud.state.instance.Machines;
import dev.podium.localcloud.state.messaging.Messaging;
import dev.podium.localcloud.state.project.Access;
import dev.podium.localcloud.state.project.Administration;
import dev.podium.localcloud.state.storage.Buckets;
import dev.podium.localcloud.state.storage.ContentFolder;
import dev.podium.localcloud.state.storage.Uploads;
import dev.podium.localcloud.state.token.IssuedTokens;
import dev.podium.localcloud.storage.StorageService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/// A cloud on this computer. Any thread may call.
///
/// ```java
/// try (LocalCloud cloud = LocalCloud.start(LocalCloudOptions.defaults())) {
///   … cloud.compute() …
/// }
/// ```
public final class LocalCloud implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LocalCloud.class.getName());

  /// What machines get to end by themselves when the cloud is closed, so that it is within 5 s.
  private static final Duration LONGEST_END = Duration.ofSeconds(4);

  /// The kinds of machines, as `local-cloud-machine` in an instance's metadata names them.
  private static final String PROCESS = "process";

  private static final String QEMU = "qemu";

  private static final int LONGEST_FOLDER = 24;

  private static final Pattern API =
      Pattern.compile("/(?:compute|batch|local|storage|upload|resumable|download)(?:/|$)");

  private final LocalCloudOptions options;
  private final Deque<AutoCloseable> parts;
  private final int port;
  private final int pubsubPort;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LocalCloud(
      LocalCloudOptions options, Deque<AutoCloseable> parts, int port, int pubsubPort) {
    this.options = options;
    this.parts = parts;
    this.port = port;
    this.pubsubPort = pubsubPort;
  }

  /// Starts one; it serves when this returns.
  ///
  /// @throws LocalCloudException if a port is taken or the temporary folder cannot be used
  public static LocalCloud start(LocalCloudOptions options) {
    // The last part that was started is the first to be closed.
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      return assemble(options, parts);
    } catch (RuntimeException | IOException fault) {
      closeAll(parts);
      throw explained(fault);
    }
  }

  private static LocalCloud assemble(LocalCloudOptions options, Deque<AutoCloseable> parts)
      throws IOException {
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    parts.push(executor::shutdownNow);
    SystemTimeline timeline = new SystemTimeline(InstantSource.system());
    parts.push(timeline);
    FaultPlan plan = new FaultPlan(options.seed());
    ComputeState state = new ComputeState(options.project(), plan, timeline);
    IssuedTokens tokens = new IssuedTokens(timeline);
    Messaging messaging = new Messaging(timeline, Runtime.getRuntime().maxMemory() / 4, plan);
    plan.set(options.faults());
    // Whoever wants to repeat a run needs nothing but these lines.
    plan.onChange(_ -> LOG.log(System.Logger.Level.INFO, "Faults: {0}", FaultsJson.line(plan)));
    Administration administration = new Administration(state.project(), plan);
    Access access = new Access(administration, plan, options.requireAuth());
    PubSubServer pubsub = startPubSub(options.pubsubPort(), messaging, tokens, access);
    parts.push(() -> FreePorts.release(pubsub.port(), pubsub::close));
    IdentityRoutes identity = new IdentityRoutes(tokens, timeline);
    MetadataServers metadata = new MetadataServers(state, tokens, identity.signer(), executor);
    parts.push(metadata);
    Tempo tempo = new Tempo(options.tempo(), options.timeScale(), plan);
    Machines machines = Machines.none();
    if (!options.agentCommand().isEmpty() || options.diskImage().isPresent()) {
      ProcessMachines processes = startMachines(options, plan, metadata, pubsub.port(), tempo);
      parts.push(processes);
      machines = processes;
      executor.execute(identity::prepareKey);
    }
    InstanceLifecycle lifecycle = new InstanceLifecycle(state, machines, tempo);
    ContentFolder content =
        new ContentFolder(
            () -> CloudFolder.create(Path.of(System.getProperty("java.io.tmpdir"))),
            CloudFolder::remove);
    parts.push(content);
    Buckets buckets = new Buckets(timeline, content);
    ServerBuilder builder = server(options.port());
    identity.registerOn(builder);
    new AdministrationRoutes(administration, access, tokens).registerOn(builder);
    ComputeService.register(
        builder,
        new ComputeParts(
            state,
            administration,
            access,
            lifecycle,
            new Edits(state, tempo),
            machines,
            tokens,
            buckets),
        RequestAdmission.checking(state, tokens, access),
        options.requestLinks(),
        executor);
    StorageService.register(
        builder, state.project(), buckets, new Uploads(buckets, content), tokens, access, executor);
    builder.service(AddressBook.PATH, new AddressBook(options.project(), pubsub.port()));
    Server server = start(builder.build(), "Compute Engine", options.port());
    parts.push(() -> FreePorts.release(server.activeLocalPort(), server::close));
    return new LocalCloud(options, parts, server.activeLocalPort(), pubsub.port());
  }

  private static ServerBuilder server(int port) {
    return Server.builder()
        .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        // A wait lasts up to two minutes; whatever may last bounds itself.
        .requestTimeoutMillis(0)
        .meterRegistry(NoopMeterRegistry.get())
        .maxRequestLength(10L << 20)
        .errorHandler(ProtocolErrors.COMPUTE)
        .decorator(HostCheck.ofLoopback().refusing(LocalCloud::forbidden))
        .gracefulShutdownTimeoutMillis(0, 0);
  }

  /// Sign-in has a form of its own for what it refuses (RFC 6749, section 5.2).
  private static HttpResponse forbidden(HttpRequest request, String sentence) {
    return API.matcher(request.path()).lookingAt()
        ? ProtocolErrors.COMPUTE.forbidden(request, sentence)
        : IdentityRoutes.forbidden(request, sentence);
  }

  private static Server start(Server server, String what, int port) {
    try {
      server.start().join();
      return server;
    } catch (CompletionException fault) {
      throw portTaken(what, port, fault);
    }
  }

  private static PubSubServer startPubSub(
      int port, Messaging messaging, IssuedTokens tokens, Access access) {
    try {
      return PubSubServer.start(port, messaging, tokens, access);
    } catch (CompletionException fault) {
      throw portTaken("Pub/Sub", port, fault);
    }
  }

  private static ProcessMachines startMachines(
      LocalCloudOptions options,
      FaultPlan plan,
      MetadataServers metadata,
      int pubsubPort,
      Tempo tempo)
      throws IOException {
    Map<String, MachineKind> kinds = new HashMap<>();
    boolean emulated = options.diskImage().isPresent();
    Path folder = CloudFolder.create(temporary(emulated));
    try {
      if (emulated) {
        kinds.put(QEMU, QemuMachines.open(options.diskImage().get(), pubsubPort, folder));
      }
      if (!options.agentCommand().isEmpty()) {
        kinds.put(
            PROCESS,
            new AgentProcesses(
                options.agentCommand(),
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                "127.0.0.1:" + pubsubPort));
      }
      return new ProcessMachines(
          new ProcessMachines.Settings(
              kinds, emulated ? QEMU : PROCESS, shortest(LONGEST_END, tempo.shutdownGrace())),
          plan,
          metadata,
          folder);
    } catch (IllegalStateException unusable) {
      CloudFolder.remove(folder);
      // Its message is the whole sentence.
      throw new LocalCloudException(String.valueOf(unusable.getMessage()), unusable);
    }
  }

  /// A socket's name in the file system has room for about a hundred letters, and macOS's own
  /// folder for temporary files alone takes half of them.
  private static Path temporary(boolean sockets) {
    Path usual = Path.of(System.getProperty("java.io.tmpdir"));
    Path shortest = Path.of("/tmp");
    return sockets && usual.toString().length() > LONGEST_FOLDER && Files.isWritable(shortest)
        ? shortest
        : usual;
  }

  private static Duration shortest(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static LocalCloudException portTaken(String what, int port, CompletionException fault) {
    return new LocalCloudException(
        "The local cloud cannot serve "
            + what
            + " on port "
            + port
            + " of 127.0.0.1, because another program uses that port; stop that program or choose"
            + " another port (0 for any that is free).",
        fault);
  }

  private static LocalCloudException explained(Exception fault) {
    return fault instanceof LocalCloudException explained
        ? explained
        : new LocalCloudException(
            "The local cloud could not start: "
                + fault.getMessage()
                + ". Check that the temporary folder "
                + System.getProperty("java.io.tmpdir")
                + " can be written to.",
            fault);
  }

  /// Where Compute Engine is served: `http://127.0.0.1:N/compute/v1/`.
  public URI compute() {
    return URI.create("http://127.0.0.1:" + port + "/compute/v1/");
  }

  /// Where Pub/Sub is served: `127.0.0.1:M`.
  public String pubsub() {
    return "127.0.0.1:" + pubsubPort;
  }

  /// Where Google's sign-in is served: `http://127.0.0.1:N/`.
  public URI identity() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  /// Where Cloud Storage is served: `http://127.0.0.1:N`, below which its clients add their paths.
  public URI storage() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// The one project's id.
  public String project() {
    return options.project();
  }

  /// Ends all machines and closes all ports; returns when nothing is left, within 5 s. May be
  /// called again.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      closeAll(parts);
    }
  }

  private static void closeAll(Deque<AutoCloseable> parts) {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception fault) {
        // One part that fails to close must not keep the others, least of all the machines, alive.
        LOG.log(System.Logger.Level.WARNING, "A part of the local cloud did not close.", fault);
      }
    }
    parts.clear();
  }
}
