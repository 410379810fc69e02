package dev.podium.agent.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.agent.ManualTicker;
import dev.podium.agent.people.Occupancy;
import dev.podium.agent.people.Peers;
import dev.podium.agent.people.Seat;
import dev.podium.wire.chat.ChatMessage;
import dev.podium.wire.chat.Pulse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a page can ask for of a room's past, and which rooms there are.
class RoomHistoryTest {
  private static final RoomMessage.Encoder ENCODER =
      (id, message) -> message.text().getBytes(StandardCharsets.UTF_8);

  private final Occupancy occupancy = new Occupancy();
  private final Peers peers = new Peers(new ManualTicker());
  private final Rooms rooms = new Rooms(occupancy::isEmpty, Rooms.MOST_BYTES);
  private final RoomList list = new RoomList(occupancy, peers, rooms);

  private void said(int id, String room, String text) {
    ChatMessage message =
        new ChatMessage(
            "c" + id, room, new ChatMessage.Sender("p1", "Ann", "vm-b"), text, Instant.EPOCH);
    rooms.receive(
        room,
        new Room.Delivery(String.valueOf(id), Instant.EPOCH.plusSeconds(id), message),
        ENCODER);
  }

  private Room lobby(int messages, String text) {
    IntStream.rangeClosed(1, messages).forEach(id -> said(id, "lobby", text));
    return rooms.get("lobby");
  }

  private static List<String> ids(List<RoomMessage> messages) {
    return messages.stream().map(RoomMessage::id).toList();
  }

  @Test
  void history_that_comes_late_is_put_before_what_came_since_in_the_one_order() {
    said(8, "lobby", "new");
    said(9, "lobby", "newer");
    IntStream.rangeClosed(1, 5).forEach(id -> said(id, "lobby", "old"));
    said(8, "lobby", "new");
    said(10, "lobby", "newest");

    Room room = rooms.get("lobby");
    List<RoomMessage> all = room.since(null).messages();
    assertThat(ids(all)).containsExactly("1", "2", "3", "4", "5", "8", "9", "10");
    assertThat(all.subList(0, 5)).allMatch(late -> late.before().equals("8"));
    assertThat(all.subList(5, 8)).allMatch(own -> own.before().isEmpty());
    assertThat(ids(room.before("8").messages())).containsExactly("1", "2", "3", "4", "5");
    assertThat(room.last()).isEqualTo("10");
  }

  @Test
  void who_scrolls_up_is_brought_all_that_the_vm_keeps_in_order_and_each_once() {
    Room room = lobby(1_000, "m");
    Room.Missed welcome = room.since(null);
    assertThat(welcome.more()).isTrue();
    List<String> shown = new ArrayList<>(ids(welcome.messages()));
    boolean more = true;
    while (more) {
      Room.Earlier earlier = room.before(shown.getFirst());
      assertThat(earlier.messages()).hasSizeBetween(1, 256);
      shown.addAll(0, ids(earlier.messages()));
      more = earlier.more();
      assertThat(earlier.older()).isEqualTo(more);
    }
    assertThat(shown)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 1_000).mapToObj(String::valueOf).toList());
    assertThat(room.since("999").more()).isTrue();
    assertThat(room.before("1")).isEqualTo(new Room.Earlier(false, false, List.of()));
  }

  @Test
  void what_is_brought_at_once_is_short_enough_not_to_stand_in_the_way() {
    Room.Earlier earlier = lobby(600, "x".repeat(3_900)).before("600");
    assertThat(earlier.messages()).hasSize(Room.EARLIER_BYTES / 3_900);
    assertThat(earlier.messages().getLast().id()).isEqualTo("599");
    assertThat(earlier.more()).isTrue();
  }

  @Test
  void a_message_that_is_known_no_more_has_nothing_before_it_that_is() {
    Room room = lobby(Room.HISTORY + 10, "m");
    assertThat(room.before("3")).isEqualTo(new Room.Earlier(false, true, List.of()));
    assertThat(room.before("11").older()).as("ten were cut").isTrue();
    assertThat(rooms.get("nobody was here").before("1").messages()).isEmpty();
  }

  @Test
  void the_rooms_of_all_vms_are_listed_the_fullest_first_then_the_latest() {
    assertThat(occupancy.add(new Seat("p1", "Ann", "lobby", new Page()))).isEmpty();
    assertThat(
            peers.heard(
                beat(
                    new Pulse.Member("p1", "Ann", "maths"),
                    new Pulse.Member("p8", "Bob", "maths"),
                    new Pulse.Member("p1", "Ann", "lobby"))))
        .isTrue();
    said(1, "old", "x");
    said(2, "late", "x");
    said(3, "lobby", "x");
    assertThat(rooms.get("entered, and nothing said").last()).isEmpty();
    assertThat(list.listed())
        .containsExactly(
            new ListedRoom("maths", 2, ""),
            new ListedRoom("lobby", 1, "3"),
            new ListedRoom("late", 0, "2"),
            new ListedRoom("old", 0, "1"));
    IntStream.range(10, 200).forEach(id -> said(id, "room " + id, "x"));
    assertThat(list.listed()).hasSize(RoomList.MOST).startsWith(new ListedRoom("maths", 2, ""));
  }

  private static Pulse.Heartbeat beat(Pulse.Member... members) {
    return new Pulse.Heartbeat(
        "vm-b",
        "1",
        "boot",
        1,
        "http://vm-b/",
        3,
        10,
        0,
        true,
        false,
        List.of(),
        List.of(members),
        0);
  }
}
