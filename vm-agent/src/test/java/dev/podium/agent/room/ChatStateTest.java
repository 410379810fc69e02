package dev.podium.agent.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.agent.ManualTicker;
import dev.podium.agent.people.JoinResult;
import dev.podium.agent.people.Peers;
import dev.podium.agent.people.PresentMember;
import dev.podium.agent.people.Seat;
import dev.podium.wire.chat.ChatMessage;
import dev.podium.wire.chat.Pulse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The chat's state, without sockets and with a clock of its own.
class ChatStateTest {
  private final ManualTicker ticker = new ManualTicker();
  private final Told told = new Told();
  private final ChatState chat =
      new ChatState(
          "vm-a",
          2,
          ticker,
          (id, message) -> message.text().getBytes(StandardCharsets.UTF_8),
          told);

  private Seat seat(String person, String name, String room) {
    return switch (chat.join(person, name, room, false, new Page(), Optional.empty())) {
      case JoinResult.Joined(Seat seat) -> seat;
      case JoinResult.Full full -> throw new AssertionError("full");
      case JoinResult.TooManyRooms many -> throw new AssertionError("too many rooms");
      case JoinResult.Draining draining -> throw new AssertionError("draining");
    };
  }

  private void receive(int id, String cid, String text) {
    chat.received(
        String.valueOf(id),
        Instant.EPOCH.plusSeconds(id),
        new ChatMessage(
            cid, "lobby", new ChatMessage.Sender("p1", "Ann", "vm-b"), text, Instant.EPOCH));
  }

  private List<String> texts(Room.Missed missed) {
    return missed.messages().stream()
        .map(message -> new String(message.encoded(), StandardCharsets.UTF_8))
        .toList();
  }

  private static Pulse.Heartbeat beat(
      String vm, long sequence, int people, boolean well, List<Pulse.Member> members) {
    return new Pulse.Heartbeat(
        vm,
        "1",
        "boot",
        sequence,
        "http://" + vm + "/",
        people,
        10,
        0,
        true,
        false,
        well ? List.of() : List.of("bus"),
        members,
        0);
  }

  @Test
  void a_message_published_twice_is_shown_once_and_the_first_wins() {
    receive(1, "c1", "one");
    receive(2, "c1", "one");
    receive(3, "c2", "two");
    assertThat(told.said).containsExactly("1", "3");
    assertThat(chat.room("lobby").shown("p1", "c1")).contains("1");
  }

  @Test
  void a_welcome_is_short_enough_to_arrive_and_says_what_it_leaves_out() {
    String longText = "x".repeat(2_000);
    for (int id = 1; id <= 1_500; id++) {
      receive(id, "c" + id, longText);
    }
    Room.Missed all = chat.room("lobby").since(null);
    assertThat(all.messages()).hasSize(256);
    assertThat(all.messages().getLast().id()).isEqualTo("1500");
    Room.Missed tooMuch = chat.room("lobby").since("100");
    assertThat(tooMuch.recovered()).isFalse();
    assertThat(tooMuch.messages()).hasSize(524);
    assertThat(tooMuch.messages().getLast().id()).isEqualTo("1500");
    Room.Missed enough = chat.room("lobby").since("1000");
    assertThat(enough.recovered()).isTrue();
    assertThat(enough.messages()).hasSize(500);
  }

  private static List<String> ids(List<RoomMessage> messages) {
    return messages.stream().map(RoomMessage::id).toList();
  }

  @Test
  void who_scrolls_up_is_brought_all_that_the_vm_keeps_in_order_and_each_once() {
    for (int id = 1; id <= 1_000; id++) {
      receive(id, "c" + id, "m" + id);
    }
    Room room = chat.room("lobby");
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
    for (int id = 1; id <= 600; id++) {
      receive(id, "c" + id, "x".repeat(3_900));
    }
    Room.Earlier earlier = chat.room("lobby").before("600");
    assertThat(earlier.messages()).hasSize(Room.EARLIER_BYTES / 3_900);
    assertThat(earlier.messages().getLast().id()).isEqualTo("599");
    assertThat(earlier.more()).isTrue();
  }

  @Test
  void a_message_that_is_known_no_more_has_nothing_before_it_that_is() {
    for (int id = 1; id <= Room.HISTORY + 10; id++) {
      receive(id, "c" + id, "m");
    }
    assertThat(chat.room("lobby").before("3")).isEqualTo(new Room.Earlier(false, true, List.of()));
    assertThat(chat.room("lobby").before("11").older()).as("ten were cut").isTrue();
    assertThat(chat.room("nobody was here").before("1").messages()).isEmpty();
  }

  @Test
  void the_rooms_of_all_vms_are_listed_the_fullest_first_then_the_latest() {
    seat("p1", "Ann", "lobby");
    chat.heard(
        beat(
            "vm-b",
            1,
            3,
            true,
            List.of(
                new Pulse.Member("p1", "Ann", "maths"),
                new Pulse.Member("p8", "Bob", "maths"),
                new Pulse.Member("p1", "Ann", "lobby"))));
    said(1, "old");
    said(2, "late");
    said(3, "lobby");
    chat.room("entered, and nothing said");
    assertThat(chat.listedRooms())
        .containsExactly(
            new ListedRoom("maths", 2, ""),
            new ListedRoom("lobby", 1, "3"),
            new ListedRoom("late", 0, "2"),
            new ListedRoom("old", 0, "1"));
    IntStream.range(10, 200).forEach(id -> said(id, "room " + id));
    assertThat(chat.listedRooms())
        .hasSize(RoomList.MOST)
        .startsWith(new ListedRoom("maths", 2, ""));
  }

  private void said(int id, String room) {
    chat.received(
        String.valueOf(id),
        Instant.EPOCH.plusSeconds(id),
        new ChatMessage(
            "c" + id, room, new ChatMessage.Sender("p1", "Ann", "vm-b"), "x", Instant.EPOCH));
  }

  @Test
  void who_was_here_before_anything_was_said_is_shown_all_that_was_said_since() {
    for (int id = 1; id <= 300; id++) {
      receive(id, "c" + id, "m" + id);
    }
    Room.Missed all = chat.room("lobby").since("");
    assertThat(all.messages()).hasSize(300);
    assertThat(all.recovered()).isTrue();
    for (int id = 301; id <= 2_001; id++) {
      receive(id, "c" + id, "m" + id);
    }
    assertThat(chat.room("lobby").since("").recovered()).isFalse();
    assertThat(chat.room("lobby").since("").older()).isTrue();
  }

  @Test
  void a_newcomer_is_told_of_an_older_past_only_where_there_is_one() {
    for (int id = 1; id <= 256; id++) {
      receive(id, "c" + id, "m" + id);
    }
    assertThat(chat.room("lobby").since(null).older()).isFalse();
    receive(257, "c257", "m257");
    assertThat(chat.room("lobby").since(null).older()).isTrue();
  }

  @Test
  void a_newcomer_is_told_of_an_older_past_also_where_few_long_messages_are_shown() {
    for (int id = 1; id <= 200; id++) {
      receive(id, "c" + id, "x".repeat(4_000));
    }
    Room.Missed shown = chat.room("lobby").since(null);
    assertThat(shown.messages()).hasSize(131);
    assertThat(shown.older()).isTrue();
  }

  @Test
  void a_cancelled_drain_that_comes_again_does_not_close_the_door_again() {
    Pulse.DrainRequest drain = new Pulse.DrainRequest("d1", "vm-a", Optional.empty(), true);
    assertThat(chat.drain(drain).accepted()).isTrue();
    chat.drainCancelled(new Pulse.DrainCancelled("d1", "vm-a"));
    assertThat(chat.drain(drain).accepted()).isFalse();

    chat.drainCancelled(new Pulse.DrainCancelled("d2", "vm-a")); // It overtook its request.
    assertThat(chat.drain(new Pulse.DrainRequest("d2", "vm-a", Optional.empty(), false)).accepted())
        .isFalse();
    assertThat(chat.draining()).isFalse();
    assertThat(chat.drain(new Pulse.DrainRequest("d3", "vm-a", Optional.empty(), false)).accepted())
        .isTrue();
  }

  @Test
  void two_people_may_use_the_same_cid() {
    receive(1, "c1", "one");
    chat.received(
        "2",
        Instant.EPOCH.plusSeconds(2),
        new ChatMessage(
            "c1", "lobby", new ChatMessage.Sender("p2", "Bob", "vm-b"), "mine", Instant.EPOCH));
    assertThat(told.said).containsExactly("1", "2");
  }

  @Test
  void the_last_two_thousand_messages_are_kept_and_a_gap_beyond_them_is_admitted() {
    for (int id = 1; id <= 2_010; id++) {
      receive(id, "c" + id, "m" + id);
    }
    Room room = chat.room("lobby");
    assertThat(room.since("11").messages()).hasSize(1_999);
    assertThat(room.since("11").recovered()).isTrue();
    assertThat(texts(room.since("2008"))).containsExactly("m2009", "m2010");
    assertThat(room.since("2008").recovered()).isTrue();
    assertThat(room.since("2010").messages()).isEmpty();
    assertThat(room.since("5").recovered()).isFalse();
    assertThat(room.since("5").messages()).hasSize(2_000);
  }

  @Test
  void a_replay_of_everything_shows_nothing_again() {
    for (int id = 1; id <= 9_000; id++) {
      receive(id, "c" + id, "m" + id);
    }
    told.said.clear();
    for (int id = 1; id <= 9_000; id++) {
      receive(id, "c" + id, "m" + id);
    }
    assertThat(told.said).isEmpty();
    receive(9_001, "c9001", "new");
    assertThat(told.said).containsExactly("9001");
  }

  @Test
  void a_room_of_long_messages_stays_within_its_bytes() {
    for (int id = 1; id <= 200; id++) {
      receive(id, "c" + id, "x".repeat(100_000));
    }
    int kept = Room.HISTORY_BYTES / 100_000;
    assertThat(chat.room("lobby").since(String.valueOf(201 - kept + 35)).recovered()).isTrue();
    assertThat(chat.room("lobby").since(String.valueOf(200 - kept)).recovered()).isFalse();
  }

  @Test
  void people_are_counted_and_not_their_pages() {
    Seat phone = seat("p1", "Ann", "lobby");
    Seat laptop = seat("p1", "Ann", "lobby");
    assertThat(chat.attendance().people()).isEqualTo(1);
    assertThat(laptop.name()).isEqualTo("Ann");
    chat.leave(phone);
    assertThat(chat.members("lobby")).containsExactly(new PresentMember("p1", "Ann", "vm-a"));
    chat.leave(laptop);
    chat.leave(laptop);
    assertThat(chat.attendance().people()).isZero();
  }

  @Test
  void a_name_that_another_has_gets_a_number_wherever_the_other_is() {
    chat.heard(beat("vm-b", 1, 1, true, List.of(new Pulse.Member("p9", "Ann", "lobby"))));
    assertThat(seat("p1", "ａＮＮ", "lobby").name()).isEqualTo("aNN 2"); // Full-width letters, NFKC.
    assertThat(seat("p9", "Ann", "lobby").name()).isEqualTo("Ann");
  }

  @ParameterizedTest
  @CsvSource({"' Ann\u202E  B ',Ann B", "'',Guest", "'\u200B',Guest", "Zoe\u0308,Zo\u00EB"})
  void names_lose_what_nobody_sees(String wanted, String shown) {
    assertThat(DisplayNames.person(wanted)).isEqualTo(shown);
  }

  @Test
  void a_name_that_looks_like_anothers_is_told_apart_wherever_the_other_is() {
    chat.heard(beat("vm-b", 1, 1, true, List.of(new Pulse.Member("p9", "Ann", "lobby"))));
    assertThat(seat("p1", "\u0391nn", "lobby").name()).isEqualTo("\u0391nn 2"); // A Greek alpha.
  }

  @Test
  void nobody_passes_for_a_vm() {
    chat.heard(beat("vm-b", 1, 0, true, List.of()));
    assertThat(seat("p1", "VM-\u0251", "lobby").name()).isEqualTo("VM-\u0251 (guest)");
    assertThat(seat("p2", "vm-b", "lobby").name()).isEqualTo("vm-b (guest)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/etc", "<b>", "-x", "\n"})
  void a_rooms_name_is_a_name(String wanted) {
    assertThat(DisplayNames.room(wanted)).isEmpty();
    assertThat(DisplayNames.room("Gruppe Ä 1")).contains("gruppe ä 1");
  }

  @Test
  void a_full_vm_refuses_newcomers_and_takes_back_who_was_here_a_moment_ago() {
    seat("p1", "Ann", "lobby");
    seat("p2", "Bob", "lobby");
    assertThat(chat.join("p3", "Cy", "lobby", false, new Page(), Optional.empty()))
        .isInstanceOf(JoinResult.Full.class);
    assertThat(chat.join("p3", "Cy", "lobby", true, new Page(), Optional.empty()))
        .isInstanceOf(JoinResult.Joined.class);
    assertThat(chat.join("p1", "Ann", "lobby", false, new Page(), Optional.empty()))
        .isInstanceOf(JoinResult.Joined.class);
  }

  @Test
  void a_join_that_came_first_refuses_the_drain_and_a_drain_that_came_first_refuses_the_join() {
    Seat ann = seat("p1", "Ann", "lobby");
    assertThat(chat.drain(new Pulse.DrainRequest("d1", "vm-a", Optional.empty(), false)).accepted())
        .isFalse();
    chat.leave(ann);
    assertThat(chat.drain(new Pulse.DrainRequest("d2", "vm-a", Optional.empty(), false)).accepted())
        .isTrue();
    assertThat(chat.join("p1", "Ann", "lobby", true, new Page(), Optional.empty()))
        .isInstanceOf(JoinResult.Draining.class);
    assertThat(told.draining).isTrue();
  }

  @Test
  void only_the_drain_that_closed_the_door_opens_it() {
    chat.drain(new Pulse.DrainRequest("d1", "vm-a", Optional.empty(), false));
    chat.drain(new Pulse.DrainRequest("d2", "vm-a", Optional.empty(), false));
    chat.drainCancelled(new Pulse.DrainCancelled("d1", "vm-a"));
    assertThat(chat.draining()).isTrue();
    chat.drainCancelled(new Pulse.DrainCancelled("d2", "vm-a"));
    assertThat(chat.draining()).isFalse();
  }

  @Test
  void a_forgotten_tab_does_not_stop_a_drain_and_a_hold_does() {
    seat("p1", "Ann", "lobby");
    ticker.pass(ChatState.FORGOTTEN.plusSeconds(1));
    chat.use().hold(Duration.ofMinutes(30));
    ticker.pass(Duration.ofMinutes(29));
    assertThat(chat.drain(new Pulse.DrainRequest("d1", "vm-a", Optional.empty(), false)).accepted())
        .isFalse();
    assertThat(chat.attendance().idleSeconds()).isZero();
    ticker.pass(Duration.ofMinutes(2));
    assertThat(chat.attendance().idleSeconds()).isEqualTo(31 * 60);
    assertThat(chat.drain(new Pulse.DrainRequest("d2", "vm-a", Optional.empty(), false)).accepted())
        .isTrue();
  }

  /// One rule in one place: the console's policy says what counts as use, and the VM goes by it.
  @Test
  void what_counts_as_use_is_the_window_of_whoever_asks() {
    seat("p1", "Ann", "lobby");
    ticker.pass(Duration.ofMinutes(20));
    assertThat(chat.drain(drain("d1", Duration.ofMinutes(30))).accepted()).isFalse();
    assertThat(chat.drain(drain("d2", Duration.ofMinutes(15))).accepted()).isTrue();
    chat.drainCancelled(new Pulse.DrainCancelled("d2", "vm-a"));
    ticker.pass(Duration.ofMinutes(11));
    assertThat(chat.drain(drain("d3", Duration.ofMinutes(30))).accepted()).isTrue();
  }

  private static Pulse.DrainRequest drain(String id, Duration useWindow) {
    return new Pulse.DrainRequest(id, "vm-a", Optional.empty(), false, Optional.of(useWindow));
  }

  @Test
  void people_of_a_vm_that_fell_silent_vanish_after_fifteen_seconds() {
    chat.heard(beat("vm-b", 1, 1, true, List.of(new Pulse.Member("p9", "Eve", "lobby"))));
    ticker.pass(Peers.SILENCE);
    chat.expirePeers();
    assertThat(chat.members("lobby")).hasSize(1);
    ticker.pass(Duration.ofMillis(1));
    chat.expirePeers();
    assertThat(chat.members("lobby")).isEmpty();
  }

  @Test
  void an_overtaken_heartbeat_changes_nothing() {
    chat.heard(beat("vm-b", 7, 3, true, List.of()));
    chat.heard(beat("vm-b", 6, 0, true, List.of()));
    assertThat(chat.peers().living()).extracting(Pulse.Heartbeat::participants).containsExactly(3);
  }

  @Test
  void newcomers_go_to_the_healthy_vm_with_the_most_free_seats() {
    chat.heard(beat("vm-b", 1, 9, true, List.of()));
    chat.heard(beat("vm-c", 1, 4, true, List.of()));
    chat.heard(beat("vm-d", 1, 0, false, List.of()));
    assertThat(chat.peers().roomiest()).map(Pulse.Heartbeat::vm).contains("vm-c");
    chat.gone(new Pulse.Goodbye("vm-c", "boot"));
    assertThat(chat.peers().roomiest()).map(Pulse.Heartbeat::vm).contains("vm-b");
  }

  @Test
  void where_the_topic_is_another_one_nothing_leads_on_and_who_is_here_is_told() {
    assertThat(seat("p2", "Bob", "lobby")).isNotNull();
    receive(1, "c1", "one");
    chat.topicReplaced();
    assertThat(told.gaps).containsExactly("lobby");
    assertThat(chat.leadsOn("lobby", "1")).isFalse();
    Room.Missed missed = chat.room("lobby").since("1");
    assertThat(missed.recovered()).isFalse();
    assertThat(missed.messages()).isEmpty();
    assertThat(chat.room("lobby").since(null).older()).isTrue();
    assertThat(chat.room("made later").since(null).older()).as("it may have had a past").isTrue();
    receive(2, "c1", "one");
    receive(3, "c2", "two");
    assertThat(told.said).as("said on both topics").containsExactly("1", "3");
  }

  @Test
  void rooms_where_somebody_is_come_in_their_turn() {
    assertThat(chat.roomInTurn()).isEmpty();
    assertThat(seat("p1", "Ann", "a")).isNotEqualTo(seat("p2", "Bob", "b"));
    assertThat(List.of(chat.roomInTurn(), chat.roomInTurn(), chat.roomInTurn()))
        .contains(Optional.of("a"), Optional.of("b"));
  }

  private static final class Told implements ChatListener {
    private final List<String> said = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();
    private boolean draining;

    @Override
    public void said(String room, RoomMessage message) {
      said.add(message.id());
    }

    @Override
    public void historyLost(String room) {
      gaps.add(room);
    }

    @Override
    public void membersChanged(String room) {}

    @Override
    public void peersChanged() {}

    @Override
    public void occupancyChanged() {}

    @Override
    public void drainChanged(boolean isDraining) {
      draining = isDraining;
    }
  }
}
