package dev.podium.fleet.health.sight;

import static org.awaitility.Awaitility.await;

import dev.podium.fleet.testing.MemoryBus;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.cloud.MessageBus;
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
        new PulseSubscription(faulty, new FleetTopics("f"), "me", (_, _) -> {});
    pulses.start();
    await().atMost(Duration.ofSeconds(10)).until(() -> attempts.get() == 2);
    pulses.close(Duration.ofSeconds(1));
  }
}
