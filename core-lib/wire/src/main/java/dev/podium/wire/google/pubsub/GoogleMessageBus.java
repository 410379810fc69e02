package dev.podium.wire.google.pubsub;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.grpc.GrpcCallContext;
import com.google.auth.Credentials;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.google.CloudCalls;
import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.google.RetryPolicy;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Messages over Cloud Pub/Sub, or over the local cloud or an emulator that speaks its protocol.
/// Nothing is asked of the network before the first call.
///
/// Pub/Sub keeps the order of a key only among what is published in one region. Its global endpoint
/// takes each message in the region nearest to the sender. So messages with a key go through the
/// endpoint of the one region that the topic names, wherever their senders are ([PubsubTopics]).
public final class GoogleMessageBus implements MessageBus {
  private static final String SCOPE = "https://www.googleapis.com/auth/pubsub";

  /// Pub/Sub's shortest time to keep what nobody has received yet.
  private static final Duration LEAST_RETENTION = Duration.ofMinutes(10);

  private static final int ACK_DEADLINE_SECONDS = 20;

  /// This machine's clock may be ahead of the cloud's. Set back further than the topic keeps, a
  /// subscription brings all that is kept.
  private static final Duration WRONG_CLOCK = Duration.ofDays(1);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String project;
  private final PubsubConnection connection;
  private final CloudCalls calls;
  private final PubsubTopics topics;
  private final Optional<String> region;
  private final Function<String, PubsubConnection> regional;
  private final Map<String, String> regions = new ConcurrentHashMap<>();
  private final Map<String, PubsubConnection> regionalConnections = new ConcurrentHashMap<>();
  private final Map<String, TopicPublisher> publishers = new ConcurrentHashMap<>();
  private final Set<PubsubReceiver> receivers = ConcurrentHashMap.newKeySet();
  private final Set<String> replayed = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private @Nullable SubscriptionAdminClient subscriptions;

  /// @param region where this program runs, which topics made by it name; empty where there are no
  ///   regions
  /// @param regional opens the endpoint of a region that a topic names
  GoogleMessageBus(
      String project,
      PubsubConnection connection,
      Optional<String> region,
      Function<String, PubsubConnection> regional,
      RetryPolicy policy) {
    this.project = project;
    this.connection = connection;
    this.calls = new CloudCalls(policy, GrpcCallContext.createDefault(), PubsubErrors::translate);
    this.topics = new PubsubTopics(connection, calls, region.isPresent());
    this.region = region;
    this.regional = regional;
  }

  /// For a console, in the operator's name.
  public static GoogleMessageBus forConsole(PubsubEndpoint pubsub, AccessTokens tokens) {
    return forConsole(pubsub, tokens, RetryPolicy.standard());
  }

  /// The same for whoever has other patience with a Pub/Sub that does not answer.
  public static GoogleMessageBus forConsole(
      PubsubEndpoint pubsub, AccessTokens tokens, RetryPolicy policy) {
    PubsubConnection connection = PubsubConnection.as(pubsub, tokens);
    // A console says nothing in rooms: the order of what it publishes does not matter.
    return new GoogleMessageBus(
        pubsub.project(), connection, Optional.empty(), _ -> connection, policy);
  }

  /// For an agent, in the name of the VM's service account. Loads nothing of the compute client.
  ///
  /// @param region the VM's, such as `europe-west1`
  /// @param emulator where one is, `host:port`; empty or blank: Google's Pub/Sub
  /// @param tokens the service account's, for an emulator. With Google, the library's own class
  ///   fetches them
  public static GoogleMessageBus onVirtualMachine(
      String project, String region, Optional<String> emulator, AccessTokens tokens) {
    Optional<String> address = emulator.map(String::strip).filter(named -> !named.isEmpty());
    if (address.isPresent()) {
      PubsubConnection connection =
          PubsubConnection.as(PubsubEndpoint.of(project, address, true), tokens);
      return new GoogleMessageBus(
          project, connection, Optional.of(region), _ -> connection, RetryPolicy.standard());
    }
    CredentialsProvider account = FixedCredentialsProvider.create(serviceAccount());
    return new GoogleMessageBus(
        project,
        new PubsubConnection(PubsubEndpoint.GOOGLE, false, account),
        Optional.of(region),
        named -> new PubsubConnection(PubsubConnection.inRegion(named), false, account),
        RetryPolicy.standard());
  }

  private static Credentials serviceAccount() {
    return ComputeEngineCredentials.newBuilder().setScopes(List.of(SCOPE)).build();
  }

  @Override
  public void ensureTopic(String topic, Duration retention) {
    ensure(topic, retention, region);
  }

  @Override
  public boolean ensureTopic(String topic, Duration retention, String region) {
    return ensure(topic, retention, Optional.of(region).filter(named -> !named.isEmpty()));
  }

  @Override
  public String topicId(String topic) {
    return topics.id(
        errorContext("Topic '" + topic + "' cannot be read"), TopicName.of(project, topic));
  }

  /// Whether the topic is new.
  private boolean ensure(String topic, Duration retention, Optional<String> where) {
    PubsubTopics.Found found =
        topics.ensure(
            errorContext("Topic '" + topic + "' cannot be used"),
            TopicName.of(project, topic),
            retention,
            where);
    found.region().ifPresent(named -> regions.put(topic, named));
    return found.isNew();
  }

  @Override
  public List<CompletableFuture<String>> publishAll(String topic, List<Outgoing> messages) {
    boolean ordered = messages.stream().anyMatch(message -> message.orderingKey().isPresent());
    String region = ordered ? regions.getOrDefault(topic, "") : "";
    return publishers
        .computeIfAbsent(region + " " + topic, _ -> publisher(topic, region))
        .publish(messages);
  }

  private TopicPublisher publisher(String topic, String region) {
    PubsubConnection over =
        region.isEmpty() ? connection : regionalConnections.computeIfAbsent(region, regional);
    return new TopicPublisher(
        over.publisher().publishCallable(),
        TopicName.of(project, topic),
        new ErrorContext(
            "A message was not published to topic '" + topic + "'", project, over.endpoint()));
  }

  @Override
  public Subscription subscribe(SubscriptionSpec spec, Consumer<Incoming> receiver) {
    ErrorContext context = errorContext("Subscription '" + spec.name() + "' cannot be used");
    SubscriptionName name = SubscriptionName.of(project, spec.name());
    boolean isNew = create(context, name, spec);
    // Also where it exists: the answer to its creation may have been lost, or the seek have failed.
    if (spec.replay().isPresent() && (isNew || !replayed.contains(spec.name()))) {
      replayed.remove(spec.name());
      replay(context, name, spec, isNew);
      replayed.add(spec.name());
    }
    PubsubReceiver running =
        new PubsubReceiver(
            connection,
            name,
            context,
            receiver,
            connection.ackTimers(spec.ordered()),
            receivers::remove);
    receivers.add(running);
    running.start();
    return running;
  }

  private void replay(
      ErrorContext context, SubscriptionName name, SubscriptionSpec spec, boolean isNew) {
    try {
      seek(context, name, Instant.now().minus(spec.replay().orElseThrow()).minus(WRONG_CLOCK));
    } catch (PodiumException.CloudFailed refused) {
      // Google's emulator cannot set back a subscription that keeps an order; but a new one brings
      // all that the topic kept.
      if (!PubsubErrors.isUnimplemented(refused)) {
        throw refused;
      }
      if (!isNew) {
        deleteSubscription(spec.name());
        create(context, name, spec);
      }
    }
  }

  private void seek(ErrorContext context, SubscriptionName name, Instant from) {
    calls.call(
        context,
        subscriptions().seekCallable(),
        SeekRequest.newBuilder()
            .setSubscription(name.toString())
            .setTime(Timestamp.newBuilder().setSeconds(from.getEpochSecond()))
            .build());
  }

  /// Whether it is new.
  private boolean create(ErrorContext context, SubscriptionName name, SubscriptionSpec spec) {
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
            .putAllLabels(spec.labels())
            .build();
    try {
      calls.call(context, subscriptions().createSubscriptionCallable(), subscription);
      return true;
    } catch (PodiumException.AlreadyExists e) {
      return false;
    }
  }

  @Override
  public void deleteTopic(String topic) {
    try {
      topics.delete(
          errorContext("Topic '" + topic + "' was not deleted"), TopicName.of(project, topic));
    } catch (PodiumException.NotFound e) {
      // It is no more, as was asked.
    }
  }

  @Override
  public void deleteSubscription(String name) {
    try {
      calls.call(
          errorContext("Subscription '" + name + "' was not deleted"),
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
        .forEach(publisher ->
            publisher.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    calls.close();
    synchronized (this) {
      if (subscriptions != null) {
        subscriptions.shutdownNow();
      }
    }
    regionalConnections.values().forEach(PubsubConnection::close);
    connection.close();
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
      } catch (IOException | RuntimeException e) {
        throw connection.unopened(e);
      }
    }
    return subscriptions;
  }

  private ErrorContext errorContext(String what) {
    return new ErrorContext(what, project, connection.endpoint());
  }

  private static com.google.protobuf.Duration duration(Duration duration) {
    return com.google.protobuf.Duration.newBuilder().setSeconds(duration.toSeconds()).build();
  }
}
