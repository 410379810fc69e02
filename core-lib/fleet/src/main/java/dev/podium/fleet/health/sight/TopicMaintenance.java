package dev.podium.fleet.health.sight;

import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.cloud.Backoff;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the fleet's topics at the console's start, and again when somebody deleted one: VMs have
/// no right to make any.
///
/// A subscription does not come back with its topic. So those that lost theirs are deleted, which
/// their VMs and consoles notice at once and make new ones.
public final class TopicMaintenance implements AutoCloseable {
  /// Soon again after a failure, and else about every half minute.
  public static final Backoff PAUSES =
      new Backoff(Duration.ofSeconds(2), 2, Duration.ofSeconds(30), 0.25);

  private static final Logger LOG = LoggerFactory.getLogger(TopicMaintenance.class);

  /// A list of subscriptions costs a call for each thousand, so they are looked at less often:
  /// somebody else may have made the topic again.
  private static final int LOOKS_A_LIST = 10;

  private final MessageBus bus;
  private final FleetTopics topics;
  private final Supplier<String> region;
  private final Supplier<List<String>> orphans;
  private final Backoff pauses;
  private final CompletableFuture<Void> closing = new CompletableFuture<>();
  private final Consumer<String> told;
  private final Map<String, String> ids = new HashMap<>();
  private int looksUntilList;
  private int failures;

  /// @param region where rooms keep their order, for a topic that is made; it stays when the policy
  ///   changes
  /// @param orphans names the fleet's subscriptions whose topic was deleted; blocks, and throws a
  ///   `PodiumException`
  /// @param told a sentence for the operator, when a topic was gone or is another one
  /// @param pauses between two looks: the longest, or one by the failures before
  public TopicMaintenance(
      MessageBus bus,
      FleetTopics topics,
      Supplier<String> region,
      Supplier<List<String>> orphans,
      Consumer<String> told,
      Backoff pauses) {
    this.bus = bus;
    this.topics = topics;
    this.region = region;
    this.orphans = orphans;
    this.told = told;
    this.pauses = pauses;
  }

  /// The region of a zone: `europe-west1` of `europe-west1-b`.
  public static String regionOf(String zone) {
    return zone.replaceFirst("-[a-z]+$", "");
  }

  /// Begins to look, on a thread of its own.
  public void start() {
    Thread.ofVirtual().name("podium-topics").start(this::run);
  }

  private void run() {
    while (!closing.isDone()) {
      pause(lookAndTell());
    }
  }

  /// Looks once. Blocks.
  ///
  /// @return how long to wait until the next time
  Duration lookAndTell() {
    try {
      look();
      failures = 0;
      return pauses.spread(pauses.longest(), ThreadLocalRandom.current().nextDouble());
    } catch (PodiumException failure) {
      if (failures == 0) {
        LOG.warn("The fleet's topics are looked at again: {}", failure.sentence());
      }
    } catch (RuntimeException fault) {
      // Whatever it was: without topics the fleet's VMs are deaf for good.
      if (failures == 0) {
        LOG.error("The fleet's topics could not be looked at", fault);
      }
    }
    return pauses.after(++failures, ThreadLocalRandom.current().nextDouble());
  }

  private void look() {
    String here = region.get();
    ensure(topics.chat(), FleetTopics.CHAT_RETENTION, here);
    ensure(topics.pulse(), FleetTopics.PULSE_RETENTION, here);
    if (looksUntilList == 0) {
      orphans.get().forEach(this::delete);
      looksUntilList = LOOKS_A_LIST;
    }
    looksUntilList--;
  }

  private void ensure(String topic, Duration retention, String here) {
    if (bus.ensureTopic(topic, retention, here)) {
      LOG.info("Made the topic '{}'", topic);
      looksUntilList = 0;
    }
    String id = bus.topicId(topic);
    String before = ids.put(topic, id);
    if (before != null && !before.equals(id)) {
      looksUntilList = 0;
      told.accept(
          "the Pub/Sub topic '"
              + topic
              + "' was deleted by somebody, and is there again. "
              + (topic.equals(topics.chat())
                  ? "People are told that messages may be missing."
                  : "The fleet speaks again within a minute."));
    }
  }

  private void delete(String subscription) {
    LOG.info("Deleting the subscription '{}', whose topic was deleted", subscription);
    bus.deleteSubscription(subscription);
  }

  private void pause(Duration pause) {
    try {
      closing.get(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      closing.complete(null);
    } catch (ExecutionException | TimeoutException _) {
      // It is time to look again.
    }
  }

  /// Ends the looks; one that is under way may still end by itself.
  @Override
  public void close() {
    closing.complete(null);
  }
}
