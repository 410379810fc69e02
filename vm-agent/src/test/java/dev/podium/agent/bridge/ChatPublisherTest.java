package dev.podium.agent.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.podium.wire.chat.ChatMarker;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.cloud.MessageBus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChatPublisherTest {
  private static final ChatMarker MARKER = new ChatMarker("vm-a", "boot", 1);

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(new UncheckedIOException(new IOException("no channel"))),
        arguments(new CompletionException(new IOException("no bus"))));
  }

  /// A room's queue waits for the futures: an exception in their place would stop the room for
  /// ever.
  @ParameterizedTest
  @MethodSource("failures")
  void whatever_the_bus_throws_is_told_by_each_future(RuntimeException thrown) {
    ChatPublisher publisher = new ChatPublisher(new BrokenBus(thrown), new FleetTopics("class-a"));
    List<CompletableFuture<String>> told =
        publisher.publish(List.of(MARKER, MARKER), Optional.of("lobby"));
    assertThat(told).hasSize(2).allSatisfy(one -> assertThat(one).isCompletedExceptionally());
  }

  private record BrokenBus(RuntimeException thrown) implements MessageBus {
    @Override
    public void ensureTopic(String topic, Duration retention) {}

    @Override
    public List<CompletableFuture<String>> publishAll(String topic, List<Outgoing> messages) {
      throw thrown;
    }

    @Override
    public Subscription subscribe(SubscriptionSpec spec, Consumer<Incoming> receiver) {
      throw thrown;
    }

    @Override
    public void deleteSubscription(String name) {}

    @Override
    public void close() {}
  }
}
