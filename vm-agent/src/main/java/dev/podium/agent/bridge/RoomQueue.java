package dev.podium.agent.bridge;

import dev.podium.agent.room.MessageSender;
import dev.podium.core.chat.ChatMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The messages of one room that Pub/Sub does not have yet, in the order in which they were said.
/// On the chat loop.
///
/// They travel in flights, each handed over as one: what is said in one turn of the loop leaves
/// together, and what is said while a flight is on its way leaves with the next. So a message never
/// overtakes one that failed, and what failed is said again first. This costs nothing, for Google's
/// client too sends one batch of a key at a time.
final class RoomQueue {
  private static final Logger LOG = LoggerFactory.getLogger(RoomQueue.class);
  private static final int MOST = 1_000;
  private static final int MOST_CHARACTERS = 512 * 1024;
  private static final long FIRST_DELAY_MILLIS = 100;
  private static final long LONGEST_DELAY_MILLIS = 5_000;

  private final Function<List<ChatMessage>, List<CompletableFuture<String>>> publish;
  private final Load load;
  private final Executor loop;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private int characters;
  private int flying;
  private boolean failed;
  private boolean resting;
  private long delayMillis = FIRST_DELAY_MILLIS;

  /// @param publish hands over a flight; one future a message, in their order
  /// @param load what all rooms together have waiting
  RoomQueue(
      Function<List<ChatMessage>, List<CompletableFuture<String>>> publish,
      Load load,
      Executor loop) {
    this.publish = publish;
    this.load = load;
    this.loop = loop;
  }

  /// Adds a message, or finds it waiting already: the same message said again, over another
  /// connection maybe, is one message.
  CompletableFuture<String> send(ChatMessage message) {
    String origin = message.from().id() + "\n" + message.cid();
    Waiting known = waiting.get(origin);
    if (known != null) {
      return known.published.copy();
    }
    if (waiting.size() >= MOST || characters > MOST_CHARACTERS || load.isFull()) {
      return CompletableFuture.failedFuture(new MessageSender.Congested());
    }
    Waiting added = new Waiting(origin, message, new CompletableFuture<>());
    waiting.put(origin, added);
    characters += message.text().length();
    load.characters += message.text().length();
    if (waiting.size() == 1) {
      // Nothing else is on its way or about to leave. This leaves after all that has arrived by
      // now.
      loop.execute(this::nextFlight);
    }
    return added.published.copy();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Both ways of landing are handled.
  private void fly(List<Waiting> flight) {
    flying = flight.size();
    List<CompletableFuture<String>> answers =
        publish.apply(flight.stream().map(Waiting::message).toList());
    for (int i = 0; i < flight.size(); i++) {
      Waiting message = flight.get(i);
      answers.get(i).whenCompleteAsync((id, why) -> landed(message, id, why), loop);
    }
  }

  private void landed(Waiting message, String id, @Nullable Throwable failure) {
    flying--;
    if (failure == null) {
      delayMillis = FIRST_DELAY_MILLIS;
      waiting.remove(message.origin);
      characters -= message.message.text().length();
      load.characters -= message.message.text().length();
      message.published.complete(id);
    } else if (!failed) {
      failed = true;
      LOG.warn("A message was not published and will be sent again: {}", failure.getMessage());
    }
    if (flying == 0) {
      nextFlight();
    }
  }

  private void nextFlight() {
    if (failed) {
      failed = false;
      resting = true;
      CompletableFuture.delayedExecutor(delayMillis, TimeUnit.MILLISECONDS, loop)
          .execute(() -> {
            resting = false;
            nextFlight();
          });
      delayMillis = Math.min(LONGEST_DELAY_MILLIS, 2 * delayMillis);
    } else if (flying == 0 && !waiting.isEmpty()) {
      fly(List.copyOf(waiting.values()));
    }
  }

  /// What the queues of all rooms hold together. On the chat loop.
  static final class Load {
    private final int most;
    private int characters;

    Load(int mostCharacters) {
      this.most = mostCharacters;
    }

    boolean isFull() {
      return characters > most;
    }

    int characters() {
      return characters;
    }
  }

  private record Waiting(String origin, ChatMessage message, CompletableFuture<String> published) {}
}
