package dev.podium.wire.google.pubsub;

import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.ExecutorProvider;
import com.google.api.gax.core.FixedExecutorProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.pubsub.v1.stub.PublisherStub;
import com.google.cloud.pubsub.v1.stub.PublisherStubSettings;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.google.TokenCredentials;
import dev.podium.wire.model.PodiumException;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One gRPC connection to Pub/Sub, and the few threads that all publishers and subscriptions of a
/// bus share. Every VM runs one, and its memory is dear. HTTP/2 carries all streams over it.
public final class PubsubConnection implements AutoCloseable {
  private static final Pattern REGION = Pattern.compile("[a-z]{2,}-[a-z]+[0-9]+");

  /// A message of Pub/Sub has 10 MB at most; the library's own clients allow twice that.
  private static final int LARGEST_ANSWER = 20 << 20;

  private final String endpoint;
  private final ManagedChannel channel;
  private final CredentialsProvider credentials;
  private final TransportChannelProvider transport;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timers = threads("pubsub-timers", 1);
  private final ScheduledExecutorService receivers = threads("pubsub-receivers", 2);

  private @Nullable PublisherStub publisher;

  /// @param plaintext without TLS: an emulator
  /// @param credentials of whoever asks; over plaintext, Google's own classes refuse to be sent
  PubsubConnection(String endpoint, boolean plaintext, CredentialsProvider credentials) {
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
    this.credentials = credentials;
  }

  /// In the name of whoever has the tokens.
  public static PubsubConnection as(PubsubEndpoint pubsub, AccessTokens tokens) {
    return new PubsubConnection(
        pubsub.address(), pubsub.plaintext(), pubsub.credentials(new TokenCredentials(tokens)));
  }

  /// Where the Pub/Sub of one region is (its *locational* endpoint); Google's global one if the
  /// text, which comes from a label, is no region.
  static String inRegion(String region) {
    return REGION.matcher(region).matches()
        ? region + "-" + PubsubEndpoint.GOOGLE
        : PubsubEndpoint.GOOGLE;
  }

  public String endpoint() {
    return endpoint;
  }

  /// What topics are made and published to with; it is made with the first call.
  ///
  /// @throws PodiumException.Unavailable if it cannot be made
  synchronized PublisherStub publisher() {
    if (publisher == null) {
      try {
        PublisherStubSettings.Builder settings =
            PublisherStubSettings.newBuilder()
                .setTransportChannelProvider(transport)
                .setCredentialsProvider(credentials)
                .setBackgroundExecutorProvider(timers());
        // Else each publication waits 10 ms for others to go with it; TopicPublisher makes batches
        // of its own, without waiting.
        settings
            .publishSettings()
            .setBatchingSettings(BatchingSettings.newBuilder().setIsEnabled(false).build());
        publisher = settings.build().createStub();
      } catch (IOException | RuntimeException e) {
        throw unopened(e);
      }
    }
    return publisher;
  }

  /// For a client of the library that could not be made, whatever it threw.
  PodiumException unopened(Exception cause) {
    return new PodiumException.Unavailable(
        "The connection to Pub/Sub at " + endpoint + " could not be opened",
        String.valueOf(cause.getMessage()),
        "Try again; if it stays so, look at the credentials of this program.",
        cause);
  }

  public TransportChannelProvider transport() {
    return transport;
  }

  public CredentialsProvider credentials() {
    return credentials;
  }

  /// For the libraries' alarms: batches to send, deadlines to extend. Never blocked.
  public ExecutorProvider timers() {
    return FixedExecutorProvider.create(timers);
  }

  /// For one subscription's alarms.
  ///
  /// @param ordered whether what comes next may wait for the acknowledgement of what came before
  AckTimers ackTimers(boolean ordered) {
    return new AckTimers(timers, ordered);
  }

  /// For what receives messages.
  ExecutorProvider receivers() {
    return FixedExecutorProvider.create(receivers);
  }

  @Override
  public synchronized void close() {
    if (publisher != null) {
      publisher.shutdownNow();
    }
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
