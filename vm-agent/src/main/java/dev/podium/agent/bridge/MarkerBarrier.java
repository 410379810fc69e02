package dev.podium.agent.bridge;

import dev.podium.agent.room.RoomBarrier;
import dev.podium.wire.chat.ChatMarker;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/// Sets markers in single rooms. Pub/Sub delivers what has one ordering key in the order of
/// publication. So when a marker comes back, all of its room that lay before it has come.
///
/// Each call sets a marker of its own: one that is on its way already may have been set before what
/// the caller waits for.
final class MarkerBarrier implements RoomBarrier {
  /// A page gives a VM six seconds to let it in.
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final ChatMarker boot;
  private final BiFunction<ChatMarker, String, CompletableFuture<String>> publish;
  private final Executor loop;
  private final Map<ChatMarker, Waiting> waiting = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /// @param boot the first marker of this VM's start
  /// @param publish in the room of that name, through the queue that keeps its order
  MarkerBarrier(
      ChatMarker boot,
      BiFunction<ChatMarker, String, CompletableFuture<String>> publish,
      Executor loop) {
    this.boot = boot;
    this.publish = publish;
    this.loop = loop;
  }

  @Override
  public CompletableFuture<Void> pass(String room) {
    return pass(room, PATIENCE);
  }

  /// The same from any thread, and with another patience.
  @SuppressWarnings("FutureReturnValueIgnored") // Both ways to end are handled.
  CompletableFuture<Void> pass(String room, Duration patience) {
    ChatMarker marker = next();
    CompletableFuture<Void> came = new CompletableFuture<>();
    waiting.put(marker, new Waiting(room, came));
    publish
        .apply(marker, room)
        .whenComplete((id, failure) -> {
          if (failure != null) {
            came.completeExceptionally(failure);
          }
        });
    return came.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .whenCompleteAsync((nothing, failure) -> waiting.remove(marker), loop);
  }

  /// A marker of this start that was never set. Its number cannot be guessed: somebody who set one
  /// before this VM does would make it trust a history that is not complete. From any thread.
  ChatMarker next() {
    return boot.numbered(random.nextInt(1, Integer.MAX_VALUE));
  }

  /// One of this VM's markers came; on the chat loop, after what came before it.
  ///
  /// @param orderingKey the room whose order it kept. A copy that somebody sets in another
  ///   overtakes what is on its way, and counts for nothing.
  void came(ChatMarker marker, Optional<String> orderingKey) {
    Waiting waited = waiting.get(marker);
    if (waited != null && orderingKey.filter(waited.room::equals).isPresent()) {
      waited.came.complete(null);
    }
  }

  private record Waiting(String room, CompletableFuture<Void> came) {}
}
