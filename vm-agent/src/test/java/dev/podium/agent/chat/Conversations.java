package dev.podium.agent.chat;

import dev.podium.agent.room.ChatState;
import dev.podium.agent.room.Condition;
import dev.podium.wire.cloud.Ticker;
import java.util.Collections;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.Assertions;

/// Conversations in which nobody says anything.
public final class Conversations {
  public static final Condition WELL =
      new Condition(true, Collections.unmodifiableSortedMap(new TreeMap<>()));

  private Conversations() {}

  public static Conversation silent(ChatState chat, Broadcaster broadcaster) {
    Ticker ticker = Ticker.system();
    Reception reception =
        new Reception(
            chat,
            broadcaster,
            shown -> Assertions.fail("Nobody asks"),
            room -> Assertions.fail("Nobody comes"),
            () -> WELL,
            ticker);
    return new Conversation(
        chat, broadcaster, message -> new CompletableFuture<>(), reception, ticker);
  }
}
