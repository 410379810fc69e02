package dev.podium.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a message from the topic, whoever put it there.
class ChatLimitsTest {
  private static final Instant PUBLISHED = Instant.parse("2026-11-22T10:00:00.123456Z");
  private static final Instant SHOWN = Instant.parse("2026-11-22T10:00:00.123Z");

  private static ChatMessage message(
      String cid, String room, String id, String name, String vm, String text) {
    return new ChatMessage(cid, room, new ChatMessage.Sender(id, name, vm), text, SHOWN);
  }

  private static ChatMessage at(Instant at) {
    return new ChatMessage("c", "lobby", new ChatMessage.Sender("p", "Ann", "vm-a"), "hello", at);
  }

  private static Optional<ChatMessage> accept(ChatMessage message) {
    return ChatLimits.accept(message, Optional.of(message.room()), PUBLISHED);
  }

  static Stream<ChatMessage> possible() {
    return Stream.of(
        message("c", "lobby", "p", "Ann", "vm-a", "x".repeat(ChatLimits.LONGEST_TEXT)),
        message(
            "\u0000\n".repeat(64),
            "i\u0307".repeat(40),
            "p",
            "🎈".repeat(40) + " 100000",
            "vm",
            "\u0000"),
        message("c", "week 3", "c-Ab_-", "שלום", "v".repeat(63), "語".repeat(2_700)),
        message("c", "lobby", "p".repeat(128), "Guest 2", "vm-a", "a\u202e b"));
  }

  @ParameterizedTest
  @MethodSource("possible")
  void what_a_vm_can_have_sent_is_taken_as_it_is(ChatMessage message) {
    assertThat(accept(message)).containsSame(message);
  }

  static Stream<ChatMessage> impossible() {
    return Stream.of(
        message("c", "lobby", "p", "Ann", "vm-a", "x".repeat(ChatLimits.LONGEST_TEXT + 1)),
        message("c", "lobby", "p", "Ann", "vm-a", "語".repeat(2_731)),
        message("c", "lobby", "p", "Ann", "vm-a", " \n "),
        message("c", "lobby", "p", "Ann", "vm-a", "half \ud800"),
        message("", "lobby", "p", "Ann", "vm-a", "x"),
        message("c".repeat(129), "lobby", "p", "Ann", "vm-a", "x"),
        message("\udc00", "lobby", "p", "Ann", "vm-a", "x"),
        message("c", "", "p", "Ann", "vm-a", "x"),
        message("c", "a/b", "p", "Ann", "vm-a", "x"),
        message("c", "x".repeat(81), "p", "Ann", "vm-a", "x"),
        message("c", "a\nb", "p", "Ann", "vm-a", "x"),
        message("c", "lobby", "", "Ann", "vm-a", "x"),
        message("c", "lobby", "p".repeat(129), "Ann", "vm-a", "x"),
        message("c", "lobby", "p\nq", "Ann", "vm-a", "x"),
        message("c", "lobby", "p", "", "vm-a", "x"),
        message("c", "lobby", "p", "A".repeat(52), "vm-a", "x"),
        message("c", "lobby", "p", "Ann\u202e", "vm-a", "x"),
        message("c", "lobby", "p", "Ann\u0000", "vm-a", "x"),
        message("c", "lobby", "p", "Ann\ud800", "vm-a", "x"),
        message("c", "lobby", "p", "Ann", "v".repeat(64), "x"),
        message("c", "lobby", "p", "Ann", "vm\u2028a", "x"));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void what_no_vm_can_have_sent_is_skipped(ChatMessage message) {
    assertThat(accept(message)).isEmpty();
  }

  @Test
  void a_message_of_another_rooms_order_or_of_none_is_skipped() {
    assertThat(ChatLimits.accept(at(SHOWN), Optional.of("other"), PUBLISHED)).isEmpty();
    assertThat(ChatLimits.accept(at(SHOWN), Optional.empty(), PUBLISHED)).isEmpty();
  }

  @Test
  void a_date_that_the_topic_or_a_clock_allows_stays() {
    Instant oldest = SHOWN.plusMillis(1).minus(FleetTopics.CHAT_RETENTION);
    Instant newest = SHOWN.plus(ChatLimits.CLOCK_AHEAD);
    assertThat(accept(at(oldest)).orElseThrow().at()).isEqualTo(oldest);
    assertThat(accept(at(newest)).orElseThrow().at()).isEqualTo(newest);
  }

  @Test
  void any_other_date_is_the_clouds() {
    Instant older = SHOWN.minus(FleetTopics.CHAT_RETENTION).minus(Duration.ofMillis(1));
    Instant newer = SHOWN.plus(ChatLimits.CLOCK_AHEAD).plus(Duration.ofMillis(1));
    for (Instant at : new Instant[] {Instant.MIN, Instant.EPOCH, older, newer, Instant.MAX}) {
      assertThat(accept(at(at)).orElseThrow()).isEqualTo(at(SHOWN));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+1000000000-12-31T23:59:59.999999999Z", "yesterday", "", "2026-13-45T00:00:00Z"})
  void a_date_that_is_none_does_not_cost_the_message(String date) {
    String json = ChatCodec.encode(at(SHOWN)).replace(SHOWN.toString(), date);
    ChatMessage read = (ChatMessage) ChatCodec.decode(json).orElseThrow();
    assertThat(accept(read)).contains(at(SHOWN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"text\":null",
        "\"text\":7",
        "\"text\":{\"a\":[[[[[[[[[[]]]]]]]]]]}",
        "\"text\":1e999999999",
        "\"text\":99999999999999999999999999999999999999999999"
      })
  void what_is_no_text_is_no_message(String member) {
    String json = ChatCodec.encode(at(SHOWN)).replace("\"text\":\"hello\"", member);
    assertThat(ChatCodec.decode(json)).isEmpty();
  }

  @Test
  void the_longest_message_of_a_page_can_be_read_and_twice_as_much_is_skipped_unread() {
    ChatMessage longest =
        message(
            "\u0000".repeat(ChatLimits.LONGEST_CID),
            "lobby",
            "p".repeat(128),
            "Ann",
            "vm-a",
            "\u0001".repeat(ChatLimits.LONGEST_TEXT));
    assertThat(ChatCodec.decode(ChatCodec.encode(longest))).contains(longest);
    String flood = ChatCodec.encode(message("c", "r", "p", "Ann", "vm", "x".repeat(60_000)));
    assertThat(ChatCodec.decode(flood)).isEmpty();
  }

  /// A release before skips a message whose name has a joiner, and ignores members that it does not
  /// know: it shows the name without.
  @Test
  void a_name_with_joiners_is_shown_by_every_release_of_the_fleet() {
    String name = "\u0645\u06CC\u200C\u062E \uD83D\uDC68\u200D\uD83D\uDC67";
    ChatMessage said = message("c", "lobby", "p", name, "vm-a", "x");
    String json = ChatCodec.encode(said);
    assertThat(json).contains("\"name\":\"\u0645\u06CC\u062E \uD83D\uDC68\uD83D\uDC67\"");
    assertThat(ChatCodec.decode(json)).contains(said);
    assertThat(accept(said)).containsSame(said);
    assertThat(ChatCodec.encode(message("c", "lobby", "p", "Ann", "vm-a", "x")))
        .doesNotContain("spelled");
  }

  /// So that a later release may let in more than this one does.
  @Test
  void a_joiner_may_stand_anywhere_in_a_name_of_another_vm() {
    ChatMessage said = message("c", "lobby", "p", "A\u200Dnn\u200C", "vm-a", "x");
    assertThat(accept(said)).containsSame(said);
    assertThat(accept(message("c", "lobby", "p", "\u200D", "vm-a", "x"))).isEmpty();
    assertThat(accept(message("c", "lobby", "p", "\u200D".repeat(60) + "A", "vm-a", "x")))
        .isEmpty();
  }

  @Test
  void a_name_that_is_spelled_as_another_name_counts_for_nothing() {
    String json =
        ChatCodec.encode(at(SHOWN))
            .replace("\"name\":\"Ann\"", "\"name\":\"Ann\",\"spelled\":\"Bob\"");
    assertThat(ChatCodec.decode(json)).contains(at(SHOWN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Podium",
        "\u0420odium",
        "SYSTEM",
        "\u0455ystem",
        "",
        " ",
        "\u200B",
        "\u3164",
        "a\nb"
      })
  void nobody_is_invited_by_a_name_that_no_vm_shows(String name) {
    assertThat(ChatLimits.isWantedName(name)).isFalse();
  }

  @Test
  void half_a_character_travels_as_a_question_mark() {
    assertThat(ChatLimits.wellFormed("a\ud800b 🎈")).isEqualTo("a?b 🎈");
  }
}
