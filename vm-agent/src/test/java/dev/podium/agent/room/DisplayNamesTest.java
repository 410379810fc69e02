package dev.podium.agent.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.wire.chat.ChatLimits;
import dev.podium.wire.chat.ChatMessage;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whatever name somebody asks for, the other VMs take the messages that are said under it.
class DisplayNamesTest {
  private static final String ODD =
      "a b.İßﬁ\u0000\n\u202e\u200d\u0301\ud800\ufdfa\u2028🎈語 -_/<\"\u00a0Ａ①";

  private final Random random = new Random(17);

  private String oddText() {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(120); length >= 0; length--) {
      text.append(ODD.charAt(random.nextInt(ODD.length())));
    }
    return text.toString();
  }

  @Test
  void what_a_page_may_call_itself_and_its_room_is_within_the_limits_of_the_bus() {
    int rooms = 0;
    for (int n = 0; n < 20_000; n++) {
      String person = DisplayNames.person(oddText());
      String name = DisplayNames.unique(person, Set.of(DisplayNames.key(person)));
      String room = DisplayNames.room(oddText()).orElse("lobby");
      rooms += room.equals("lobby") ? 0 : 1;
      ChatMessage said =
          new ChatMessage(
              "c", room, new ChatMessage.Sender("p", name, "vm-a"), "hello", Instant.EPOCH);
      assertThat(ChatLimits.accept(said, Optional.of(room), Instant.EPOCH))
          .as("%s in %s", name, room)
          .contains(said);
    }
    assertThat(rooms).isGreaterThan(100);
    String longest = DisplayNames.room("İ".repeat(50)).orElseThrow();
    assertThat(ChatLimits.isRoom(longest)).isTrue();
  }
}
