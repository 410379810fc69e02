package dev.podium.wire.google.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.api.gax.core.NoCredentialsProvider;
import dev.podium.localcloud.pubsub.PubSubServer;
import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.messaging.Messaging;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.KnownTopic;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.MessageBus.Incoming;
import dev.podium.wire.cloud.MessageBus.Outgoing;
import dev.podium.wire.cloud.MessageBus.SubscriptionSpec;
import dev.podium.wire.google.RetryPolicy;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The adapter against the local cloud's Pub/Sub, over a socket.
@Timeout(30)
class GoogleMessageBusTest {
  private static final Duration DAY = Duration.ofDays(1);

  private static final AtomicInteger PROJECTS = new AtomicInteger();
  private static PubSubServer server;
  private MessageBus bus;

  @BeforeAll
  static void serve() {
    server = serverOfItsOwn();
  }

  @AfterAll
  static void endServer() {
    server.close();
  }

  @BeforeEach
  void start() {
    bus = busAt(server.port());
    bus.ensureTopic("chat", DAY);
  }

  @AfterEach
  void stop() {
    bus.close();
  }

  private static PubSubServer serverOfItsOwn() {
    return PubSubServer.start(
        0, new Messaging(InstantSource.system(), 64 << 20, new FaultPlan(1)), Optional.empty());
  }

  /// Each test has a project of its own, so that one server serves them all.
  private static MessageBus busAt(int port) {
    PubsubEndpoint pubsub =
        PubsubEndpoint.of(
            "podium-test-" + PROJECTS.incrementAndGet(), Optional.of("127.0.0.1:" + port), true);
    return GoogleMessageBus.forConsole(pubsub, AccessTokens.fixed("token"));
  }

  @Test
  void messages_of_one_room_arrive_complete_and_in_their_order() throws Exception {
    List<Incoming> received = new CopyOnWriteArrayList<>();
    var subscription = bus.subscribe(ordered("vm-1", Optional.empty()), received::add);
    List<String> bodies = IntStream.range(0, 150).mapToObj(i -> "message " + i).toList();
    List<CompletableFuture<String>> ids =
        bus.publishAll("chat", bodies.stream().map(body -> said(body, "lobby")).toList());

    for (var id : ids) {
      assertThat(id.get(10, TimeUnit.SECONDS)).isNotEmpty();
    }
    await().until(() -> received.size() >= bodies.size());
    assertThat(received).extracting(Incoming::body).containsExactlyElementsOf(bodies);
    Incoming first = received.getFirst();
    assertThat(first.id()).isEqualTo(ids.getFirst().get(1, TimeUnit.SECONDS));
    assertThat(first.orderingKey()).contains("lobby");
    assertThat(first.attributes()).containsEntry("fleet", "demo");
    assertThat(first.published())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    subscription.close();
    assertThat(subscription.ended()).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void a_new_subscription_replays_what_the_topic_kept_and_a_plain_one_does_not() throws Exception {
    bus.publish("chat", said("before", "lobby")).get(10, TimeUnit.SECONDS);
    List<String> replayed = new CopyOnWriteArrayList<>();
    List<String> plain = new CopyOnWriteArrayList<>();

    bus.subscribe(ordered("vm-1", Optional.of(DAY)), message -> replayed.add(message.body()));
    bus.subscribe(ordered("vm-2", Optional.empty()), message -> plain.add(message.body()));
    bus.publish("chat", said("after", "lobby")).get(10, TimeUnit.SECONDS);

    await().until(() -> replayed.contains("after") && plain.contains("after"));
    assertThat(replayed).containsExactly("before", "after");
    assertThat(plain).containsExactly("after");
  }

  @Test
  void a_subscription_that_exists_is_replayed_once_for_its_creation_may_not_have_been_answered()
      throws Exception {
    bus.publish("chat", said("before", "lobby")).get(10, TimeUnit.SECONDS);
    bus.subscribe(ordered("vm-1", Optional.empty()), message -> {}).close();
    List<String> first = new CopyOnWriteArrayList<>();
    List<String> second = new CopyOnWriteArrayList<>();

    MessageBus.Subscription replaying =
        bus.subscribe(ordered("vm-1", Optional.of(DAY)), message -> first.add(message.body()));
    await().until(() -> first.contains("before"));
    replaying.close();
    bus.subscribe(ordered("vm-1", Optional.of(DAY)), message -> second.add(message.body()));
    bus.publish("chat", said("after", "lobby")).get(10, TimeUnit.SECONDS);

    await().until(() -> second.contains("after"));
    assertThat(first).containsExactly("before");
    assertThat(second).containsExactly("after");
  }

  @Test
  void a_subscription_that_was_lost_is_replayed_when_it_is_made_again() throws Exception {
    bus.publish("chat", said("before", "lobby")).get(10, TimeUnit.SECONDS);
    List<String> first = new CopyOnWriteArrayList<>();
    List<String> second = new CopyOnWriteArrayList<>();

    MessageBus.Subscription lost =
        bus.subscribe(ordered("vm-1", Optional.of(DAY)), message -> first.add(message.body()));
    await().until(() -> first.contains("before"));
    lost.close();
    bus.deleteSubscription("vm-1");
    bus.publish("chat", said("meanwhile", "lobby")).get(10, TimeUnit.SECONDS);
    bus.subscribe(ordered("vm-1", Optional.of(DAY)), message -> second.add(message.body()));

    await().until(() -> second.contains("meanwhile"));
    assertThat(second).containsExactly("before", "meanwhile");
  }

  /// One Pub/Sub with two doors, as Google's has a global endpoint and one for each region.
  @Test
  void what_is_said_in_a_room_goes_through_the_region_of_who_made_the_topic() throws Exception {
    Messaging messaging = new Messaging(InstantSource.system(), 64 << 20, new FaultPlan(1));
    List<String> asked = new CopyOnWriteArrayList<>();
    try (PubSubServer global = PubSubServer.start(0, messaging, Optional.empty());
        PubSubServer europe = PubSubServer.start(0, messaging, Optional.empty());
        MessageBus first = inRegion("europe-west1", global, europe, asked);
        MessageBus second = inRegion("us-central1", global, europe, asked)) {
      first.ensureTopic("chat", DAY);
      second.ensureTopic("chat", DAY);
      List<String> received = new CopyOnWriteArrayList<>();
      second.subscribe(ordered("vm-2", Optional.empty()), message -> received.add(message.body()));

      first.publish("chat", said("one", "lobby")).get(10, TimeUnit.SECONDS);
      second.publish("chat", said("two", "lobby")).get(10, TimeUnit.SECONDS);

      await().until(() -> received.equals(List.of("one", "two")));
      assertThat(asked).containsExactly("europe-west1", "europe-west1");
      second
          .publish("chat", new Outgoing("unordered", Map.of(), Optional.empty()))
          .get(10, TimeUnit.SECONDS);
      assertThat(asked).hasSize(2);
    }
  }

  private static MessageBus inRegion(
      String region, PubSubServer global, PubSubServer regional, List<String> asked) {
    return new GoogleMessageBus(
        "podium-test-regions",
        connection(global),
        Optional.of(region),
        named -> {
          asked.add(named);
          return connection(regional);
        },
        RetryPolicy.standard());
  }

  private static PubsubConnection connection(PubSubServer server) {
    return new PubsubConnection("127.0.0.1:" + server.port(), true, NoCredentialsProvider.create());
  }

  @Test
  void a_regions_endpoint_is_googles_and_nobody_elses() {
    assertThat(PubsubConnection.inRegion("europe-west1"))
        .isEqualTo("europe-west1-pubsub.googleapis.com:443");
    assertThat(PubsubConnection.inRegion("evil.example/")).isEqualTo(PubsubEndpoint.GOOGLE);
  }

  @Test
  void a_message_whose_receiver_failed_comes_again() throws Exception {
    AtomicBoolean fail = new AtomicBoolean(true);
    List<String> received = new CopyOnWriteArrayList<>();
    bus.subscribe(
        ordered("vm-1", Optional.empty()),
        message -> {
          if (fail.getAndSet(false)) {
            throw new IllegalStateException("on purpose");
          }
          received.add(message.body());
        });

    bus.publish("chat", said("a", "lobby")).get(10, TimeUnit.SECONDS);

    await().until(() -> received.contains("a"));
  }

  @Test
  void what_is_there_already_is_used_and_what_is_gone_is_gone() {
    bus.ensureTopic("chat", DAY);
    bus.subscribe(ordered("vm-1", Optional.empty()), _ -> {}).close();
    bus.subscribe(ordered("vm-1", Optional.empty()), _ -> {}).close();
    bus.deleteSubscription("vm-1");
    bus.deleteSubscription("vm-1");
  }

  @Test
  void after_a_failed_publication_the_room_goes_on() throws Exception {
    assertThat(bus.publish("later", said("lost", "lobby")))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(PodiumException.NotFound.class)
        .withMessageContaining("topic 'later'");

    bus.ensureTopic("later", DAY);

    assertThat(bus.publish("later", said("found", "lobby"))).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void a_subscription_that_somebody_deleted_says_that_it_ended() {
    var subscription = bus.subscribe(ordered("vm-1", Optional.empty()), _ -> {});
    bus.deleteSubscription("vm-1");

    assertThat(subscription.ended())
        .failsWithin(Duration.ofSeconds(15))
        .withThrowableThat()
        .withCauseInstanceOf(PodiumException.NotFound.class);
  }

  @Test
  void a_topic_that_was_deleted_and_made_again_is_told_from_the_first() {
    Messaging messaging = new Messaging(InstantSource.system(), 64 << 20, new FaultPlan(1));
    PubSubServer own = PubSubServer.start(0, messaging, Optional.empty());
    try (MessageBus bus = busAt(own.port())) {
      bus.ensureTopic("chat", DAY);
      String first = bus.topicId("chat");
      KnownTopic known = new KnownTopic(bus, "chat");
      assertThat(known.isReplaced()).as("nothing was there before").isFalse();
      bus.ensureTopic("chat", DAY);
      assertThat(bus.topicId("chat")).isNotEmpty().isEqualTo(first);
      assertThat(known.isGone()).isFalse();

      messaging.deleteTopic("projects/podium-test-" + PROJECTS.get() + "/topics/chat");
      assertThatThrownBy(() -> bus.topicId("chat")).isInstanceOf(PodiumException.NotFound.class);
      assertThat(known.isGone()).isTrue();

      bus.ensureTopic("chat", DAY);
      assertThat(known.isGone()).isTrue();
      assertThat(known.isReplaced()).isTrue();
      assertThat(known.isGone()).isFalse();
    }
    own.close();
  }

  @Test
  void a_subscription_to_no_topic_is_refused_with_its_name() {
    SubscriptionSpec spec =
        new SubscriptionSpec(
            "nowhere", "vm-1", Optional.empty(), true, DAY, Optional.empty(), Map.of());

    assertThatThrownBy(() -> bus.subscribe(spec, _ -> {}))
        .isInstanceOf(PodiumException.NotFound.class)
        .hasMessageContaining("Subscription 'vm-1'");
  }

  @Test
  void a_bus_that_nobody_answers_ends_within_seconds_and_fails_what_it_still_held() {
    PubSubServer ending = serverOfItsOwn();
    MessageBus lonely = busAt(ending.port());
    lonely.ensureTopic("chat", DAY);
    lonely.subscribe(ordered("vm-1", Optional.empty()), _ -> {});
    ending.close();
    var ordered = lonely.publish("chat", said("a", "lobby"));
    var plain = lonely.publish("chat", new Outgoing("b", Map.of(), Optional.empty()));
    long start = System.nanoTime();

    lonely.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    for (var lost : List.of(ordered, plain)) {
      assertThat(lost)
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .withCauseInstanceOf(PodiumException.Unavailable.class);
    }
  }

  private static SubscriptionSpec ordered(String name, Optional<Duration> replay) {
    return new SubscriptionSpec(
        "chat", name, Optional.of("attributes.fleet = \"demo\""), true, DAY, replay, Map.of());
  }

  private static Outgoing said(String body, String room) {
    return new Outgoing(body, Map.of("fleet", "demo"), Optional.of(room));
  }
}
