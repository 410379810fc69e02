package dev.podium.wire.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.Ed25519KeyPair;
import dev.podium.wire.identity.TextSigner;
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
    PulseSigner signer =
        new PulseSigner(
            TextSigner.ofVm(Ed25519KeyPair.generate()), "class-a", "boot", Ticker.system());
    PulseTopic topic = new PulseTopic(new BrokenBus(), new FleetTopics("class-a"), signer);
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
