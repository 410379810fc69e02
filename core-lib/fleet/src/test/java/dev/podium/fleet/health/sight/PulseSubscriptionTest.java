package dev.podium.fleet.health.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.fleet.testing.ManualTicker;
import dev.podium.fleet.testing.MemoryBus;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.Ed25519KeyPair;
import dev.podium.wire.identity.TextSigner;
import dev.podium.wire.pulse.PulseSigner;
import dev.podium.wire.pulse.PulseTopic;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PulseSubscriptionTest {
  @Test
  void a_topic_that_somebody_made_again_is_heard() {
    MemoryBus bus = new MemoryBus();
    ManualTicker ticker = new ManualTicker();
    FleetTopics topics = new FleetTopics("f");
    AtomicInteger heard = new AtomicInteger();
    PulseTopic topic = topic(bus);
    PulseSubscription pulses =
        new PulseSubscription(
            topic, "me", ticker, Duration.ofMillis(20), _ -> heard.incrementAndGet());
    pulses.start();
    await().until(() -> bus.subscriptions(topics.pulse()) == 1);
    assertThat(topic.publish(new Pulse.Canary("me", 1))).isCompleted();
    assertThat(heard).hasValue(1);

    bus.replace(topics.pulse());
    assertThat(topic.publish(new Pulse.Canary("me", 2))).isCompleted();
    assertThat(heard).hasValue(1);
    ticker.pass(Duration.ofSeconds(30));
    await()
        .until(() -> {
          var _ = topic.publish(new Pulse.Canary("me", 3));
          return heard.get() > 1;
        });
    pulses.close(Duration.ofSeconds(1));
  }

  private static PulseTopic topic(MessageBus bus) {
    return new PulseTopic(
        bus,
        new FleetTopics("f"),
        new PulseSigner(TextSigner.ofVm(Ed25519KeyPair.generate()), "f", "me", Ticker.system()));
  }

  @Test
  void a_fault_of_the_library_does_not_leave_the_console_deaf() {
    AtomicInteger attempts = new AtomicInteger();
    MessageBus faulty =
        (MessageBus)
            Proxy.newProxyInstance(
                MessageBus.class.getClassLoader(),
                new Class<?>[] {MessageBus.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("subscribe") && attempts.incrementAndGet() == 1) {
                    throw new IllegalStateException("a fault of the library");
                  }
                  return method.invoke(new MemoryBus(), arguments);
                });
    PulseSubscription pulses = new PulseSubscription(topic(faulty), "me", Ticker.system(), _ -> {});
    pulses.start();
    await().atMost(Duration.ofSeconds(10)).until(() -> attempts.get() == 2);
    pulses.close(Duration.ofSeconds(1));
  }
}
