package dev.podium.core.cloud.google;

import com.google.api.gax.core.BackgroundResource;
import com.google.api.gax.grpc.GrpcCallContext;
import com.google.auth.Credentials;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.TopicName;
import dev.podium.core.auth.AccessTokens;
import dev.podium.core.cloud.MessageBus;
import dev.podium.core.config.CloudProfile;
import dev.podium.core.model.PodiumException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Messages over Cloud Pub/Sub, or over the local cloud or an emulator that speaks its protocol.
/// Nothing is asked of the network before the first call.
public final class GoogleMessageBus implements MessageBus {
  private static final String EMULATOR_VARIABLE = "PUBSUB_EMULATOR_HOST";
  private static final String SCOPE = "https://www.googleapis.com/auth/pubsub";

  /// Pub/Sub's shortest time to keep what nobody has received yet.
  private static final Duration LEAST_RETENTION = Duration.ofMinutes(10);

  private static final int ACK_DEADLINE_SECONDS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String project;
  private final PubsubConnection connection;
  private final CloudCalls calls;
  private final Map<String, TopicPublisher> publishers = new ConcurrentHashMap<>();
  private final Set<PubsubReceiver> receivers = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private @Nullable TopicAdminClient topics;
  private @Nullable SubscriptionAdminClient subscriptions;

  GoogleMessageBus(String project, PubsubConnection connection, RetryPolicy policy) {
    this.project = project;
    this.connection = connection;
    this.calls = new CloudCalls(policy, GrpcCallContext.createDefault(), PubsubErrors::translate);
  }

  /// For a console: the profile's Pub/Sub, in the operator's name.
  public static GoogleMessageBus forConsole(CloudProfile profile, AccessTokens tokens) {
    String endpoint = profile.pubsubEndpoint().orElse(PubsubConnection.GOOGLE);
    return new GoogleMessageBus(
        profile.project(),
        new PubsubConnection(
            endpoint,
            profile.local() || isLoopback(endpoint),
            Optional.of(new TokenCredentials(tokens))),
        RetryPolicy.standard());
  }

  /// For an agent: an emulator where `PUBSUB_EMULATOR_HOST` names one, else Google's Pub/Sub in the
  /// name of the VM's service account. Loads nothing of the compute client.
  public static GoogleMessageBus onVirtualMachine(String project) {
    String emulator = System.getenv().getOrDefault(EMULATOR_VARIABLE, "").strip();
    PubsubConnection connection =
        emulator.isEmpty()
            ? new PubsubConnection(PubsubConnection.GOOGLE, false, Optional.of(serviceAccount()))
            : new PubsubConnection(emulator, true, Optional.empty());
    return new GoogleMessageBus(project, connection, RetryPolicy.standard());
  }

  private static Credentials serviceAccount() {
    return ComputeEngineCredentials.newBuilder().setScopes(List.of(SCOPE)).build();
  }

  private static boolean isLoopback(String endpoint) {
    return endpoint.startsWith("127.")
        || endpoint.startsWith("localhost:")
        || endpoint.startsWith("[::1]:");
  }

  @Override
  public void ensureTopic(String topic, Duration retention) {
    Asked asked = asked("Topic '" + topic + "' cannot be used");
    TopicName name = TopicName.of(project, topic);
    try {
      calls.call(
          asked,
          topics().getTopicCallable(),
          GetTopicRequest.newBuilder().setTopic(name.toString()).build());
    } catch (PodiumException.NotFound e) {
      try {
        calls.call(
            asked,
            topics().createTopicCallable(),
            Topic.newBuilder()
                .setName(name.toString())
                .setMessageRetentionDuration(duration(retention))
                .build());
      } catch (PodiumException.AlreadyExists race) {
        // Another VM was first: there is a topic, and that was asked for.
      }
    }
  }

  @Override
  public CompletableFuture<String> publish(String topic, Outgoing message) {
    boolean ordered = message.orderingKey().isPresent();
    return publishers
        .computeIfAbsent((ordered ? "ordered " : "plain ") + topic, _ -> publisher(topic, ordered))
        .publish(message);
  }

  private TopicPublisher publisher(String topic, boolean ordered) {
    try {
      Asked asked = asked("A message was not published to topic '" + topic + "'");
      return new TopicPublisher(connection, TopicName.of(project, topic), ordered, asked);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Subscription subscribe(SubscriptionSpec spec, Consumer<Incoming> receiver) {
    Asked asked = asked("Subscription '" + spec.name() + "' cannot be used");
    SubscriptionName name = SubscriptionName.of(project, spec.name());
    if (create(asked, name, spec) && spec.replay().isPresent()) {
      Instant from = Instant.now().minus(spec.replay().get());
      calls.call(
          asked,
          subscriptions().seekCallable(),
          SeekRequest.newBuilder()
              .setSubscription(name.toString())
              .setTime(Timestamp.newBuilder().setSeconds(from.getEpochSecond()))
              .build());
    }
    PubsubReceiver running =
        new PubsubReceiver(connection, name, asked, receiver, receivers::remove);
    receivers.add(running);
    running.start();
    return running;
  }

  /// Whether it is new.
  private boolean create(Asked asked, SubscriptionName name, SubscriptionSpec spec) {
    // What nobody received is kept for as long as it could be replayed: who comes back late misses
    // nothing that a newcomer would get.
    Duration retention = spec.replay().orElse(LEAST_RETENTION);
    var subscription =
        com.google.pubsub.v1.Subscription.newBuilder()
            .setName(name.toString())
            .setTopic(TopicName.of(project, spec.topic()).toString())
            .setAckDeadlineSeconds(ACK_DEADLINE_SECONDS)
            .setEnableMessageOrdering(spec.ordered())
            .setFilter(spec.filter().orElse(""))
            .setMessageRetentionDuration(
                duration(retention.compareTo(LEAST_RETENTION) < 0 ? LEAST_RETENTION : retention))
            .setExpirationPolicy(ExpirationPolicy.newBuilder().setTtl(duration(spec.expiry())))
            .build();
    try {
      calls.call(asked, subscriptions().createSubscriptionCallable(), subscription);
      return true;
    } catch (PodiumException.AlreadyExists e) {
      return false;
    }
  }

  @Override
  public void deleteSubscription(String name) {
    try {
      calls.call(
          asked("Subscription '" + name + "' was not deleted"),
          subscriptions().deleteSubscriptionCallable(),
          DeleteSubscriptionRequest.newBuilder()
              .setSubscription(SubscriptionName.of(project, name).toString())
              .build());
    } catch (PodiumException.NotFound e) {
      // It is no more, as was asked.
    }
  }

  /// Ends within a few seconds even if nobody answers: what was published and not answered by then
  /// fails.
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    receivers.forEach(PubsubReceiver::stop);
    publishers.values().forEach(TopicPublisher::shutDown);
    List.copyOf(receivers).forEach(PubsubReceiver::awaitEnd);
    long end = System.nanoTime() + PATIENCE.toNanos();
    publishers
        .values()
        .forEach(
            publisher ->
                publisher.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    calls.close();
    synchronized (this) {
      closeQuietly(topics);
      closeQuietly(subscriptions);
    }
    connection.close();
  }

  private static void closeQuietly(@Nullable BackgroundResource resource) {
    if (resource != null) {
      resource.shutdownNow();
    }
  }

  private synchronized TopicAdminClient topics() {
    if (topics == null) {
      try {
        topics =
            TopicAdminClient.create(
                TopicAdminSettings.newBuilder()
                    .setTransportChannelProvider(connection.transport())
                    .setCredentialsProvider(connection.credentials())
                    .setBackgroundExecutorProvider(connection.timers())
                    .build());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return topics;
  }

  private synchronized SubscriptionAdminClient subscriptions() {
    if (subscriptions == null) {
      try {
        subscriptions =
            SubscriptionAdminClient.create(
                SubscriptionAdminSettings.newBuilder()
                    .setTransportChannelProvider(connection.transport())
                    .setCredentialsProvider(connection.credentials())
                    .setBackgroundExecutorProvider(connection.timers())
                    .build());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return subscriptions;
  }

  private Asked asked(String what) {
    return new Asked(what, project, connection.endpoint());
  }

  private static com.google.protobuf.Duration duration(Duration duration) {
    return com.google.protobuf.Duration.newBuilder().setSeconds(duration.toSeconds()).build();
  }
}
