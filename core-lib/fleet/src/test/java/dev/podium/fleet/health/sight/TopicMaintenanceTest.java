package dev.podium.fleet.health.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.cloud.Backoff;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TopicMaintenanceTest {
  private static final FleetTopics TOPICS = new FleetTopics("demo");

  private final TopicBus bus = new TopicBus();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger lists = new AtomicInteger();
  private final TopicMaintenance maintenance = maintenance(TopicMaintenance.PAUSES);

  private TopicMaintenance maintenance(Backoff pauses) {
    return new TopicMaintenance(
        bus,
        TOPICS,
        () -> TopicMaintenance.regionOf("europe-west1-b"),
        () -> {
          lists.incrementAndGet();
          return List.copyOf(bus.orphans);
        },
        told::add,
        pauses);
  }

  @Test
  void both_topics_are_made_with_their_retention_in_the_fleets_region() {
    maintenance.lookAndTell();
    assertThat(bus.topics)
        .isEqualTo(
            Map.of(
                TOPICS.chat(), FleetTopics.CHAT_RETENTION + " europe-west1",
                TOPICS.pulse(), FleetTopics.PULSE_RETENTION + " europe-west1"));
  }

  @Test
  void what_lost_its_topic_is_deleted_when_a_topic_is_made_and_else_now_and_then() {
    maintenance.lookAndTell();
    assertThat(lists).hasValue(1);
    bus.orphans.add("one");
    maintenance.lookAndTell();
    assertThat(lists).hasValue(1);
    bus.topics.remove(TOPICS.chat());
    maintenance.lookAndTell();
    assertThat(bus.deleted).containsExactly("one");
    for (int looks = 0; looks < 10; looks++) {
      maintenance.lookAndTell();
    }
    assertThat(lists).hasValue(3);
  }

  @Test
  void a_list_that_failed_is_read_again_although_no_topic_is_made() {
    bus.orphans.add("one");
    bus.refusing = true;
    maintenance.lookAndTell();
    assertThat(bus.deleted).isEmpty();
    bus.refusing = false;
    maintenance.lookAndTell();
    assertThat(bus.deleted).containsExactly("one");
  }

  @Test
  void a_topic_that_somebody_else_made_again_is_noticed_and_told_once() {
    maintenance.lookAndTell();
    bus.orphans.add("one");
    maintenance.lookAndTell();
    assertThat(told).isEmpty();
    bus.made.incrementAndGet();
    maintenance.lookAndTell();
    assertThat(bus.deleted).containsExactly("one");
    assertThat(told).hasSize(2).anyMatch(line -> line.contains(TOPICS.chat()));
    maintenance.lookAndTell();
    assertThat(told).hasSize(2);
  }

  @Test
  void it_looks_about_every_half_minute_and_sooner_after_a_failure() {
    assertThat(maintenance.lookAndTell()).isBetween(Duration.ofSeconds(22), Duration.ofSeconds(38));
    bus.down = true;
    assertThat(maintenance.lookAndTell()).isLessThan(Duration.ofSeconds(3));
    assertThat(maintenance.lookAndTell()).isLessThan(Duration.ofSeconds(6));
  }

  @Test
  void a_topic_that_is_deleted_while_it_runs_is_made_again() {
    try (TopicMaintenance running =
        maintenance(new Backoff(Duration.ofMillis(5), 2, Duration.ofMillis(10), 0))) {
      running.start();
      await().until(() -> bus.topics.size() == 2);
      bus.topics.remove(TOPICS.pulse());
      await().until(() -> bus.topics.size() == 2);
    }
  }

  private static final class TopicBus implements MessageBus {
    final Map<String, String> topics = new ConcurrentHashMap<>();
    final List<String> orphans = new CopyOnWriteArrayList<>();
    final List<String> deleted = new CopyOnWriteArrayList<>();
    volatile boolean down;
    final AtomicInteger made = new AtomicInteger();
    volatile boolean refusing;

    @Override
    public void ensureTopic(String topic, Duration retention) {
      throw new AssertionError("A console names a region.");
    }

    @Override
    public boolean ensureTopic(String topic, Duration retention, String region) {
      if (down) {
        throw new PodiumException.Unavailable("It", "is away", "Wait.", null);
      }
      return topics.putIfAbsent(topic, retention + " " + region) == null;
    }

    @Override
    public String topicId(String topic) {
      return topic + " " + made;
    }

    @Override
    public List<CompletableFuture<String>> publishAll(String topic, List<Outgoing> messages) {
      throw new AssertionError("Nothing is said.");
    }

    @Override
    public Subscription subscribe(SubscriptionSpec spec, Consumer<Incoming> receiver) {
      throw new AssertionError("Nothing is heard.");
    }

    @Override
    public void deleteSubscription(String name) {
      if (refusing) {
        throw new PodiumException.Unavailable("It", "is away", "Wait.", null);
      }
      orphans.remove(name);
      deleted.add(name);
    }

    @Override
    public void close() {}
  }
}
