package dev.podium.agent.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.wire.chat.ChatEvent;
import dev.podium.wire.chat.ChatMarker;
import dev.podium.wire.chat.ChatMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/// The loop is a queue, and the bus answers when the test lets it.
class RoomQueueTest {
  private final Queue<Runnable> loop = new ConcurrentLinkedQueue<>();
  private final List<List<String>> flights = new ArrayList<>();
  private final List<CompletableFuture<String>> answers = new ArrayList<>();
  private final RoomQueue queue =
      new RoomQueue(this::publish, new RoomQueue.Load(1_000), loop::add);

  private List<CompletableFuture<String>> publish(List<ChatEvent> flight) {
    flights.add(flight.stream().map(RoomQueueTest::text).toList());
    List<CompletableFuture<String>> added =
        flight.stream().map(_ -> new CompletableFuture<String>()).toList();
    answers.addAll(added);
    return added;
  }

  private static String text(ChatEvent event) {
    return switch (event) {
      case ChatMessage message -> message.text();
      case ChatMarker marker -> "marker " + marker.number();
    };
  }

  private CompletableFuture<String> mark(int number) {
    return queue.mark(new ChatMarker("vm-a", "boot", number));
  }

  private CompletableFuture<String> say(String text) {
    return queue.send(
        new ChatMessage(
            "cid-" + text,
            "room",
            new ChatMessage.Sender("p", "Ann", "vm-a"),
            text,
            Instant.EPOCH));
  }

  private void turn() {
    while (!loop.isEmpty()) {
      loop.remove().run();
    }
  }

  @Test
  void what_is_said_in_one_turn_leaves_together() {
    assertThat(say("a")).isNotDone();
    assertThat(say("b")).isNotDone();
    assertThat(flights).isEmpty();
    turn();
    assertThat(flights).containsExactly(List.of("a", "b"));
  }

  @Test
  void what_is_said_during_a_flight_leaves_with_the_next() {
    CompletableFuture<String> first = say("a");
    turn();
    assertThat(say("b")).isNotDone();
    assertThat(say("c")).isNotDone();
    turn();
    assertThat(flights).containsExactly(List.of("a"));

    answers.getFirst().complete("id-1");
    turn();
    assertThat(first).isCompletedWithValue("id-1");
    assertThat(flights).containsExactly(List.of("a"), List.of("b", "c"));
  }

  @Test
  void said_again_while_it_waits_it_is_one_message_with_one_answer() {
    CompletableFuture<String> first = say("a");
    CompletableFuture<String> again = say("a");
    turn();
    answers.getFirst().complete("id-1");
    turn();
    assertThat(flights).containsExactly(List.of("a"));
    assertThat(List.of(first, again))
        .allSatisfy(one -> assertThat(one).isCompletedWithValue("id-1"));
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void a_marker_follows_what_was_said_before_it_and_never_leaves_during_a_flight() {
    CompletableFuture<String> said = say("a");
    turn();
    CompletableFuture<String> marked = mark(1);
    turn();
    assertThat(flights).containsExactly(List.of("a"));

    answers.getFirst().complete("id-1");
    turn();
    assertThat(flights).containsExactly(List.of("a"), List.of("marker 1"));
    assertThat(say("b")).isNotDone();
    turn();
    assertThat(flights).hasSize(2);
    assertThat(queue.isEmpty()).isFalse();

    answers.get(1).complete("id-2");
    turn();
    assertThat(said).isCompletedWithValue("id-1");
    assertThat(marked).isCompletedWithValue("id-2");
    assertThat(flights).containsExactly(List.of("a"), List.of("marker 1"), List.of("b"));
  }

  @Test
  void what_fails_is_said_again_in_its_order_before_anything_newer_and_a_marker_is_not() {
    CompletableFuture<String> first = say("a");
    CompletableFuture<String> second = say("b");
    CompletableFuture<String> marked = mark(1);
    turn();
    answers.forEach(answer -> answer.completeExceptionally(new IllegalStateException("away")));
    turn();
    assertThat(marked).isCompletedExceptionally();
    assertThat(say("c")).isNotDone();
    turn();
    assertThat(flights).containsExactly(List.of("a", "b", "marker 1"));

    // What rests holds no marker up.
    CompletableFuture<String> alone = mark(2);
    turn();
    assertThat(flights).containsExactly(List.of("a", "b", "marker 1"), List.of("marker 2"));
    answers.getLast().complete("id-2");
    turn();
    await()
        .until(() -> {
          turn();
          return flights.size() == 3;
        });
    assertThat(alone).isCompletedWithValue("id-2");
    assertThat(flights.getLast()).containsExactly("a", "b", "c");
    assertThat(List.of(first, second)).noneMatch(CompletableFuture::isDone);
    assertThat(queue.isEmpty()).isFalse();
  }
}
