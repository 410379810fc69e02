package dev.podium.agent.bridge;

import dev.podium.wire.chat.ChatCodec;
import dev.podium.wire.chat.ChatEvent;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.cloud.MessageBus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Publishes on the fleet's chat topic. May be used from any thread.
record ChatPublisher(MessageBus bus, FleetTopics topics) {
  /// As [MessageBus#publishAll] does; never throws.
  ///
  /// @param room whose order the events keep; none where order does not matter
  List<CompletableFuture<String>> publish(List<ChatEvent> events, Optional<String> room) {
    try {
      return bus.publishAll(
          topics.chat(), events.stream().map(event -> outgoing(event, room)).toList());
    } catch (RuntimeException refused) {
      // Whatever it was, such as a connection that could not be made: a room's queue waits for
      // these futures, and would wait for ever.
      return events.stream().map(_ -> CompletableFuture.<String>failedFuture(refused)).toList();
    }
  }

  private MessageBus.Outgoing outgoing(ChatEvent event, Optional<String> room) {
    return new MessageBus.Outgoing(
        ChatCodec.encode(event), Map.of(FleetTopics.FLEET_ATTRIBUTE, topics.fleet()), room);
  }
}
