package dev.podium.agent;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.MessageBus.Outgoing;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LateBusTest {
  static List<Throwable> faults() {
    return List.of(
        new IllegalStateException("no key file"), new NoClassDefFoundError("no key file"));
  }

  /// Whoever uses the bus expects its own failures, and would end for any other.
  @ParameterizedTest
  @MethodSource("faults")
  void a_bus_that_cannot_be_made_fails_as_a_bus_does(Throwable fault) {
    Supplier<MessageBus> make =
        () -> {
          if (fault instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) fault;
        };
    try (LateBus bus = new LateBus(make)) {
      Outgoing hello = new Outgoing("hello", Map.of(), Optional.empty());
      assertThatThrownBy(() -> bus.ensureTopic("chat", Duration.ofDays(1)))
          .isInstanceOf(PodiumException.Unavailable.class)
          .hasMessageContaining("no key file");
      await()
          .untilAsserted(() ->
              assertThatThrownBy(() -> bus.publishAll("chat", List.of(hello)))
                  .isInstanceOf(PodiumException.Unavailable.class)
                  .hasMessageContaining("no key file"));
      assertThatThrownBy(() -> bus.deleteSubscription("own"))
          .isInstanceOf(PodiumException.Unavailable.class);
    }
  }
}
