package dev.podium.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {
  static List<Pulse> pulses() {
    return List.of(
        new Pulse.Heartbeat(
            "vm-1",
            "42",
            "boot",
            7,
            "http://10.0.0.1:8080/",
            2,
            50,
            11,
            true,
            false,
            List.of("bus"),
            List.of(new Pulse.Member("p1", "Ann \"A\" 🎈", "lobby")),
            0),
        new Pulse.DrainRequest("d1", "vm-1", Optional.empty(), true),
        new Pulse.DrainRequest("d1", "vm-1", Optional.of("77"), false),
        new Pulse.DrainRequest(
            "d1", "vm-1", Optional.of("77"), false, Optional.of(Duration.ofMinutes(30))),
        new Pulse.DrainAnswer("d1", "vm-1", false, 3),
        new Pulse.DrainCancelled("d1", "vm-1"),
        new Pulse.Canary("console", 99),
        new Pulse.Policy("console-1", 12, Map.of("maximum", "5", "zones", "a, b"), "k", "s"),
        new Pulse.Policy("console-1", 13, Map.of("access_code", "c2FsdA:aGFzaA"), "k", "s"),
        new Pulse.Policy("console-1", 0, Map.of("access_code", ""), "k", "s"),
        new Pulse.Policy("console-1", 0, Map.of(), "k", "s"),
        new Pulse.SeatsWanted("vm-1", 4, Optional.of("lobby")),
        new Pulse.SeatsWanted("vm-1", 4, Optional.empty()),
        new Pulse.Goodbye("vm-1", "boot"));
  }

  @ParameterizedTest
  @MethodSource("pulses")
  void a_pulse_arrives_as_it_was_sent(Pulse pulse) {
    assertThat(PulseCodec.decode(PulseCodec.encode(pulse))).contains(pulse);
  }

  @Test
  void a_chat_message_arrives_as_it_was_sent() {
    ChatMessage message =
        new ChatMessage(
            "d1-1",
            "lobby",
            new ChatMessage.Sender("p1", "Ann", "vm-1"),
            "<b>\u0000 \u2028 שלום 🎈",
            Instant.parse("2026-11-22T10:00:00.123Z"));
    assertThat(ChatCodec.decode(ChatCodec.encode(message))).contains(message);
    ChatMarker marker = new ChatMarker("vm-1", "boot");
    assertThat(ChatCodec.decode(ChatCodec.encode(marker))).contains(marker);
    ChatMarker third = marker.numbered(3);
    assertThat(ChatCodec.decode(ChatCodec.encode(third))).contains(third);
  }

  @Test
  void members_that_a_later_release_added_are_ignored() {
    assertThat(
            PulseCodec.decode(
                """
                {"t":"canary","console":"c","sequence":1,"new":{"deep":[1,2]}}\
                """))
        .contains(new Pulse.Canary("c", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{\"t\":\"later\"}",
        "{\"t\":7}",
        "{\"t\":\"canary\"}",
        "{\"t\":\"canary\",\"console\":\"c\",\"sequence\":\"x\"}",
        "{\"t\":\"chat\",\"cid\":\"1\",\"room\":\"r\",\"from\":null,\"text\":\"\",\"at\":\"\"}",
        "{\"t\":\"canary\",\"console\":\"c\",\"sequence\":1e400}",
        "{\"a\":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]],\"t\":\"canary\",\"console\":\"c\",\"sequence\":1}"
      })
  void what_is_damaged_or_unknown_is_skipped(String json) {
    assertThat(PulseCodec.decode(json)).isEmpty();
    assertThat(ChatCodec.decode(json)).isEmpty();
  }

  @Test
  void a_flood_is_skipped_unread() {
    assertThat(PulseCodec.decode("{\"t\":\"" + "x".repeat(2_000_000) + "\"}")).isEmpty();
  }
}
