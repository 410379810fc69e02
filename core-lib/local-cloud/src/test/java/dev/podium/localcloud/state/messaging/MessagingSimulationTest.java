package dev.podium.localcloud.state.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.messaging.delivery.Delivery;
import dev.podium.localcloud.state.messaging.delivery.Receiver;
import dev.podium.localcloud.state.messaging.model.AckOutcome;
import dev.podium.localcloud.state.messaging.model.MessageFilter;
import dev.podium.localcloud.state.messaging.model.SubscriptionSettings;
import dev.podium.localcloud.state.messaging.model.TopicMessage.Content;
import dev.podium.localcloud.state.messaging.model.TopicSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Thousands of random publications, deliveries, acknowledgements, refusals, silences and lost
/// receivers, from a seed that a failure names.
class MessagingSimulationTest {
  private static final String TOPIC = "projects/p/topics/t";
  private static final String SUBSCRIPTION = "projects/p/subscriptions/s";
  private static final int STEPS = 4_000;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T17:00:00Z"));
  private final Messaging messaging = new Messaging(now::get, 100_000_000, new FaultPlan(1));
  private final List<Receiver> receivers = new ArrayList<>();
  private final List<Delivery> held = new ArrayList<>();
  private final Map<String, Integer> published = new HashMap<>();
  private final Map<String, Integer> lastDelivered = new HashMap<>();
  private final Set<String> unacknowledged = new TreeSet<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nothing_is_lost_no_key_is_out_of_order_and_no_memory_is_kept(long seed) {
    Random random = new Random(seed);
    messaging.createTopic(TOPIC, new TopicSettings(Optional.empty(), ByteBuffer.allocate(0)));
    messaging.createSubscription(SUBSCRIPTION, TOPIC, settings());
    for (int step = 0; step < STEPS; step++) {
      step(random);
      collect();
    }
    drain();
    assertThat(unacknowledged).as("lost").isEmpty();
    assertThat(messaging.memoryUsed()).isZero();
  }

  private void step(Random random) {
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> publish("key-" + random.nextInt(5));
      case 4, 5, 6 -> takeHeld(random).ifPresent(this::acknowledge);
      case 7 -> takeHeld(random).ifPresent(delivery -> modify(delivery, Duration.ZERO));
      case 8 -> takeHeld(random).ifPresent(delivery -> modify(delivery, Duration.ofSeconds(30)));
      case 9 -> advance(Duration.ofMillis(random.nextInt(3_000)));
      case 10 -> open(random);
      default -> closeOne(random);
    }
  }

  private void publish(String key) {
    int index = published.merge(key, 1, Integer::sum);
    String body = key + ":" + index;
    ByteBuffer data = ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
    var _ = messaging.publish(TOPIC, List.of(new Content(data, Map.of(), key)));
    unacknowledged.add(body);
  }

  private void open(Random random) {
    if (receivers.size() < 3) {
      Receiver receiver = new Receiver(1 + random.nextInt(5), 0, Optional.empty(), () -> {});
      receivers.add(receiver);
      messaging.open(SUBSCRIPTION, receiver);
    }
  }

  private void closeOne(Random random) {
    if (receivers.size() > 1) {
      messaging.close(receivers.remove(random.nextInt(receivers.size())));
    }
  }

  private void collect() {
    for (Receiver receiver : receivers) {
      for (Delivery delivery : messaging.take(receiver)) {
        checkOrder(delivery);
        held.add(delivery);
      }
    }
  }

  /// A message may follow the one before it, or bring its key back to an earlier one; it may never
  /// skip one.
  private void checkOrder(Delivery delivery) {
    String[] parts = body(delivery).split(":", 2);
    int index = Integer.parseInt(parts[1]);
    int last = lastDelivered.getOrDefault(parts[0], 0);
    assertThat(index).as(parts[0]).isLessThanOrEqualTo(last + 1);
    lastDelivered.put(parts[0], index);
  }

  private void acknowledge(Delivery delivery) {
    AckOutcome outcome = messaging.acknowledge(SUBSCRIPTION, List.of(delivery.ackId()));
    assertThat(outcome.malformed()).isEmpty();
    if (outcome.stale().isEmpty()) {
      unacknowledged.remove(body(delivery));
    }
  }

  private void modify(Delivery delivery, Duration deadline) {
    var _ = messaging.modifyDeadline(SUBSCRIPTION, List.of(delivery.ackId()), deadline);
    if (!deadline.isZero()) {
      held.add(delivery);
    }
  }

  private void advance(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
    messaging.tick();
  }

  private void drain() {
    advance(Duration.ofMinutes(1));
    if (receivers.isEmpty()) {
      open(new Random(0));
    }
    held.clear();
    collect();
    while (!held.isEmpty()) {
      List.copyOf(held).forEach(this::acknowledge);
      held.clear();
      collect();
    }
  }

  private Optional<Delivery> takeHeld(Random random) {
    return held.isEmpty()
        ? Optional.empty()
        : Optional.of(held.remove(random.nextInt(held.size())));
  }

  private static String body(Delivery delivery) {
    return StandardCharsets.UTF_8
        .decode(delivery.message().content().data().duplicate())
        .toString();
  }

  private static SubscriptionSettings settings() {
    return new SubscriptionSettings(
        Duration.ofSeconds(10),
        Duration.ofDays(7),
        false,
        true,
        false,
        MessageFilter.ALL,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        ByteBuffer.allocate(0));
  }
}
