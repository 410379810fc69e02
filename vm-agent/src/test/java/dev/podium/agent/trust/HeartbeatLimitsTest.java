package dev.podium.agent.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.wire.chat.Pulse;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What another VM may say of its people.
class HeartbeatLimitsTest {
  private static List<Pulse.Member> shown(String name) {
    Pulse.Heartbeat beat =
        new Pulse.Heartbeat(
            "vm-b",
            "7",
            "boot",
            1,
            "http://10.0.0.2:8080/",
            1,
            50,
            0,
            true,
            false,
            List.of(),
            List.of(new Pulse.Member("p", name, "lobby")),
            0);
    return HeartbeatLimits.within(beat).members();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ann",
        "Ann 2",
        "\uD83D\uDC68\u200D\uD83D\uDC67",
        "\u0645\u06CC\u200C\u062E",
        "A\u200Dnn"
      })
  void a_name_of_this_release_or_of_a_later_one_is_shown(String name) {
    assertThat(shown(name)).singleElement().extracting(Pulse.Member::name).isEqualTo(name);
  }

  /// The list of people is no less than the rooms' messages: nothing turns its reading direction.
  @ParameterizedTest
  @ValueSource(strings = {"", "Ann\u202Ennop", "An\nn", "\u200D", "Ann\u2028", "\u0000"})
  void a_name_that_no_vm_lets_in_is_not(String name) {
    assertThat(shown(name)).isEmpty();
    assertThat(shown("A".repeat(60))).isEmpty();
  }
}
