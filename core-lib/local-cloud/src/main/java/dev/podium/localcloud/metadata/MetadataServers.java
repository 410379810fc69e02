package dev.podium.localcloud.metadata;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.localcloud.error.HostCheck;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.instance.Instance;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.instance.MetadataHosts;
import dev.podium.localcloud.state.token.IssuedTokens;
import dev.podium.localcloud.state.token.TokenSigner;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The metadata servers of all machines, each on its own port of the loopback. Any thread may call.
public final class MetadataServers implements MetadataHosts, AutoCloseable {
  /// One for all: the HTTP library remembers it for each server that was closed long ago.
  private static final DecoratingHttpServiceFunction HOST_CHECK =
      HostCheck.ofMetadata().refusing(MetadataService::forbidden);

  private final ComputeState state;
  private final MachineTokens tokens;
  private final Executor executor;
  private final Map<Long, Open> servers = new ConcurrentHashMap<>();

  private record Open(Server server, DetachableService service) {}

  /// What the HTTP library knows of a machine. The library remembers the services of thousands of
  /// servers that were closed long ago, so this one lets go of what stands behind it.
  private static final class DetachableService implements HttpService {
    private volatile @Nullable MetadataService behind;

    DetachableService(MetadataService behind) {
      this.behind = behind;
    }

    void detach() {
      behind = null;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
      MetadataService service = behind;
      return service == null
          ? HttpResponse.of(HttpStatus.SERVICE_UNAVAILABLE)
          : service.serve(context, request);
    }
  }

  /// @param executor starts a virtual thread for each request
  public MetadataServers(
      ComputeState state, IssuedTokens tokens, TokenSigner signer, Executor executor) {
    this.state = state;
    this.tokens = new MachineTokens(tokens, signer, state.timeline());
    this.executor = executor;
  }

  @Override
  public String open(Instance instance, String address) {
    Open open = servers.computeIfAbsent(instance.id(), id -> start(instance, address));
    return "127.0.0.1:" + open.server().activeLocalPort();
  }

  private Open start(Instance instance, String address) {
    InstanceKey key = instance.key();
    long id = instance.id();
    DetachableService service =
        new DetachableService(
            new MetadataService(state, tokens, address, () -> state.instance(key, id), executor));
    Server server =
        Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .serviceUnder("/", service)
            .decorator(HOST_CHECK)
            .requestTimeoutMillis(0)
            .maxRequestLength(1 << 20)
            .meterRegistry(NoopMeterRegistry.get())
            .gracefulShutdownTimeoutMillis(0, 0)
            .build();
    server.start().join();
    return new Open(server, service);
  }

  @Override
  public void close(long instanceId) {
    tokens.forget(instanceId);
    Open open = servers.remove(instanceId);
    if (open != null) {
      var _ = open.server().stop();
      open.service().detach();
    }
  }

  /// Closes all; their ports are free a moment later.
  @Override
  public void close() {
    servers.keySet().forEach(this::close);
  }
}
