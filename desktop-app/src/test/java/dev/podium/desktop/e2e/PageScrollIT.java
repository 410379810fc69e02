package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who is at the end of a room stays there, whatever takes the place away from the messages.
class PageScrollIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// A multiple of the six ways in which a round goes.
  private static final String ROUNDS = "24";

  private static final String COMPOSER =
      """
      const text = document.getElementById('text');
      text.value = round % 2 ? '' : 'line\\n'.repeat(9);
      text.dispatchEvent(new Event('input'));
      """;

  private static final String KEYBOARD =
      """
      document.documentElement.style.setProperty('--sight', round % 2 ? '844px' : '480px');
      """;

  private static final String TEXT =
      """
      document.documentElement.style.fontSize = round % 2 ? '' : '200%';
      """;

  /// What takes the place away from the messages, one at a time and all at once.
  static final List<String> CHANGES = List.of(COMPOSER, KEYBOARD, TEXT, KEYBOARD + TEXT + COMPOSER);

  /// What the VM welcomes with.
  static final String LONG_ROOM =
      "fakeVm.welcome(socket, Array.from({length: 60}, (_, i) => fakeVm.message(i)))";

  private static PodiumProcess podium;
  private static String address;

  @BeforeAll
  static void serve() {
    podium = PodiumProcess.ready("serve", "--local");
    String vm = podium.api().createReady(1, "scroll").getFirst();
    podium.api().pin(vm);
    address = podium.api().instance(vm).path("chatUrl").asText();
  }

  @AfterAll
  static void stop() {
    podium.close();
  }

  @Test
  void the_end_stays_in_sight_when_the_composer_grows_while_messages_arrive() {
    assertLostIn(COMPOSER);
  }

  @Test
  void the_end_stays_in_sight_when_a_keyboard_opens_while_messages_arrive() {
    assertLostIn(KEYBOARD);
  }

  @Test
  void the_end_stays_in_sight_when_text_is_enlarged() {
    assertLostIn(TEXT);
  }

  @Test
  void the_end_stays_in_sight_when_all_of_that_happens_at_once() {
    assertLostIn(KEYBOARD + TEXT + COMPOSER);
  }

  @Test
  void who_went_up_stays_there_when_the_keyboard_opens() {
    try (ChatPage page = room()) {
      page.run(
          "const s = document.getElementById('scroller');"
              + " s.scrollTop = s.scrollHeight / 2; s.dispatchEvent(new Event('scroll'))");
      page.run("document.documentElement.style.setProperty('--sight', '480px')");
      page.run("fakeVm.sockets.at(-1).say(fakeVm.message(900))");
      await().atMost(PATIENCE).until(() -> page.text("newerText").equals("1 new message"));
      assertThat(page.messages()).doesNotContain("message 900");
    }
  }

  private static void assertLostIn(String change) {
    try (ChatPage page = room()) {
      assertThat(page.run(roundsOf(change))).as("rounds in which the end was lost").isEqualTo(0L);
    }
  }

  /// A script that counts the rounds in which the end was lost. In each a message arrives, and the
  /// layout changes: before the browser tells that it scrolled, in the frame after it, or there and
  /// with another message on its heels.
  static String roundsOf(String change) {
    return """
    const frame = () => new Promise(done => requestAnimationFrame(done));
    const scroller = document.getElementById('scroller');
    return (async () => {
      let lost = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const way = (round >> 1) % 3;
        fakeVm.sockets.at(-1).say(fakeVm.message(100 + round));
        if (way > 0) await frame();
        CHANGE
        if (way > 1) fakeVm.sockets.at(-1).say(fakeVm.message(200 + round));
        for (let i = 0; i < 4; i++) await frame();
        if (scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight > 2) lost++;
      }
      return lost;
    })();
    """
        .replace("ROUNDS", ROUNDS)
        .replace("CHANGE", change);
  }

  private static ChatPage room() {
    ChatPage page = FakeVm.page(address + "#t=anything", LONG_ROOM);
    page.look(390, 844, "light");
    await().atMost(PATIENCE).until(() -> page.messages().contains("message 59"));
    return page;
  }
}
