package dev.podium.core.cloud.google;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.ExecutorProvider;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.FixedExecutorProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.auth.Credentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// One gRPC connection to Pub/Sub and the few threads that all publishers and subscriptions of a
/// bus share: every VM runs one, and its memory is dear. HTTP/2 carries all streams over it.
final class PubsubConnection implements AutoCloseable {
  /// Where Google's own Pub/Sub is.
  static final String GOOGLE = "pubsub.googleapis.com:443";

  /// A message of Pub/Sub has 10 MB at most; the library's own clients allow twice that.
  private static final int LARGEST_ANSWER = 20 << 20;

  private final String endpoint;
  private final ManagedChannel channel;
  private final CredentialsProvider credentials;
  private final TransportChannelProvider transport;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timers = threads("pubsub-timers", 1);
  private final ScheduledExecutorService receivers = threads("pubsub-receivers", 2);

  /// @param plaintext without TLS and without credentials: an emulator
  PubsubConnection(String endpoint, boolean plaintext, Optional<Credentials> credentials) {
    this.endpoint = endpoint;
    ManagedChannelBuilder<?> builder =
        ManagedChannelBuilder.forTarget(endpoint)
            .executor(calls)
            .offloadExecutor(calls)
            .disableServiceConfigLookUp()
            .maxInboundMessageSize(LARGEST_ANSWER)
            .keepAliveTime(5, TimeUnit.MINUTES);
    if (plaintext) {
      builder.usePlaintext();
    }
    this.channel = builder.build();
    this.transport = FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
    this.credentials =
        credentials
            .filter(_ -> !plaintext)
            .<CredentialsProvider>map(FixedCredentialsProvider::create)
            .orElseGet(NoCredentialsProvider::create);
  }

  String endpoint() {
    return endpoint;
  }

  TransportChannelProvider transport() {
    return transport;
  }

  CredentialsProvider credentials() {
    return credentials;
  }

  /// For the libraries' alarms: batches to send, deadlines to extend. Never blocked.
  ExecutorProvider timers() {
    return FixedExecutorProvider.create(timers);
  }

  /// For what receives messages.
  ExecutorProvider receivers() {
    return FixedExecutorProvider.create(receivers);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    timers.shutdownNow();
    receivers.shutdownNow();
    calls.shutdownNow();
  }

  private static ScheduledExecutorService threads(String name, int count) {
    return Executors.newScheduledThreadPool(
        count, Thread.ofPlatform().daemon().name(name + "-", 1).factory());
  }
}
