package dev.podium.agent.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.core.chat.ChatMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// The loop is a queue, and the bus answers when the test lets it.
class RoomQueueTest {
  private final Queue<Runnable> loop = new ArrayDeque<>();
  private final List<List<String>> flights = new ArrayList<>();
  private final List<CompletableFuture<String>> answers = new ArrayList<>();
  private final RoomQueue queue =
      new RoomQueue(this::publish, new RoomQueue.Load(1_000), loop::add);

  private List<CompletableFuture<String>> publish(List<ChatMessage> flight) {
    flights.add(flight.stream().map(ChatMessage::text).toList());
    List<CompletableFuture<String>> added =
        flight.stream().map(_ -> new CompletableFuture<String>()).toList();
    answers.addAll(added);
    return added;
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
}
