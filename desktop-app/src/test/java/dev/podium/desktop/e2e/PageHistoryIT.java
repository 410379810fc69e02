package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the page shows beyond the newest messages of one room, and what it costs to load.
class PageHistoryIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long MOST_BYTES = 45 * 1024;

  /// A room of 400 messages, of which a newcomer is brought a hundred at a time.
  private static final String LONG_ROOM =
      """
      (() => {
        fakeVm.all ??= Array.from({length: 400}, (_, i) => fakeVm.message(i + 1));
        fakeVm.onolder = (socket, {before}) => {
          const at = fakeVm.all.findIndex(one => one.id === before);
          const from = Math.max(0, at - 100);
          socket.say({t: 'older', room: 'lobby', before, more: from > 0, older: from > 0,
            messages: fakeVm.all.slice(from, at)});
        };
        fakeVm.welcome(socket, fakeVm.all.slice(-100), {older: true, more: true, room: frame.room || 'lobby'});
      })()\
      """;

  /// The row at the upper edge of what is in sight.
  private static final String IN_SIGHT =
      """
      const edge = document.getElementById('scroller').getBoundingClientRect().top;
      return [...document.querySelectorAll('#messages .row')]
        .find(row => row.getBoundingClientRect().bottom > edge + 1)?.querySelector('.said')?.textContent ?? '';
      """;

  private static PodiumProcess podium;
  private static String vm;

  @BeforeAll
  static void serve() {
    podium = PodiumProcess.ready("serve", "--local");
    vm = podium.api().createReady(1, "history").getFirst();
    podium.api().pin(vm);
  }

  @AfterAll
  static void stop() {
    podium.close();
  }

  private static String address() {
    return podium.api().instance(vm).path("chatUrl").asText();
  }

  @Test
  void a_newcomer_scrolls_up_to_the_first_message_and_nothing_jumps_on_the_way() {
    try (ChatPage page = FakeVm.page(address() + "#t=anything", LONG_ROOM)) {
      await().atMost(PATIENCE).until(() -> page.messages().contains("message 400"));
      for (int turn = 0; turn < 60 && !page.messages().contains("message 1"); turn++) {
        page.run("const s = document.getElementById('scroller'); s.scrollTop -= 1500");
        page.run(twoFrames());
        Object before = page.run(IN_SIGHT);
        page.run(twoFrames());
        assertThat(page.run(IN_SIGHT)).isEqualTo(before);
      }
      assertThat(page.messages()).startsWith("message 1", "message 2");
      assertThat(page.marks()).doesNotContain("Older messages are not shown");
      assertThat(page.run("return fakeVm.heard.filter(frame => frame.t === 'older').length"))
          .isEqualTo(3L);
    }
  }

  private static String twoFrames() {
    return "return new Promise(done =>"
        + " requestAnimationFrame(() => requestAnimationFrame(() => done(0))))";
  }

  @Test
  void whoever_does_not_scroll_by_hand_asks_for_earlier_messages_by_a_button() {
    List<String> found = new ArrayList<>();
    try (ChatPage page = FakeVm.page(address() + "#t=anything", LONG_ROOM)) {
      await().atMost(PATIENCE).until(() -> page.messages().contains("message 400"));
      page.run("fakeVm.onolder = undefined; document.getElementById('scroller').scrollTop = 0");
      await()
          .atMost(PATIENCE)
          .until(
              () -> page.run("return document.querySelectorAll('.earlier button').length"),
              Long.valueOf(1)::equals);
      Viewport.check(page, "the beginning of what is here", found);
    }
    assertThat(found).isEmpty();
  }

  @Test
  void a_room_where_something_was_said_since_one_was_there_is_marked_until_one_goes_there() {
    List<String> found = new ArrayList<>();
    try (ChatPage ann = ChatPage.follow(Invites.link(podium, "Ann", "maths", vm));
        ChatPage bob = ChatPage.follow(Invites.link(podium, "Bob", "maths", vm))) {
      await().atMost(PATIENCE).until(() -> ann.connection().equals("Connected"));
      await().atMost(PATIENCE).until(() -> bob.connection().equals("Connected"));
      bob.say("first");
      await().atMost(PATIENCE).until(() -> ann.messages().equals(List.of("first")));
      room(ann, "art");
      await().atMost(PATIENCE).until(() -> ann.text("roomName").equals("art"));
      await().atMost(PATIENCE).until(() -> rooms(ann).contains("#maths|1 person there"));
      bob.say("second");
      await().atMost(PATIENCE).until(() -> rooms(ann).contains("#maths|new|1 person there"));
      await().atMost(PATIENCE).until(() -> rooms(bob).contains("#art|1 person there"));
      Viewport.check(ann, "a room with something new", found);
      ann.look(390, 844, "light");
      assertThat(ann.run("return getComputedStyle(document.getElementById('roomNews')).display"))
          .isNotEqualTo("none");
      ann.look(1100, 800, "light");
      ann.reload();
      await().atMost(PATIENCE).until(() -> rooms(ann).contains("#maths|new|1 person there"));
      room(ann, "maths");
      await().atMost(PATIENCE).until(() -> ann.messages().equals(List.of("first", "second")));
      await()
          .atMost(PATIENCE)
          .until(() -> rooms(ann).stream().noneMatch(row -> row.contains("new")));
    }
    assertThat(found).isEmpty();
  }

  private static void room(ChatPage page, String name) {
    page.run(
        "document.getElementById('otherRoom').value = '"
            + name
            + "'; document.getElementById('roomForm').requestSubmit()");
  }

  /// Each room's row, its parts apart.
  private static List<String> rooms(ChatPage page) {
    Object rows =
        page.run(
            "return [...document.querySelectorAll('#rooms button')].map(row =>"
                + " [...row.children].map(part => part.textContent.trim()).join('|')"
                + ".replace('#|', '#'))");
    return rows instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  @Test
  void the_page_is_small_on_the_wire_and_a_reload_asks_for_little() {
    try (ChatPage page = ChatPage.follow(Invites.link(podium, "Cem", "lobby", vm))) {
      await().atMost(PATIENCE).until(() -> page.connection().equals("Connected"));
      assertThat((Long) page.run(transferred("sum + entry.transferSize")))
          .isBetween(10_000L, MOST_BYTES);
      page.reload();
      await().atMost(PATIENCE).until(() -> page.connection().equals("Connected"));
      // The WebSocket is the third; the browser does not count it among these.
      assertThat((Long) page.run(transferred("sum + (entry.transferSize > 0 ? 1 : 0)")))
          .isLessThanOrEqualTo(2);
    }
  }

  private static String transferred(String add) {
    return "return ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))"
        + ".reduce((sum, entry) => "
        + add
        + ", 0)";
  }
}
