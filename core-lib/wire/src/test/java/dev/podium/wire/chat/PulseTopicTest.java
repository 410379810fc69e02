package dev.podium.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.wire.cloud.MessageBus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PulseTopicTest {
  /// The self-check hears of a heartbeat's failure by its future alone.
  @Test
  void whatever_the_bus_throws_is_told_by_the_future() {
    PulseTopic topic = new PulseTopic(new BrokenBus(), new FleetTopics("class-a"));
    assertThat(topic.publish(new Pulse.Goodbye("vm-a", "boot"))).isCompletedExceptionally();
  }

  private static final class BrokenBus implements MessageBus {
    @Override
    public void ensureTopic(String topic, Duration retention) {}

    @Override
    public List<CompletableFuture<String>> publishAll(String topic, List<Outgoing> messages) {
      throw new UncheckedIOException(new IOException("no channel"));
    }

    @Override
    public Subscription subscribe(SubscriptionSpec spec, Consumer<Incoming> receiver) {
      throw new UncheckedIOException(new IOException("no channel"));
    }

    @Override
    public void deleteSubscription(String name) {}

    @Override
    public void close() {}
  }
}
