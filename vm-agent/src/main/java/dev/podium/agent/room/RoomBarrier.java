package dev.podium.agent.room;

import java.util.concurrent.CompletableFuture;

/// Makes sure that a room's history here is not behind what other VMs have shown. Called on the
/// chat loop.
@FunctionalInterface
public interface RoomBarrier {
  /// Waits for all that was published to the room before this call, by any VM.
  ///
  /// @return completes on the chat loop when it is in the room's history; fails there if that can
  ///   not be told within some seconds, because Pub/Sub is away or this VM is far behind
  CompletableFuture<Void> pass(String room);
}
