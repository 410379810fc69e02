package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The page in the states that a person meets rarely, and what those hear and see who read from the
/// right, or do not see.
class PageStatesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String BAD_ROOM =
      "socket.say({t: 'error', code: 'bad_frame', message: 'No such name.'})";

  private static final String UNSHOWN = "One message could not be shown.";

  private static PodiumProcess podium;
  private static String vm;

  @BeforeAll
  static void serve() {
    podium = PodiumProcess.ready("serve", "--local");
    Api.Answer made =
        podium
            .api()
            .post("v1/instances?wait=ready", "{\"count\":1,\"namePrefix\":\"states\",\"seats\":1}");
    vm = made.body().path("instances").path(0).path("name").asText();
    podium.api().pin(vm);
  }

  @AfterAll
  static void stop() {
    podium.close();
  }

  @Test
  void the_marks_in_a_room_keep_nobody_out() {
    List<String> found = new ArrayList<>();
    String past = "[fakeVm.message(1), fakeVm.message(2, 'long '.repeat(400))]";
    try (ChatPage page = withFake("fakeVm.welcome(socket, " + past + ", {older: true})")) {
      await().atMost(PATIENCE).until(() -> page.messages().size() == 2);
      page.run(
          "fakeVm.onhello = socket => fakeVm.welcome(socket, [fakeVm.message(9, 'שלום')],"
              + " {recovered: false}); fakeVm.sockets.at(-1).close(4008)");
      await().atMost(PATIENCE).until(() -> page.messages().size() == 3);
      // Out of sight, so that the mark of the unread stays while they are looked at.
      page.run("Object.defineProperty(document, 'hidden', {value: true})");
      page.run("fakeVm.sockets.at(-1).say(fakeVm.message(10))");
      await().atMost(PATIENCE).until(() -> page.messages().size() == 4);
      assertThat(page.marks())
          .contains("Older messages are not shown", "Some messages are missing here", "New");
      page.run("document.getElementById('scroller').scrollTop = 0");
      Viewport.check(page, "marks", found);
    }
    assertThat(found).isEmpty();
  }

  @Test
  void a_message_that_cannot_be_shown_is_told_in_its_place_and_all_behind_it_is_shown() {
    List<String> found = new ArrayList<>();
    String odd =
        "{...fakeVm.message(2), at: '+1000000000-12-31T23:59:59Z'},"
            + " {...fakeVm.message(3), text: 'x'.repeat(60000)}, null";
    String past = "[fakeVm.message(1), " + odd + ", fakeVm.message(4)]";
    try (ChatPage page = withFake("fakeVm.welcome(socket, " + past + ", {peers: [null, {}]})")) {
      await()
          .atMost(PATIENCE)
          .until(() -> page.messages().equals(List.of("message 1", "message 4")));
      page.run(
          "const vm = fakeVm.sockets.at(-1);"
              + " vm.say({t: 'members', members: [null, 7, {name: {}}]});"
              + " vm.say({t: 'msg', id: '5', from: null}); vm.say(fakeVm.message(6))");
      await().atMost(PATIENCE).until(() -> page.messages().getLast().equals("message 6"));
      assertThat(
              page.run(
                  "return [...document.querySelectorAll('#messages li')].map(row =>"
                      + " (row.querySelector('.said') ?? row).textContent)"))
          .isEqualTo(
              List.of("message 1", UNSHOWN, UNSHOWN, UNSHOWN, "message 4", UNSHOWN, "message 6"));
      assertThat(page.connection()).isEqualTo("Connected");
      await()
          .atMost(PATIENCE)
          .until(
              () -> page.run("return document.getElementById('spoken').textContent"),
              words -> words.equals(UNSHOWN + ". Person 2: message 6"));
      Viewport.check(page, "messages that cannot be shown", found);
    }
    assertThat(found).isEmpty();
  }

  @Test
  void whose_access_code_was_changed_is_asked_for_it_and_finds_all_they_wrote() {
    List<String> found = new ArrayList<>();
    String bad = "socket.say({t: 'error', code: 'bad_code', message: 'It was changed.'})";
    try (ChatPage page = joined("lobby", "maple")) {
      await().atMost(PATIENCE).until(() -> page.connection().equals("Connected"));
      page.say("on its way");
      page.type("a draft");
      page.run(
          "fakeVm.onhello = (socket, frame) => { if (frame.code === 'oak') { fakeVm.welcome(socket,"
              + " []) } else { "
              + bad
              + "; socket.close(4001) } }; const socket = fakeVm.sockets.at(-1); "
              + bad
              + "; socket.close(4001)");
      await().atMost(PATIENCE).until(() -> page.banner().orElse("").contains("Enter the code"));
      assertThat(page.banner().orElseThrow())
          .contains("It was changed.", "What you wrote is kept in this tab.");
      Viewport.check(page, "an access code that was changed", found);
      page.look(1100, 800, "light");
      page.click("bannerButton");
      assertThat(page.problem()).isEqualTo("It was changed.");
      assertThat(page.run("return document.activeElement.id")).isEqualTo("codeInput");
      Viewport.check(page, "the door after that", found);
      page.run("document.getElementById('codeInput').value = 'oak'");
      page.click("joinButton");
      await().atMost(PATIENCE).until(() -> page.connection().equals("Connected"));
      assertThat(page.draft()).isEqualTo("a draft");
      assertThat(
              page.run(
                  "const hellos = fakeVm.heard.filter(frame => frame.t === 'hello');"
                      + " return new Set(hellos.map(hello => hello.device + hello.name)).size"))
          .isEqualTo(1L);
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  page.run(
                      "const last = fakeVm.heard.findLastIndex(frame => frame.t === 'hello');"
                          + " return fakeVm.heard.slice(last).map(frame => frame.text ?? '').join('')"),
              "on its way"::equals);
    }
    assertThat(found).isEmpty();
  }

  @Test
  void what_is_refused_too_long_or_empty_keeps_nobody_out() {
    List<String> found = new ArrayList<>();
    try (ChatPage page = withFake("fakeVm.welcome(socket, [])")) {
      await().atMost(PATIENCE).until(() -> page.text("empty").contains("It is quiet here"));
      Viewport.check(page, "an empty room", found);
      page.run(
          "const text = document.getElementById('text'); text.value = 'x'.repeat(4001);"
              + " text.dispatchEvent(new Event('input'))");
      assertThat(page.text("tooLong")).contains("4,001 characters");
      Viewport.check(page, "a text that is too long", found);
      page.run(
          "fakeVm.sockets.at(-1).say({t: 'error', code: 'bad_token', message: 'It was taken back.'})");
      await().atMost(PATIENCE).until(() -> page.banner().orElse("").contains("Join again"));
      Viewport.check(page, "refused", found);
    }
    assertThat(found).isEmpty();
  }

  @Test
  void the_wait_for_a_seat_keeps_nobody_out() {
    List<String> found = new ArrayList<>();
    try (ChatPage ann = ChatPage.follow(Invites.link(podium, "Ann", "lobby", vm))) {
      await().atMost(PATIENCE).until(() -> ann.connection().equals("Connected"));
      String answer = "{json: async () => ({waiting: 3})}";
      try (ChatPage bob =
          ChatPage.visitWith("window.fetch = async () => (" + answer + ")", address() + "join")) {
        await().atMost(PATIENCE).until(() -> bob.text("waited").contains("with 2 others"));
        assertThat(bob.run("return location.hash")).isEqualTo("");
        assertThat(bob.text("news")).isEqualTo("Waiting for a seat. More room was asked for.");
        Viewport.check(bob, "the waiting page", found);
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void who_is_sent_to_the_door_can_use_it_whatever_was_open() {
    try (ChatPage page = withFake("0")) {
      page.click("shareButton");
      page.run(
          "fakeVm.sockets.at(-1).say({t: 'error', code: 'bad_token', message: 'It has ended.'})");
      assertThat(page.problem()).isEqualTo("It has ended.");
      page.click("joinButton");
      await().atMost(PATIENCE).until(() -> page.problem().equals("Enter your name first."));
    }
  }

  @Test
  void who_asks_for_a_room_that_can_not_be_mends_its_name_and_comes_in_by_the_same_invite() {
    List<String> found = new ArrayList<>();
    try (ChatPage page = FakeVm.page(address() + "?room=a%2Fb#t=anything", BAD_ROOM)) {
      assertThat(page.problem()).isEqualTo("No such name.");
      assertThat(page.run("return document.querySelector('[aria-invalid]').id"))
          .isEqualTo("roomInput");
      Viewport.check(page, "a room that can not be", found);
      page.run(
          "fakeVm.onhello = socket => fakeVm.welcome(socket, []);"
              + " document.getElementById('roomInput').value = 'lobby'");
      page.click("joinButton");
      await().atMost(PATIENCE).until(() -> page.connection().equals("Connected"));
      assertThat(page.run("return fakeVm.heard.at(-1).token")).isEqualTo("anything");
    }
    assertThat(found).isEmpty();
  }

  @Test
  void who_brought_a_code_keeps_it_when_the_room_can_not_be() {
    try (ChatPage page = FakeVm.page(address() + "?room=a%2Fb#c=maple", BAD_ROOM)) {
      page.run("document.getElementById('nameInput').value = 'Ann'");
      page.click("joinButton");
      assertThat(page.problem()).isEqualTo("No such name.");
      assertThat(
              page.run(
                  "return ['codeInput', 'roomInput'].map(id => document.getElementById(id).value)"))
          .isEqualTo(List.of("maple", "a/b"));
    }
  }

  @Test
  void a_room_of_the_longest_name_has_a_qr_code_and_a_link_that_is_longer_is_shown_alone() {
    String room = "語".repeat(40);
    try (ChatPage page = joined(room, "maple and oak and ash and elm")) {
      page.click("shareButton");
      assertThat(Qr.read(page.picture("shareCode"))).endsWith("#c=maple+and+oak+and+ash+and+elm");
      assertThat(page.text("shareLink")).isEqualTo(address() + "join?room=" + room);
    }
    List<String> found = new ArrayList<>();
    try (ChatPage page = joined(room, "語".repeat(100))) {
      page.click("shareButton");
      assertThat(page.text("shareNote")).contains("too long for a QR code");
      assertThat(page.text("shareLink")).isEqualTo(address() + "join?room=" + room);
      Viewport.check(page, "a link without a QR code", found);
    }
    assertThat(found).isEmpty();
  }

  @Test
  void a_room_that_can_not_be_is_told_where_it_was_typed_and_stays_there_to_be_mended() {
    List<String> found = new ArrayList<>();
    try (ChatPage page = withFake("fakeVm.welcome(socket, [], {room: frame.room ?? 'lobby'})")) {
      await().atMost(PATIENCE).until(() -> page.connection().equals("Connected"));
      String submit = "document.getElementById('roomForm').requestSubmit()";
      page.run("document.getElementById('otherRoom').value = 'a/b';" + submit);
      assertThat(page.text("roomError")).contains("letters, digits, spaces");
      assertThat(page.run("return document.getElementById('otherRoom').value")).isEqualTo("a/b");
      Viewport.check(page, "a room's name that can not be", found);
      page.run("document.getElementById('otherRoom').value = 'ab';" + submit);
      await().atMost(PATIENCE).until(() -> page.text("roomName").equals("ab"));
      assertThat(page.banner()).isEmpty();
    }
    assertThat(found).isEmpty();
  }

  @Test
  void leaving_is_asked_for_twice_and_nothing_can_be_sent_while_nothing_is_written() {
    try (ChatPage page = withFake("fakeVm.welcome(socket, [])")) {
      await().atMost(PATIENCE).until(() -> page.connection().equals("Connected"));
      String idle = "return document.getElementById('send').disabled";
      assertThat(page.run(idle)).isEqualTo(true);
      page.type("x");
      assertThat(page.run(idle)).isEqualTo(false);
      page.click("leave");
      assertThat(page.text("leave")).contains("Press again");
      assertThat(page.connection()).isEqualTo("Connected");
      page.click("leave");
      await().atMost(PATIENCE).until(() -> !page.text("doorHint").isBlank());
    }
  }

  @Test
  void a_message_waits_no_more_once_the_invite_was_taken_back() {
    try (ChatPage page = withFake("fakeVm.welcome(socket, [])")) {
      page.say("kept");
      page.run(
          "const socket = fakeVm.sockets.at(-1); socket.say({t: 'error', code: 'bad_token',"
              + " message: 'It was taken back.'}); socket.close(4001)");
      await()
          .atMost(PATIENCE)
          .until(
              () -> page.run("return document.querySelector('#pending .note').textContent"),
              "Not sent. It is kept in this tab."::equals);
    }
  }

  @Test
  void each_room_keeps_its_messages_and_continues_where_it_was_left() {
    String answer =
        "fakeVm.welcome(socket, frame.after ? [fakeVm.message(7)] : frame.room === 'other'"
            + " ? [fakeVm.message(5)] : [fakeVm.message(1)], {room: frame.room ?? 'lobby'})";
    try (ChatPage page = withFake(answer)) {
      await().atMost(PATIENCE).until(() -> page.messages().equals(List.of("message 1")));
      page.type("for the lobby");
      page.run(
          "document.getElementById('otherRoom').value = 'Other';"
              + " document.getElementById('roomForm').requestSubmit()");
      await().atMost(PATIENCE).until(() -> page.messages().equals(List.of("message 5")));
      assertThat(page.draft()).isEmpty();
      assertThat(page.text("roomName")).isEqualTo("other");
      page.run("document.querySelector('#rooms button:not([aria-current])').click()");
      await()
          .atMost(PATIENCE)
          .until(() -> page.messages().equals(List.of("message 1", "message 7")));
      assertThat(page.run("return fakeVm.heard.at(-1).after")).isEqualTo("1");
      assertThat(page.draft()).isEqualTo("for the lobby");
      assertThat(
              page.run(
                  "return [...document.querySelectorAll('#rooms button')].map(b => b.textContent +"
                      + " (b.ariaCurrent ?? ''))"))
          .isEqualTo(List.of("#lobbytrue", "#other"));
    }
  }

  @Test
  void the_people_of_a_room_are_listed_with_oneself_first_and_counted_where_they_are_too_many() {
    String members = "['Zoe', 'Me', 'Bob'].map(name => ({id: name, name, instance: 'vm-1'}))";
    String you = "you: {id: 'Me', name: 'Me'}";
    try (ChatPage page =
        withFake("fakeVm.welcome(socket, [], {" + you + ", members: " + members + ", count: 5})")) {
      await()
          .atMost(PATIENCE)
          .until(
              () -> page.run("return document.getElementById('peopleCount').textContent"),
              "5"::equals);
      assertThat(
              page.run(
                  "return [...document.querySelectorAll('#people li')].map(li =>"
                      + " (li.querySelector('.name') ?? li).textContent)"))
          .isEqualTo(List.of("Me (you)", "Bob", "Zoe", "and 2 more"));
    }
  }

  @Test
  void a_text_is_read_in_its_own_direction_and_a_long_one_is_unfolded_on_demand() {
    String said = "[fakeVm.message(1, 'שלום לכולם'), fakeVm.message(2, 'x\\n'.repeat(40))]";
    try (ChatPage page = withFake("fakeVm.welcome(socket, " + said + ")")) {
      await().atMost(PATIENCE).until(() -> page.messages().size() == 2);
      assertThat(
              page.run(
                  "return [...document.querySelectorAll('.said')].map(said => getComputedStyle(said).direction)"))
          .isEqualTo(List.of("rtl", "ltr"));
      String folded =
          "return document.querySelectorAll('.said.folded').length + ' ' +"
              + " document.querySelector('.more').textContent";
      assertThat(page.run(folded)).isEqualTo("1 Show all");
      page.run("document.querySelector('.more').click()");
      assertThat(page.run(folded)).isEqualTo("0 Show less");
      assertThat(page.run("return document.querySelector('.more').ariaExpanded")).isEqualTo("true");
    }
  }

  @Test
  void who_listens_is_read_a_few_messages_and_told_of_many() {
    String spoken = "return document.getElementById('spoken').textContent";
    try (ChatPage page = withFake("fakeVm.welcome(socket, [fakeVm.message(1)])")) {
      await().atMost(PATIENCE).until(() -> page.messages().size() == 1);
      assertThat(page.run(spoken)).isEqualTo("");
      page.run("fakeVm.sockets.at(-1).say(fakeVm.message(3, 'hello'))");
      await().atMost(PATIENCE).until(() -> page.run(spoken), "Person 1: hello"::equals);
      page.run("[4, 5, 6, 7].forEach(number => fakeVm.sockets.at(-1).say(fakeVm.message(number)))");
      await().atMost(PATIENCE).until(() -> page.run(spoken), "4 new messages"::equals);
    }
  }

  private static ChatPage joined(String room, String code) {
    ChatPage page =
        FakeVm.page(
            address() + "#room=" + room + "&c=" + code.replace(' ', '+'),
            "fakeVm.welcome(socket, [], {room: frame.room})");
    page.run("document.getElementById('nameInput').value = 'Ann'");
    page.click("joinButton");
    return page;
  }

  /// @param welcome what the VM says to a hello, as a script
  private static ChatPage withFake(String welcome) {
    return FakeVm.page(address() + "#t=anything", welcome);
  }

  private static String address() {
    return podium.api().instance(vm).path("chatUrl").asText();
  }
}
