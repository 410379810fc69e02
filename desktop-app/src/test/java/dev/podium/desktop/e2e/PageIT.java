package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The chat's page itself: who can use it, what it makes of what it is told, and what it keeps.
class PageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static PodiumProcess podium;
  private static String vm;

  @BeforeAll
  static void serve() {
    podium = PodiumProcess.ready("serve", "--local");
    vm = podium.api().createReady(1, "page").getFirst();
    podium.api().pin(vm);
  }

  @AfterAll
  static void stop() {
    podium.close();
  }

  @Test
  void nobody_is_kept_out_in_any_state_at_any_size_in_either_theme() {
    List<String> found = new ArrayList<>();
    try (ChatPage page = ChatPage.visit(address())) {
      await().atMost(PATIENCE).until(() -> page.text("doorHint").contains("by an invite link"));
      Viewport.check(page, "the door of a fleet without an access code", found);
    }
    try (ChatPage page = ChatPage.visit(address() + "#c=maple")) {
      Viewport.check(page, "the door", found);
      page.click("joinButton");
      Viewport.check(page, "the door's complaint", found);
    }
    String few = "[1, 2, 3, 4].map(i => fakeVm.message(i, 'see https://example.org/' + i))";
    try (ChatPage page = withFake("fakeVm.welcome(socket, " + few + ")")) {
      page.say("on its way");
      Viewport.check(page, "the room", found);
      page.run(
          "fakeVm.sockets.at(-1).say({t: 'error', code: 'bad_frame', message: 'It is empty.',"
              + " cid: fakeVm.heard.at(-1).cid})");
      Viewport.check(page, "a message that failed", found);
      page.look(390, 844, "light");
      page.click("panelButton");
      Viewport.check(page, "rooms and people", found);
      page.run("document.getElementById('panelClose').click()");
      page.click("shareButton");
      Viewport.check(page, "the link for others", found);
      page.click("shareClose");
      page.offline(true);
      await().atMost(PATIENCE).until(() -> page.connection().equals("Offline"));
      Viewport.check(page, "offline", found);
    }
    assertThat(found).isEmpty();
  }

  @Test
  void what_looks_like_markup_stays_text() {
    List<String> attempts =
        List.of(
            "<img src=x onerror=\"window.broken=1\">",
            "<script>window.broken=1</script>",
            "\"><svg onload=window.broken=1>",
            "javascript:window.broken=1",
            "https://example.org/\"onmouseover=\"window.broken=1",
            "&lt;b&gt; &amp; ${1} {{1}}");
    String sent =
        json(attempts)
            + ".map((text, i) => ({...fakeVm.message(i, text),"
            + " from: {id: 'e' + i, name: text, instance: text}}))";
    try (ChatPage page = withFake("fakeVm.welcome(socket, " + sent + ")")) {
      await().atMost(PATIENCE).until(() -> page.messages().size() == attempts.size());
      assertThat(page.messages()).isEqualTo(attempts);
      assertThat(
              page.run(
                  "return document.querySelectorAll('#messages img, #messages script, #messages svg').length"))
          .isEqualTo(0L);
      assertThat(
              page.run(
                  "return [...document.querySelectorAll('#messages a')].map(a => a.href + ' ' + a.rel)"))
          .isEqualTo(List.of("https://example.org/ noopener noreferrer nofollow ugc"));
      assertThat(page.run("return typeof window.broken")).isEqualTo("undefined");
    }
  }

  @Test
  void a_room_of_five_thousand_messages_draws_only_what_is_in_sight() {
    try (ChatPage page =
        withFake(
            "fakeVm.welcome(socket, Array.from({length: 5000}, (_, i) => fakeVm.message(i)), {older: true})")) {
      await().atMost(PATIENCE).until(() -> page.messages().contains("message 4999"));
      assertThat(page.messages()).hasSizeLessThan(150);
      page.run(
          "document.getElementById('scroller').scrollTop = document.getElementById('scroller').scrollHeight / 2");
      await()
          .atMost(PATIENCE)
          .until(() -> page.messages().stream().anyMatch(text -> text.matches("message 2...")));
      page.run("document.getElementById('scroller').scrollTop = 0");
      await().atMost(PATIENCE).until(() -> page.messages().contains("message 1"));
      assertThat(page.marks()).contains("Older messages are not shown");
      assertThat(page.messages()).hasSizeLessThan(150);
      page.run("fakeVm.sockets.at(-1).say(fakeVm.message(5000))");
      await().atMost(PATIENCE).until(() -> page.text("newerText").equals("1 new message"));
      assertThat(page.messages()).contains("message 2").doesNotContain("message 5000");
      page.click("newer");
      await().atMost(PATIENCE).until(() -> page.messages().contains("message 5000"));
      assertThat(page.marks()).contains("New");
    }
  }

  @Test
  void a_gap_is_said_and_a_closed_page_says_why_and_what_to_do() {
    try (ChatPage page =
        withFake(
            "fakeVm.welcome(socket, frame.after ? [fakeVm.message(90)] : [fakeVm.message(1)], {recovered: !frame.after})")) {
      await().atMost(PATIENCE).until(() -> page.messages().equals(List.of("message 1")));
      page.run("fakeVm.sockets.at(-1).close(4008)");
      await()
          .atMost(PATIENCE)
          .until(() -> page.messages().equals(List.of("message 1", "message 90")));
      assertThat(page.marks()).contains("Some messages are missing here");

      page.run("fakeVm.sockets.at(-1).close(4009)");
      await().atMost(PATIENCE).until(() -> page.banner().isPresent());
      assertThat(page.banner().orElseThrow()).contains("too many places").contains("Use it here");

      page.run(
          "fakeVm.onhello = socket => socket.say({t: 'error', code: 'bad_token', message: 'This invite has ended.'})");
      page.click("bannerButton");
      await()
          .atMost(PATIENCE)
          .until(() -> page.banner().orElse("").contains("This invite has ended."));
      assertThat(page.banner().orElseThrow()).contains("Ask your host for a new link");
      assertThat(page.messages()).contains("message 1", "message 90");
    }
  }

  @Test
  void the_qr_code_is_the_link_for_others_and_holds_no_invite() {
    try (ChatPage page = ChatPage.follow(Invites.link(podium, "Ann", "week 3", vm))) {
      // The invite's room is known once the VM has let them in.
      await().atMost(PATIENCE).until(() -> page.connection().equals("Connected"));
      page.click("shareButton");
      String link = Qr.read(page.picture("shareCode"));
      assertThat(link).isEqualTo(address() + "join?room=week+3").isEqualTo(page.text("shareLink"));
    }
  }

  @Test
  void what_was_not_sent_and_what_was_begun_survive_a_reload() {
    try (ChatPage page = withFake("fakeVm.welcome(socket, [])")) {
      page.say("sent, never acknowledged");
      page.type("begun");
      page.reload();
      await().atMost(PATIENCE).until(() -> page.draft().equals("begun"));
      assertThat(page.waiting()).isEqualTo(1);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(
                      page.run("return fakeVm.heard.filter(f => f.t === 'say').map(f => f.text)"))
                  .asInstanceOf(InstanceOfAssertFactories.LIST)
                  .contains("sent, never acknowledged"));
    }
  }

  @Test
  void in_forced_colours_the_qr_code_can_be_read_and_every_button_has_an_edge() {
    try (ChatPage page = withFake("fakeVm.welcome(socket, [])")) {
      await().atMost(PATIENCE).until(() -> page.connection().equals("Connected"));
      page.forcedColours();
      assertThat(page.run("return matchMedia('(forced-colors: active)').matches")).isEqualTo(true);
      String bare =
          "return [...document.querySelectorAll('button')]"
              + ".filter(one => one.offsetWidth > 0 && getComputedStyle(one).borderTopWidth === '0px')"
              + ".map(one => one.id || one.textContent)";
      assertThat(page.run(bare)).isEqualTo(List.of());
      page.click("shareButton");
      assertThat(page.run(bare)).isEqualTo(List.of());
      assertThat(Qr.read(page.picture("shareCode"))).isEqualTo(address() + "join?room=lobby");
    }
  }

  /// @param welcome what the VM says to a hello, as a script
  private static ChatPage withFake(String welcome) {
    return FakeVm.page(address() + "#t=anything", welcome);
  }

  private static String address() {
    return podium.api().instance(vm).path("chatUrl").asText();
  }

  private static String json(List<String> texts) {
    return "["
        + String.join(
            ",", texts.stream().map(text -> "\"" + text.replace("\"", "\\\"") + "\"").toList())
        + "]";
  }
}
