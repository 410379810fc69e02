package dev.podium.localcloud.state.messaging;

import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.fault.Faults;
import dev.podium.localcloud.state.messaging.delivery.AckId;
import dev.podium.localcloud.state.messaging.delivery.Backlog;
import dev.podium.localcloud.state.messaging.delivery.Delivery;
import dev.podium.localcloud.state.messaging.delivery.MessagingTurn;
import dev.podium.localcloud.state.messaging.delivery.Outstanding;
import dev.podium.localcloud.state.messaging.delivery.Receiver;
import dev.podium.localcloud.state.messaging.log.MemoryBudget;
import dev.podium.localcloud.state.messaging.model.AckOutcome;
import dev.podium.localcloud.state.messaging.model.MessagingException;
import dev.podium.localcloud.state.messaging.model.MessagingException.Reason;
import dev.podium.localcloud.state.messaging.model.SnapshotView;
import dev.podium.localcloud.state.messaging.model.SubscriptionSettings;
import dev.podium.localcloud.state.messaging.model.SubscriptionSettings.DeadLetter;
import dev.podium.localcloud.state.messaging.model.SubscriptionView;
import dev.podium.localcloud.state.messaging.model.TopicMessage;
import dev.podium.localcloud.state.messaging.model.TopicSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/// All topics, subscriptions and snapshots, and every message in them.
///
/// Messages are kept once for each topic, in a log; a subscription is a cursor into it and the few
/// messages that it is not done with. One lock guards everything: the work under it is
/// microseconds, and it makes forwarding between topics, seeking and deletion plain. Receivers are
/// told outside it.
///
/// Names are full resource names such as `projects/p/topics/t`; their form and the ranges of
/// settings are the protocol server's to check. Safe for use from any thread.
public final class Messaging {
  // Source: Google's page "Pub/Sub quotas and limits".
  private static final int MOST_TOPICS = 10_000;
  private static final int MOST_SUBSCRIPTIONS = 10_000;
  private static final int MOST_SNAPSHOTS = 5_000;

  private final MessagingTurn turn;
  private final SlowSeeks seeks = new SlowSeeks();
  private final FaultPlan plan;
  private final MemoryBudget budget;
  private final Register<Topic> topics = new Register<>("topics", MOST_TOPICS);
  private final Register<Backlog> subscriptions =
      new Register<>("subscriptions", MOST_SUBSCRIPTIONS);
  private final Register<Snapshot> snapshots = new Register<>("snapshots", MOST_SNAPSHOTS);
  private long lastId;
  private Instant lastPublished = Instant.MIN;

  /// @param clock what time it is for deadlines, retention and expiry
  /// @param memoryLimit how many bytes all messages may take together; beyond it publishing fails
  ///   with [Reason#EXHAUSTED]
  /// @param plan what goes wrong
  public Messaging(InstantSource clock, long memoryLimit, FaultPlan plan) {
    this.plan = plan;
    this.turn = new MessagingTurn(clock, this::housekeeping);
    this.budget = new MemoryBudget(memoryLimit);
    // Real ids have 16 digits, and rise over a restart too.
    this.lastId = clock.instant().toEpochMilli() * 1000;
    plan.onChange(this::adapt);
  }

  /// What goes wrong, and when.
  public FaultPlan plan() {
    return plan;
  }

  /// Acts on every deadline that has come. Call it at least every 100 ms, from any thread.
  public void tick() {
    turn.run(now -> {
      seeks.tick(now);
      if (plan.now().pubsub().delay().isPositive()) {
        // What was held back may be due; nothing else would look at it again.
        subscriptions.values().forEach(turn::touched);
      }
    });
  }

  /// Ends every stream when the service goes down; delivers at once what is delayed no longer.
  private void adapt(Faults faults) {
    turn.run(now -> {
      for (Backlog backlog : subscriptions.values()) {
        if (faults.pubsub().unavailable()) {
          backlog.queue.end(MessagingException.unavailable());
        }
        turn.touched(backlog);
      }
    });
  }

  public void createTopic(String name, TopicSettings settings) {
    turn.run(_ -> topics.add(name, new Topic(name, settings, budget)));
  }

  public TopicSettings topic(String name) {
    return turn.call(now -> topics.get(name).settings);
  }

  /// The settings of all topics whose names start with a prefix, by name.
  public NavigableMap<String, TopicSettings> topics(String prefix) {
    return turn.call(now -> {
      NavigableMap<String, TopicSettings> found = new TreeMap<>();
      topics.startingWith(prefix).forEach((name, topic) -> found.put(name, topic.settings));
      return found;
    });
  }

  public void updateTopic(String name, TopicSettings settings) {
    turn.run(now -> {
      Topic topic = topics.get(name);
      topic.settings = settings;
      topic.forgetOld(now);
    });
  }

  /// Its subscriptions stay, with what they have not acknowledged, and show `_deleted-topic_`.
  public void deleteTopic(String name) {
    turn.run(now -> {
      Topic topic = topics.get(name);
      topics.remove(name);
      topic.log.retain(Optional.empty(), now);
      topic.subscriptions.values().forEach(backlog -> backlog.topic = Backlog.DELETED_TOPIC);
    });
  }

  public List<String> subscriptionsOf(String topic) {
    return turn.call(now -> topics.get(topic).subscriptionNames());
  }

  public List<String> snapshotsOf(String topic) {
    return turn.call(now -> List.copyOf(topics.get(topic).snapshots.keySet()));
  }

  /// Keeps the messages and hands them to those who wait.
  ///
  /// @return their ids, in their order
  public List<String> publish(String topicName, List<TopicMessage.Content> contents) {
    return turn.call(now -> publish(topics.get(topicName), contents, now));
  }

  public void createSubscription(String name, String topicName, SubscriptionSettings settings) {
    turn.run(now -> {
      Topic topic = topics.get(topicName);
      Backlog backlog =
          new Backlog(name, topicName, ++lastId, topic.log, settings, turn, plan, this::forward);
      subscriptions.add(name, backlog);
      topic.subscriptions.put(name, backlog);
    });
  }

  public SubscriptionView subscription(String name) {
    return turn.call(now -> view(subscriptions.get(name)));
  }

  /// All subscriptions whose names start with a prefix, by name.
  public List<SubscriptionView> subscriptions(String prefix) {
    return turn.call(
        now -> subscriptions.startingWith(prefix).values().stream().map(this::view).toList());
  }

  public void updateSubscription(String name, SubscriptionSettings settings) {
    turn.run(now -> {
      Backlog backlog = subscriptions.get(name);
      backlog.settings = settings;
      if (!settings.retainAcked()) {
        backlog.forgetKept();
      }
      backlog.queue.wakeAll();
      turn.touched(backlog);
    });
  }

  public void deleteSubscription(String name) {
    turn.run(now -> delete(subscriptions.get(name)));
  }

  /// Cuts it off from its topic for good; what it had not acknowledged is lost.
  public void detach(String name) {
    turn.run(now -> {
      Backlog backlog = subscriptions.get(name);
      backlog.detached = true;
      leaveTopic(backlog);
      backlog.close(MessagingException.detached(name));
    });
  }

  /// Starts receiving. What the receiver gets, it collects with [#take] when it was woken.
  public void open(String subscription, Receiver receiver) {
    turn.run(now -> {
      if (plan.now().pubsub().unavailable()) {
        throw MessagingException.unavailable();
      }
      Backlog backlog = attached(subscription, now);
      backlog.queue.open(receiver);
      turn.touched(backlog);
    });
  }

  /// Stops receiving. What it was given stays its own until acknowledged or expired. A receiver
  /// that is closed already may be closed again.
  public void close(Receiver receiver) {
    turn.run(now -> {
      Backlog backlog = receiver.backlog;
      if (backlog != null) {
        backlog.queue.close(receiver);
        turn.touched(backlog);
      }
    });
  }

  /// What a receiver was given since the last call.
  ///
  /// @throws MessagingException once its subscription is deleted or detached
  public List<Delivery> take(Receiver receiver) {
    return turn.call(now -> {
      receiver.wakePending = false;
      List<Delivery> taken = receiver.takeUnsent();
      if (taken.isEmpty() && receiver.ended != null) {
        throw receiver.ended;
      }
      if (receiver.backlog != null) {
        turn.touched(receiver.backlog);
      }
      return taken;
    });
  }

  public AckOutcome acknowledge(String subscription, List<String> ackIds) {
    return forEach(subscription, ackIds, (backlog, id) -> backlog.acknowledge(id));
  }

  /// @param deadline from now, at most 600 s; zero gives the messages back at once
  public AckOutcome modifyDeadline(String subscription, List<String> ackIds, Duration deadline) {
    return forEach(
        subscription, ackIds, (backlog, id) -> backlog.modifyDeadline(id, deadline, turn.now()));
  }

  /// Marks what was published before `time` as acknowledged and what was published then or later,
  /// and is still kept, as unacknowledged.
  public void seek(String subscription, Instant time) {
    turn.run(now -> {
      Backlog backlog = attached(subscription, now);
      seeks.begin(
          plan.now().pubsub().seek(),
          now,
          _ -> {
            backlog.restate(entry -> !entry.message.published().isBefore(time), entry -> false);
            turn.touched(backlog);
          });
    });
  }

  /// Takes a subscription back to a snapshot of its topic.
  public void seekToSnapshot(String subscription, String snapshotName) {
    turn.run(now -> {
      Backlog backlog = attached(subscription, now);
      Snapshot snapshot = snapshots.get(snapshotName);
      if (snapshot.log() != backlog.log()) {
        throw new MessagingException(
            Reason.PRECONDITION,
            "The snapshot's topic is not the subscription's topic (snapshot="
                + snapshotName
                + ").");
      }
      backlog.restate(snapshot::holds, snapshot::holds);
      turn.touched(backlog);
    });
  }

  public SnapshotView createSnapshot(String name, String subscription, ByteBuffer document) {
    return turn.call(now -> {
      Backlog backlog = attached(subscription, now);
      if (!topics.has(backlog.topic)) {
        throw new MessagingException(Reason.PRECONDITION, "The subscription's topic was deleted.");
      }
      snapshots.requireRoom(name);
      Snapshot snapshot = Snapshot.of(name, backlog, now, document);
      snapshots.add(name, snapshot);
      topics.get(backlog.topic).snapshots.put(name, snapshot);
      return snapshot.view();
    });
  }

  public SnapshotView snapshot(String name) {
    return turn.call(now -> snapshots.get(name).view());
  }

  /// All snapshots whose names start with a prefix, by name.
  public List<SnapshotView> snapshots(String prefix) {
    return turn.call(
        now -> snapshots.startingWith(prefix).values().stream().map(Snapshot::view).toList());
  }

  public void updateSnapshot(String name, ByteBuffer document) {
    turn.run(now -> snapshots.get(name).document = document);
  }

  public void deleteSnapshot(String name) {
    turn.run(now -> delete(snapshots.get(name)));
  }

  /// How many bytes all messages take now.
  public long memoryUsed() {
    return turn.call(now -> budget.used());
  }

  private List<String> publish(Topic topic, List<TopicMessage.Content> contents, Instant now) {
    long bytes = 0;
    for (TopicMessage.Content content : contents) {
      bytes += content.size() + MemoryBudget.OVERHEAD_BYTES;
    }
    topic.forgetOld(now);
    if (!budget.permits(bytes)) {
      throw MessagingException.full();
    }
    lastPublished = now.isAfter(lastPublished) ? now : lastPublished;
    List<String> ids = new ArrayList<>(contents.size());
    for (TopicMessage.Content content : contents) {
      String id = Long.toString(++lastId);
      topic.append(new TopicMessage(id, lastPublished, content));
      ids.add(id);
    }
    topic.subscriptions.values().forEach(turn::touched);
    return ids;
  }

  private AckOutcome forEach(
      String subscription, List<String> ackIds, BiPredicate<Backlog, AckId> action) {
    return turn.call(now -> {
      Backlog backlog = subscriptions.get(subscription);
      backlog.lastUsed = now;
      List<String> malformed = new ArrayList<>();
      List<String> stale = new ArrayList<>();
      for (String text : ackIds) {
        Optional<AckId> id = AckId.parse(text);
        if (id.isEmpty()) {
          malformed.add(text);
        } else if (!action.test(backlog, id.get())) {
          stale.add(text);
        }
      }
      turn.touched(backlog);
      return new AckOutcome(malformed, stale, backlog.settings.exactlyOnce());
    });
  }

  private boolean forward(Backlog backlog, Outstanding message) {
    String target = backlog.settings.deadLetter().map(DeadLetter::topic).orElse("");
    if (!topics.has(target)) {
      return false;
    }
    try {
      publish(topics.get(target), List.of(DeadLetters.from(backlog.name, message)), turn.now());
      return true;
    } catch (MessagingException full) {
      // The message stays where it is, and is forwarded when there is memory again.
      return false;
    }
  }

  private void housekeeping(Instant now) {
    for (Topic topic : topics.values()) {
      topic.forgetOld(now);
    }
    for (Backlog backlog : subscriptions.values()) {
      backlog.forgetOlderThan(now.minus(backlog.settings.retention()));
      if (backlog.queue.hasReceivers()) {
        backlog.lastUsed = now;
      }
      if (backlog.settings.expiry().isPresent()
          && now.isAfter(backlog.lastUsed.plus(backlog.settings.expiry().get()))) {
        delete(backlog);
      }
    }
    for (Snapshot snapshot : snapshots.values()) {
      if (now.isAfter(snapshot.expires)) {
        delete(snapshot);
      }
    }
  }

  private void delete(Backlog backlog) {
    subscriptions.remove(backlog.name);
    leaveTopic(backlog);
    backlog.close(MessagingException.notFound(backlog.name));
  }

  private void leaveTopic(Backlog backlog) {
    if (topics.has(backlog.topic)) {
      topics.get(backlog.topic).subscriptions.remove(backlog.name);
    }
  }

  private void delete(Snapshot snapshot) {
    snapshots.remove(snapshot.name);
    if (topics.has(snapshot.topic)) {
      topics.get(snapshot.topic).snapshots.remove(snapshot.name, snapshot);
    }
    snapshot.close();
  }

  private Backlog attached(String name, Instant now) {
    Backlog backlog = subscriptions.get(name);
    if (backlog.detached) {
      throw MessagingException.detached(name);
    }
    backlog.lastUsed = now;
    return backlog;
  }

  private SubscriptionView view(Backlog backlog) {
    Optional<Duration> topicRetention =
        topics.has(backlog.topic)
            ? topics.get(backlog.topic).settings.retention()
            : Optional.empty();
    return new SubscriptionView(
        backlog.name, backlog.topic, backlog.detached, topicRetention, backlog.settings);
  }
}
