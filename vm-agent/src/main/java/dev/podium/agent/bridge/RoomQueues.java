package dev.podium.agent.bridge;

import dev.podium.agent.room.MessageSender;
import dev.podium.wire.chat.ChatMarker;
import dev.podium.wire.chat.ChatMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// The way out of this VM's rooms, each through a queue of its own while it has something to send.
final class RoomQueues implements MessageSender {
  /// Of all rooms together, while Pub/Sub is away: 16 MiB at most, for texts are two bytes a
  /// character at worst.
  private static final int MOST_WAITING_CHARACTERS = 8 << 20;

  private final ChatPublisher publisher;
  private final Executor loop;
  private final RoomQueue.Load load = new RoomQueue.Load(MOST_WAITING_CHARACTERS);
  private final Map<String, RoomQueue> queues = new HashMap<>();

  /// @param loop the chat loop, to which the queues belong
  RoomQueues(ChatPublisher publisher, Executor loop) {
    this.publisher = publisher;
    this.loop = loop;
  }

  @Override
  public CompletableFuture<String> send(ChatMessage message) {
    return queue(message.room()).send(message);
  }

  /// Publishes a marker in the room, behind what is on its way there. From any thread.
  CompletableFuture<String> mark(ChatMarker marker, String room) {
    return CompletableFuture.completedFuture(room)
        .thenComposeAsync(name -> queue(name).mark(marker), loop);
  }

  private RoomQueue queue(String room) {
    queues.values().removeIf(RoomQueue::isEmpty);
    return queues.computeIfAbsent(
        room,
        _ -> new RoomQueue(flight -> publisher.publish(flight, Optional.of(room)), load, loop));
  }
}
