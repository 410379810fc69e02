package dev.podium.agent.bridge;

import dev.podium.agent.room.MessageSender;
import dev.podium.wire.chat.ChatEvent;
import dev.podium.wire.chat.ChatMarker;
import dev.podium.wire.chat.ChatMessage;
import dev.podium.wire.cloud.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that is published to one room: its messages that Pub/Sub does not have yet, in the order of
/// their arrival, and this VM's markers. The only queue of the room's ordering key, of which the
/// bus takes one call at a time. On the chat loop.
///
/// They travel in flights, each one call. What is said in one turn of the loop leaves together;
/// what is said while a flight is on its way leaves with the next. So a message never overtakes one
/// that failed, and what failed is said again first.
final class RoomQueue {
  private static final Logger LOG = LoggerFactory.getLogger(RoomQueue.class);
  private static final int MOST = 1_000;
  private static final int MOST_CHARACTERS = 512 * 1024;
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), 2, Duration.ofSeconds(5), 0);

  private final Function<List<ChatEvent>, List<CompletableFuture<String>>> publish;
  private final Load load;
  private final Executor loop;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private final List<Marking> markings = new ArrayList<>();
  private int characters;
  private int flying;
  private boolean failed;
  private boolean resting;

  /// How many flights have failed since a message last got through.
  private int failures;

  /// @param publish hands over a flight; one future a message, in their order
  /// @param load what all rooms together have waiting
  RoomQueue(
      Function<List<ChatEvent>, List<CompletableFuture<String>>> publish,
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

  /// Publishes a marker behind what was said before it and is on its way. Unlike a message it is
  /// not sent again: whoever set it asks anew. Messages that failed and rest do not hold it up: if
  /// one of them got through all the same, it lies before the marker already.
  CompletableFuture<String> mark(ChatMarker marker) {
    if (markings.size() >= MOST) {
      return CompletableFuture.failedFuture(new MessageSender.Congested());
    }
    Marking added = new Marking(marker, new CompletableFuture<>());
    markings.add(added);
    if (markings.size() == 1) {
      loop.execute(this::nextFlight);
    }
    return added.published.copy();
  }

  /// Whether nothing waits and nothing is on its way.
  boolean isEmpty() {
    return waiting.isEmpty() && markings.isEmpty() && flying == 0;
  }

  private void nextFlight() {
    if (flying > 0) {
      return; // The last that lands begins the next.
    }
    List<Waiting> messages = resting ? List.of() : List.copyOf(waiting.values());
    List<Marking> markers = List.copyOf(markings);
    markings.clear();
    if (!messages.isEmpty() || !markers.isEmpty()) {
      fly(messages, markers);
    }
  }

  private void fly(List<Waiting> messages, List<Marking> markers) {
    List<ChatEvent> flight = new ArrayList<>();
    messages.forEach(one -> flight.add(one.message));
    markers.forEach(one -> flight.add(one.marker));
    flying = flight.size();
    Iterator<CompletableFuture<String>> answers = publish.apply(flight).iterator();
    messages.forEach(one -> await(answers.next(), (id, failure) -> answered(one, id, failure)));
    markers.forEach(one -> await(answers.next(), (id, failure) -> answered(one, id, failure)));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Both ways of landing are handled.
  private void await(
      CompletableFuture<String> answer, BiConsumer<String, @Nullable Throwable> told) {
    answer.whenCompleteAsync(
        (id, failure) -> {
          told.accept(id, failure);
          landed();
        },
        loop);
  }

  private void landed() {
    flying--;
    if (flying == 0) {
      if (failed) {
        rest();
      }
      nextFlight();
    }
  }

  private void answered(Waiting message, String id, @Nullable Throwable failure) {
    if (failure == null) {
      failures = 0;
      waiting.remove(message.origin);
      characters -= message.message.text().length();
      load.characters -= message.message.text().length();
      message.published.complete(id);
    } else if (!failed) {
      failed = true;
      LOG.warn("A message was not published and will be sent again: {}", failure.getMessage());
    }
  }

  private static void answered(Marking marking, String id, @Nullable Throwable failure) {
    if (failure == null) {
      marking.published.complete(id);
    } else {
      marking.published.completeExceptionally(failure);
    }
  }

  private void rest() {
    failed = false;
    resting = true;
    failures++;
    long pauseMillis = BACKOFF.after(failures).toMillis();
    CompletableFuture.delayedExecutor(pauseMillis, TimeUnit.MILLISECONDS, loop)
        .execute(() -> {
          resting = false;
          nextFlight();
        });
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

  private record Marking(ChatMarker marker, CompletableFuture<String> published) {}

  private record Waiting(String origin, ChatMessage message, CompletableFuture<String> published) {}
}
