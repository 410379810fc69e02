package dev.podium.agent.bridge;

import dev.podium.agent.room.ChatState;
import dev.podium.agent.room.MessageSender;
import dev.podium.agent.room.RoomBarrier;
import dev.podium.wire.chat.ChatCodec;
import dev.podium.wire.chat.ChatEvent;
import dev.podium.wire.chat.ChatLimits;
import dev.podium.wire.chat.ChatMarker;
import dev.podium.wire.chat.ChatMessage;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.cloud.KnownTopic;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The chat topic's two directions.
public final class ChatBridge implements MessageSender {
  /// Messages that were received and not yet shown; beyond this the bus waits.
  private static final int IN_HAND = 4_096;

  /// For one room of a VM that boots, while all of its rooms are brought.
  private static final Duration ROOM_PATIENCE = Duration.ofSeconds(30);

  /// Between two looks at whether anything still comes of a topic that was deleted.
  private static final Duration LOOK = Duration.ofMillis(100);

  /// So many looks in a row that find nothing: nothing is left there. They are counted because a VM
  /// that stood still finds that a long time has passed, and received nothing in it.
  private static final int QUIET_LOOKS = 20;

  /// So many looks at most: about a minute.
  private static final int MOST_LOOKS = 600;

  private final MessageBus bus;
  private final FleetTopics topics;
  private final ChatMarker marker;
  private final Map<String, String> labels;
  private final ChatState chat;
  private final Executor loop;
  private final CatchUp catchUp;
  private final ChatPublisher publisher;
  private final RoomQueues rooms;
  private final MarkerBarrier barrier;
  private final KnownTopic topic;
  private volatile ChatMarker start;

  /// Counts the topics of this name. What an earlier one still brings is not shown after the gap.
  private final AtomicInteger era = new AtomicInteger();

  /// The topic whose messages are shown: on the chat loop, which still has those of the one before
  /// in hand when the next is subscribed to.
  private int shownEra;

  private final AtomicLong came = new AtomicLong();
  private boolean subscribed;
  private final Semaphore inHand = new Semaphore(IN_HAND);

  /// @param labels on the subscription, so that consoles know whose it is
  /// @param chat only touched on `loop`
  public ChatBridge(
      MessageBus bus,
      FleetTopics topics,
      ChatMarker marker,
      Map<String, String> labels,
      ChatState chat,
      Executor loop,
      Ticker ticker) {
    this.bus = bus;
    this.topics = topics;
    this.marker = marker;
    this.labels = labels;
    this.chat = chat;
    this.loop = loop;
    this.topic = new KnownTopic(bus, topics.chat());
    this.catchUp = new CatchUp(ticker);
    this.start = marker;
    this.publisher = new ChatPublisher(bus, topics);
    this.rooms = new RoomQueues(publisher, loop);
    this.barrier = new MarkerBarrier(marker, rooms::mark, loop);
  }

  /// The name of this boot's own subscription.
  public String subscriptionName() {
    return topics.subscription(topics.chat(), marker.vm() + "-" + marker.bootId());
  }

  /// Subscribes, from as far back as the topic keeps. Where the topic is not the one of the time
  /// before, the people here are told of a gap first. Blocks; for one thread.
  ///
  /// @throws PodiumException if Pub/Sub refuses or does not answer
  public MessageBus.Subscription subscribe() {
    bus.ensureTopic(topics.chat(), FleetTopics.CHAT_RETENTION);
    boolean replaced = topic.isReplaced();
    if (subscribed) {
      // It may have lost its topic or be detached, and nothing mends that. A new one is set back
      // over all that this would have brought.
      bus.deleteSubscription(subscriptionName());
    }
    subscribed = true;
    int present = replaced ? era.incrementAndGet() : era.get();
    if (replaced) {
      loop.execute(() -> {
        shownEra = present;
        chat.topicReplaced();
      });
    }
    start = barrier.next();
    catchUp.begin();
    return bus.subscribe(
        new MessageBus.SubscriptionSpec(
            topics.chat(),
            subscriptionName(),
            Optional.of(topics.filter()),
            true,
            FleetTopics.SUBSCRIPTION_EXPIRY,
            Optional.of(FleetTopics.CHAT_RETENTION),
            labels),
        incoming -> receive(present, incoming));
  }

  /// Whether the topic of the subscription was deleted, though perhaps made again. Blocks.
  public boolean topicIsGone() {
    return topic.isGone();
  }

  /// Takes in what the subscription of a deleted topic still holds. Pub/Sub keeps that for it and
  /// for nobody else: a VM that was behind would lose what people were told is safe. Blocks until
  /// nothing has come for two seconds, or the subscription has ended, and a minute at most.
  ///
  /// @param ended the subscription's end
  public void drain(CompletableFuture<Void> ended) throws InterruptedException {
    long before = came.get();
    int quiet = 0;
    for (int looks = 0; looks < MOST_LOOKS && quiet < QUIET_LOOKS && !ended.isDone(); looks++) {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      long now = came.get();
      quiet = now == before && inHand.availablePermits() == IN_HAND ? quiet + 1 : 0;
      before = now;
    }
  }

  /// Sends a marker the way of people's messages: in a room where somebody is, each in its turn.
  /// Where nobody is anywhere, it goes beside the rooms.
  public void sendMarker(Duration patience, Consumer<@Nullable Throwable> arrived) {
    var _ =
        CompletableFuture.supplyAsync(chat::roomInTurn, loop)
            .thenCompose(room -> barrier.pass(room.orElse("#" + marker.vm()), patience))
            .whenComplete((nothing, failure) -> arrived.accept(failure));
  }

  /// Blocks until the rooms' history is complete, or the subscription has ended.
  ///
  /// @param quiet how long nothing old must have come after the marker came back
  /// @param ended the subscription's end
  public void catchUp(Duration quiet, CompletableFuture<Void> ended) throws InterruptedException {
    catchUp.await(
        quiet, ended, () -> publisher.publish(List.of(start), Optional.empty()).getFirst());
    Set<String> missing = catchUp.takeOldRooms();
    while (!missing.isEmpty() && !ended.isDone()) {
      Set<String> behind = passAll(missing, ended);
      if (!behind.isEmpty()) {
        TimeUnit.SECONDS.sleep(1); // Pub/Sub is away, or has much to bring.
      }
      missing = new HashSet<>(catchUp.takeOldRooms());
      missing.addAll(behind);
    }
  }

  /// Blocks until each of these rooms was found to be complete or not, or the subscription ended.
  ///
  /// @return those that were not
  private Set<String> passAll(Set<String> rooms, CompletableFuture<Void> ended) {
    Set<String> behind = ConcurrentHashMap.newKeySet();
    CompletableFuture<?>[] passes =
        rooms.stream()
            .map(room ->
                barrier
                    .pass(room, ROOM_PATIENCE)
                    .handle((nothing, failure) -> failure != null && behind.add(room)))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture<Object> over = ended.handle((nothing, failure) -> true);
    CompletableFuture.anyOf(CompletableFuture.allOf(passes), over).join();
    return behind;
  }

  /// Waits for what other VMs may have shown already.
  public RoomBarrier barrier() {
    return barrier;
  }

  @Override
  public CompletableFuture<String> send(ChatMessage message) {
    return rooms.send(message);
  }

  /// On one of the bus's threads. The message counts as received when it is in the chat loop's
  /// queue. If the VM dies before it was shown, nobody here was left to see it.
  private void receive(int of, MessageBus.Incoming incoming) {
    came.incrementAndGet();
    if (of != era.get()) {
      return;
    }
    ChatEvent event = ChatCodec.decode(incoming.body()).orElse(null);
    switch (event) {
      case ChatMessage message ->
          ChatLimits.accept(message, incoming.orderingKey(), incoming.published())
              .ifPresentOrElse(
                  accepted -> show(of, incoming.id(), incoming.published(), accepted), this::skip);
      case ChatMarker seen -> {
        if (seen.equals(start)) {
          catchUp.markerCame(incoming.published());
        } else if (seen.sameBoot(marker)) {
          loop.execute(() -> barrier.came(seen, incoming.orderingKey()));
        }
      }
      case null -> skip(); // Of a later release, or damaged: not for this one.
    }
  }

  private void show(int of, String id, Instant published, ChatMessage message) {
    catchUp.messageCame(message.room(), published);
    toLoop(() -> {
      if (of == shownEra) {
        chat.received(id, published, message);
      }
    });
  }

  /// What is skipped counts as received, or it would come again and again.
  private void skip() {
    toLoop(chat::skipped);
  }

  private void toLoop(Runnable task) {
    inHand.acquireUninterruptibly();
    loop.execute(() -> {
      inHand.release();
      task.run();
    });
  }
}
