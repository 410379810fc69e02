package dev.podium.agent.room;

import dev.podium.wire.chat.ChatMessage;
import java.util.concurrent.CompletableFuture;

/// The way out: to every VM of the fleet, this one included. Called on the chat loop.
public interface MessageSender {
  /// Publishes, in the order of the calls for each room, again after errors.
  ///
  /// @return completes on the chat loop with the message's id once Pub/Sub has it; fails at once
  ///   with [Congested] if too much is on its way already
  CompletableFuture<String> send(ChatMessage message);

  /// Too many messages wait for Pub/Sub: the sender must try again later.
  final class Congested extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Congested() {
      super("too many messages are on their way", null, false, false);
    }
  }
}
