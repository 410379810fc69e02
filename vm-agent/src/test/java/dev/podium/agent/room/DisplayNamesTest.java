package dev.podium.agent.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.wire.chat.ChatLimits;
import dev.podium.wire.chat.ChatMessage;
import dev.podium.wire.name.Confusables;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever name somebody asks for, the other VMs take the messages that are said under it.
class DisplayNamesTest {
  private static final String ODD =
      "a b.İßﬁ\u0000\n\u202e\u200d\u0301\ud800\ufdfa\u2028🎈語 -_/<\"\u00a0Ａ①";

  private final Random random = new Random(17);

  private final NameKeys looks = new NameKeys();

  private String unique(String name, Set<String> takenKeys, Set<String> vmKeys) {
    return DisplayNames.unique(name, takenKeys, vmKeys, looks);
  }

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
      String name = unique(person, Confusables.keys(person), Set.of());
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

  /// Greek, Cyrillic, digits and capitals that look like another's letters.
  @ParameterizedTest
  @CsvSource({
    "Ann, \u0391nn",
    "Ann, \u0410nn",
    "Ann, aNN",
    "Bob, \u0412\u043Eb",
    "Bill, BiIl",
    "Oleg, 0leg",
    "Emma, Ernrna",
    "Ann, A\u0301\u0300\u0301nn"
  })
  void a_name_that_looks_like_anothers_gets_a_number(String there, String comes) {
    String name = unique(comes, Confusables.keys(there), Set.of());
    boolean alike = Confusables.alike(there, comes);
    assertThat(name).isEqualTo(alike ? comes + " 2" : comes);
    assertThat(alike).isEqualTo(!comes.contains("\u0301"));
  }

  @ParameterizedTest
  @CsvSource({
    "Podium",
    "\u03A1odium",
    "PODIUM",
    "System",
    "\u0455yst\u0435m",
    "room-l",
    "R\u03BF\u043Em-1"
  })
  void a_name_that_looks_official_is_told_apart(String wanted) {
    Set<String> vms = new HashSet<>(Confusables.keys("room-1"));
    vms.addAll(Confusables.keys("room-2"));
    String name = unique(wanted, Set.of(), vms);
    assertThat(name).isEqualTo(wanted + " (guest)");
    assertThat(unique(wanted, Confusables.keys(name), vms)).isEqualTo(wanted + " (guest) 2");
  }

  @Test
  void the_longest_name_keeps_its_number_and_is_taken_by_every_vm() {
    String longest = "x".repeat(ChatLimits.LONGEST_NAME);
    String name = unique(longest, Set.of(), Confusables.keys(longest));
    assertThat(name).isEqualTo(longest + " (guest)");
    for (int n = 0; n < 120; n++) {
      assertThat(ChatLimits.isShownName(name)).as(name).isTrue();
      name = unique(longest, Confusables.keys(name), Confusables.keys(longest));
    }
  }
}
