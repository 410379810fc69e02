package dev.podium.fleet.health.sight;

import static org.awaitility.Awaitility.await;

import dev.podium.fleet.testing.MemoryBus;
import dev.podium.wire.chat.FleetTopics;
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
    PulseSubscription pulses =
        new PulseSubscription(
            new PulseTopic(
                faulty,
                new FleetTopics("f"),
                new PulseSigner(
                    TextSigner.ofVm(Ed25519KeyPair.generate()), "f", "me", Ticker.system())),
            "me",
            _ -> {});
    pulses.start();
    await().atMost(Duration.ofSeconds(10)).until(() -> attempts.get() == 2);
    pulses.close(Duration.ofSeconds(1));
  }
}
