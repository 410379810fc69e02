package dev.podium.localcloud.metadata;

import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.server.Server;
import dev.podium.localcloud.state.AccessTokens;
import dev.podium.localcloud.state.ComputeState;
import dev.podium.localcloud.state.Instance;
import dev.podium.localcloud.state.MetadataHosts;
import dev.podium.localcloud.state.TokenSigner;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// The metadata servers of all machines, each on its own port of the loopback. Any thread may call.
public final class MetadataServers implements MetadataHosts, AutoCloseable {
  private final ComputeState state;
  private final MachineTokens tokens;
  private final Executor executor;
  private final Map<Long, Server> servers = new ConcurrentHashMap<>();

  /// @param executor starts a virtual thread for each request
  public MetadataServers(
      ComputeState state, AccessTokens tokens, TokenSigner signer, Executor executor) {
    this.state = state;
    this.tokens = new MachineTokens(tokens, signer, state.timeline());
    this.executor = executor;
  }

  @Override
  public String open(Instance instance) {
    Server server = servers.computeIfAbsent(instance.id(), id -> start(instance));
    return "127.0.0.1:" + server.activeLocalPort();
  }

  private Server start(Instance instance) {
    MetadataService service =
        new MetadataService(
            state, tokens, () -> state.instance(instance.key(), instance.id()), executor);
    Server server =
        Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .serviceUnder("/", service)
            .requestTimeoutMillis(0)
            .maxRequestLength(1 << 20)
            .meterRegistry(NoopMeterRegistry.get())
            .gracefulShutdownTimeoutMillis(0, 0)
            .build();
    server.start().join();
    return server;
  }

  @Override
  public void close(long instanceId) {
    tokens.forget(instanceId);
    Server server = servers.remove(instanceId);
    if (server != null) {
      var _ = server.stop();
    }
  }

  /// Closes all; their ports are free a moment later.
  @Override
  public void close() {
    servers.keySet().forEach(this::close);
  }
}
