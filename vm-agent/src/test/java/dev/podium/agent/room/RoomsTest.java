package dev.podium.agent.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.wire.chat.ChatMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The memory of all rooms together.
class RoomsTest {
  private static final RoomMessage.Encoder ENCODER =
      (id, message) -> message.text().getBytes(StandardCharsets.UTF_8);

  private final Rooms rooms = new Rooms(name -> false, 1 << 20);
  private int published;

  private boolean receive(String room, String cid, int characters) {
    published++;
    ChatMessage message =
        new ChatMessage(
            cid,
            room,
            new ChatMessage.Sender("p1", "Ann", "vm-a"),
            "x".repeat(characters),
            Instant.EPOCH);
    return rooms
        .receive(
            room, new Room.Delivery(cid, Instant.EPOCH.plusSeconds(published), message), ENCODER)
        .isPresent();
  }

  @Test
  void many_busy_rooms_stay_within_one_bound_and_keep_their_newest() {
    for (int n = 1; n <= 4_000; n++) {
      receive("room " + n % 20, "c" + n, 1_000);
      assertThat(rooms.bytes()).isLessThanOrEqualTo(1 << 20);
    }
    for (int room = 0; room < 20; room++) {
      Room.Missed kept = rooms.get("room " + room).since(null);
      assertThat(kept.messages()).hasSizeGreaterThan(10);
      assertThat(kept.older()).isTrue();
    }
    assertThat(rooms.get("room 0").since("c3980").recovered()).isTrue();
    assertThat(rooms.get("room 0").since("c20").recovered()).isFalse();
  }

  @Test
  void the_largest_room_pays_and_the_quiet_one_keeps_all() {
    for (int n = 1; n <= 20; n++) {
      receive("quiet", "q" + n, 100);
    }
    for (int n = 1; n <= 2_000; n++) {
      receive("loud", "c" + n, 2_000);
    }
    assertThat(rooms.get("quiet").since("q1").messages()).hasSize(19);
    assertThat(rooms.get("quiet").since(null).older()).isFalse();
    assertThat(rooms.bytes()).isLessThanOrEqualTo(1 << 20);
  }

  @Test
  void what_was_shown_a_moment_ago_is_recognised_however_little_memory_there_is() {
    for (int n = 1; n <= 5_000; n++) {
      receive("room " + n % 4, "c" + n, 2_000);
    }
    for (int n = 5_000; n > 5_000 - 4 * Room.LEAST_REMEMBERED; n--) {
      assertThat(receive("room " + n % 4, "c" + n, 2_000)).isFalse();
    }
  }

  @Test
  void a_room_that_was_forgotten_for_too_many_others_says_that_it_had_a_past() {
    Rooms bounded = new Rooms(name -> !name.equals("busy"), 1 << 20);
    assertThat(bounded.get("quiet").since("").recovered()).isTrue();
    bounded.get("busy");
    for (int n = 0; n < 10_000; n++) {
      bounded.get("room " + n);
    }
    assertThat(bounded.size()).isEqualTo(Rooms.MOST);
    assertThat(bounded.find("busy")).isPresent();
    assertThat(bounded.find("quiet")).isEmpty();
    assertThat(bounded.get("quiet").since("").recovered()).isFalse();
    assertThat(bounded.get("quiet").since(null).older()).isTrue();
  }

  /// Pub/Sub keeps no order between rooms, so what a new VM is brought comes in any.
  @Test
  void the_latest_rooms_are_kept_in_whichever_order_their_messages_come() {
    Rooms bounded = new Rooms(name -> true, 64 << 20);
    int all = 3 * Rooms.MOST;
    receiveAt(bounded, all + 1);
    for (int moment = 1; moment <= all; moment++) {
      receiveAt(bounded, moment);
      assertThat(bounded.size()).isLessThanOrEqualTo(Rooms.MOST);
    }
    assertThat(bounded.find("room " + (all + 1))).isPresent();
    for (int moment = all; moment > 0; moment--) {
      receiveAt(bounded, 2 * all + moment);
      assertThat(bounded.size()).isLessThanOrEqualTo(Rooms.MOST);
    }
    assertThat(bounded.find("room " + 3 * all)).isPresent();
  }

  private static void receiveAt(Rooms bounded, int moment) {
    ChatMessage message =
        new ChatMessage(
            "c", "room " + moment, new ChatMessage.Sender("p1", "Ann", "vm-a"), "x", Instant.EPOCH);
    Room.Delivery delivery =
        new Room.Delivery("m" + moment, Instant.EPOCH.plusSeconds(moment), message);
    assertThat(bounded.receive(message.room(), delivery, ENCODER)).isPresent();
  }
}
