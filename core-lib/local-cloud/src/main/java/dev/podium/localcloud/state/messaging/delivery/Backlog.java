package dev.podium.localcloud.state.messaging.delivery;

import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.messaging.delivery.Outstanding.Stage;
import dev.podium.localcloud.state.messaging.log.LogEntry;
import dev.podium.localcloud.state.messaging.log.MessageLog;
import dev.podium.localcloud.state.messaging.model.MessagingException;
import dev.podium.localcloud.state.messaging.model.SubscriptionSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One subscription's view of its topic's log: a cursor. Before it, the subscription keeps only
/// what it is not done with; at it and after it, it has not looked yet.
///
/// It holds every message from the cursor on, and each one in [#tracked] and [#kept]. Guarded by
/// the lock of [dev.podium.localcloud.state.messaging.Messaging].
public final class Backlog {
  public static final String DELETED_TOPIC = "_deleted-topic_";

  public final String name;

  /// The full name, or [#DELETED_TOPIC].
  public String topic;

  private final long uid;
  private final MessageLog log;
  private final MessagingTurn turn;
  private final FaultPlan plan;
  private final DeadlineWheel wheel;
  private final BiPredicate<Backlog, Outstanding> deadLetters;
  private final TreeMap<Long, Outstanding> tracked = new TreeMap<>();

  /// Acknowledged and retained.
  private final TreeMap<Long, LogEntry> kept = new TreeMap<>();

  public final DeliveryQueue queue;
  public SubscriptionSettings settings;
  public Instant lastUsed;
  public boolean detached;
  private long cursor;
  private long leases;

  /// @param deadLetters forwards a message that failed too often, and says whether it could
  public Backlog(
      String name,
      String topic,
      long uid,
      MessageLog log,
      SubscriptionSettings settings,
      MessagingTurn turn,
      FaultPlan plan,
      BiPredicate<Backlog, Outstanding> deadLetters) {
    this.name = name;
    this.topic = topic;
    this.uid = uid;
    this.log = log;
    this.settings = settings;
    this.lastUsed = turn.now();
    this.turn = turn;
    this.plan = plan;
    this.wheel = turn.wheel();
    this.deadLetters = deadLetters;
    this.queue = new DeliveryQueue(this, turn.toWake());
    this.cursor = log.end();
  }

  public MessageLog log() {
    return log;
  }

  /// Reads on to the next message that this subscription wants. Null at the log's end, and where a
  /// fault still holds back what comes next.
  @Nullable Outstanding readOn() {
    Duration delay = plan.now().pubsub().delay();
    while (cursor < log.end()) {
      LogEntry entry = log.at(cursor);
      if (entry != null
          && !delay.isZero()
          && entry.message.published().plus(delay).isAfter(turn.now())) {
        return null;
      }
      cursor++;
      if (entry == null) {
        continue;
      }
      if (settings.filter().matches(entry.message.content().attributes())) {
        return track(entry);
      }
      log.release(entry);
    }
    return null;
  }

  /// Starts a delivery, on which the acknowledgement deadline runs from now.
  Delivery lease(Outstanding message, Receiver receiver, Instant now) {
    message.stage = Stage.LEASED;
    message.lease = ++leases;
    message.attempts++;
    message.receiver = receiver;
    wheel.set(message, now.plus(receiver.ackDeadline().orElse(settings.ackDeadline())));
    AckId id = new AckId(uid, message.entry.sequence, message.lease);
    int attempt = settings.deadLetter().isPresent() ? message.attempts : 0;
    return new Delivery(message.entry.message, id.toString(), attempt);
  }

  /// @return whether this delivery was still open; a stale one changes nothing
  public boolean acknowledge(AckId id) {
    Outstanding message = find(id);
    if (message == null || (settings.exactlyOnce() && message.stage != Stage.LEASED)) {
      return false;
    }
    if (getsLost(message)) {
      comesAgain(message);
    } else {
      settle(message);
    }
    return true;
  }

  /// Whether a fault swallows this acknowledgement; it never swallows two of one message.
  private boolean getsLost(Outstanding message) {
    boolean lost =
        message.stage == Stage.LEASED
            && !settings.exactlyOnce()
            && !message.cameAgain
            && plan.happens(FaultPlan.Chance.ACKNOWLEDGEMENT, plan.now().pubsub().duplicateRate());
    message.cameAgain |= lost;
    return lost;
  }

  private void comesAgain(Outstanding message) {
    release(message);
    rewind(message);
    queue.add(message);
  }

  /// @param deadline from now; zero gives the message back at once
  /// @return whether this delivery was still open; a stale one changes nothing
  public boolean modifyDeadline(AckId id, Duration deadline, Instant now) {
    Outstanding message = find(id);
    if (message == null || message.stage != Stage.LEASED) {
      return false;
    }
    if (deadline.isZero()) {
      failed(message, now);
    } else {
      wheel.set(message, now.plus(deadline));
    }
    return true;
  }

  /// The wheel's call: a delivery was not acknowledged in time, or a rest is over.
  void deadlineReached(Outstanding message, Instant now) {
    if (message.stage == Stage.LEASED) {
      failed(message, now);
      return;
    }
    wheel.clear(message);
    message.stage = Stage.WAITING;
    queue.add(message);
  }

  /// Marks every message that can still be reached as unacknowledged or acknowledged. All open
  /// deliveries become stale.
  ///
  /// @param unacknowledged which messages to deliver (again)
  /// @param reachable which messages can be reached besides those that this subscription still
  ///   holds and those that the topic retains
  public void restate(Predicate<LogEntry> unacknowledged, Predicate<LogEntry> reachable) {
    TreeMap<Long, LogEntry> held = new TreeMap<>(kept);
    tracked.forEach((sequence, message) -> held.put(sequence, message.entry));
    forgetTracked();
    kept.clear();
    for (long sequence = log.first(); sequence < cursor; sequence++) {
      LogEntry entry = log.at(sequence);
      if (entry != null) {
        boolean holding = held.containsKey(sequence);
        boolean within = holding || log.retains(sequence) || reachable.test(entry);
        restate(entry, holding, within && unacknowledged.test(entry));
      }
    }
    while (cursor < log.end()) {
      LogEntry entry = log.at(cursor);
      if (entry != null && unacknowledged.test(entry)) {
        return;
      }
      cursor++;
      if (entry != null) {
        acknowledged(entry);
      }
    }
  }

  /// The messages that a snapshot taken now keeps unacknowledged, besides all from the cursor on.
  public List<LogEntry> unacknowledged() {
    return tracked.values().stream()
        .filter(message -> message.stage != Stage.ACKNOWLEDGED)
        .map(message -> message.entry)
        .toList();
  }

  public long cursor() {
    return cursor;
  }

  /// Publication time of the oldest message not acknowledged, or null where there is none.
  public @Nullable Instant oldestUnacknowledged() {
    for (LogEntry entry : unacknowledged()) {
      return entry.message.published();
    }
    LogEntry next = log.at(cursor);
    return next == null ? null : next.message.published();
  }

  /// Lets go of what is older than this subscription's retention.
  public void forgetOlderThan(Instant cutoff) {
    while (cursor < log.end() && isOlder(log.at(cursor), cutoff)) {
      LogEntry entry = log.at(cursor++);
      if (entry != null) {
        log.release(entry);
      }
    }
    for (Map.Entry<Long, Outstanding> oldest = tracked.firstEntry();
        oldest != null && isOlder(oldest.getValue().entry, cutoff);
        oldest = tracked.firstEntry()) {
      drop(oldest.getValue());
    }
    while (!kept.isEmpty() && isOlder(kept.firstEntry().getValue(), cutoff)) {
      log.release(kept.pollFirstEntry().getValue());
    }
  }

  /// Stops keeping what was acknowledged.
  public void forgetKept() {
    kept.values().forEach(log::release);
    kept.clear();
  }

  /// Lets go of everything, for good.
  public void close(MessagingException why) {
    queue.end(why);
    List<LogEntry> held = new ArrayList<>(kept.values());
    tracked.values().forEach(message -> held.add(message.entry));
    forgetTracked();
    kept.clear();
    for (; cursor < log.end(); cursor++) {
      LogEntry entry = log.at(cursor);
      if (entry != null) {
        held.add(entry);
      }
    }
    held.forEach(log::release);
  }

  private void restate(LogEntry entry, boolean held, boolean unacknowledged) {
    if (unacknowledged && settings.filter().matches(entry.message.content().attributes())) {
      if (!held) {
        log.hold(entry);
      }
      queue.add(track(entry));
    } else if (held) {
      acknowledged(entry);
    }
  }

  private Outstanding track(LogEntry entry) {
    Outstanding message = new Outstanding(this, entry);
    tracked.put(entry.sequence, message);
    queue.enterLine(message);
    return message;
  }

  private @Nullable Outstanding find(AckId id) {
    Outstanding message = id.uid() == uid ? tracked.get(id.sequence()) : null;
    boolean open =
        message != null && message.lease == id.lease() && message.stage != Stage.ACKNOWLEDGED;
    return open ? message : null;
  }

  private void failed(Outstanding message, Instant now) {
    release(message);
    if (settings.deadLetter().isPresent()
        && message.attempts >= settings.deadLetter().get().attempts()
        && deadLetters.test(this, message)) {
      settle(message);
      return;
    }
    int attempts = message.attempts;
    Duration rest =
        settings.redelivery().map(redelivery -> redelivery.after(attempts)).orElse(Duration.ZERO);
    message.stage = rest.isZero() ? Stage.WAITING : Stage.RESTING;
    if (!rest.isZero()) {
      wheel.set(message, now.plus(rest));
    }
    rewind(message);
    queue.add(message);
  }

  /// A redelivery brings all later messages of the key again, the acknowledged ones too, unless the
  /// subscription promises that an acknowledged one never comes back.
  private void rewind(Outstanding failed) {
    OrderingKeyQueue keyQueue = failed.keyQueue;
    if (keyQueue == null) {
      return;
    }
    for (Outstanding later = failed.nextOfKey; later != null; later = later.nextOfKey) {
      if (later.stage == Stage.LEASED) {
        release(later);
      }
      if (later.stage != Stage.ACKNOWLEDGED || !settings.exactlyOnce()) {
        wheel.clear(later);
        later.stage = Stage.WAITING;
        later.lease = ++leases;
      }
    }
    failed.lease = ++leases;
    keyQueue.next = failed;
  }

  /// Ends a delivery without saying what becomes of the message.
  private void release(Outstanding message) {
    wheel.clear(message);
    Receiver receiver = message.receiver;
    if (receiver != null) {
      receiver.settled(message.entry.size);
      message.receiver = null;
      queue.released(message);
    }
    message.stage = Stage.WAITING;
  }

  private void settle(Outstanding message) {
    release(message);
    OrderingKeyQueue keyQueue = message.keyQueue;
    if (keyQueue == null) {
      done(message);
      return;
    }
    message.stage = Stage.ACKNOWLEDGED;
    for (Outstanding head = keyQueue.head;
        head != null && head.stage == Stage.ACKNOWLEDGED;
        head = keyQueue.head) {
      queue.leaveKeyQueue(keyQueue, head);
      done(head);
    }
  }

  private void done(Outstanding message) {
    message.stage = Stage.DONE;
    tracked.remove(message.entry.sequence);
    acknowledged(message.entry);
  }

  private void acknowledged(LogEntry entry) {
    if (settings.retainAcked()) {
      kept.put(entry.sequence, entry);
    } else {
      log.release(entry);
    }
  }

  private void drop(Outstanding message) {
    release(message);
    if (message.keyQueue != null) {
      queue.leaveKeyQueue(message.keyQueue, message);
    }
    message.stage = Stage.DONE;
    tracked.remove(message.entry.sequence);
    log.release(message.entry);
  }

  private void forgetTracked() {
    for (Outstanding message : tracked.values()) {
      release(message);
      message.stage = Stage.DONE;
    }
    tracked.clear();
    queue.clear();
  }

  private static boolean isOlder(@Nullable LogEntry entry, Instant cutoff) {
    return entry == null || entry.message.published().isBefore(cutoff);
  }
}
