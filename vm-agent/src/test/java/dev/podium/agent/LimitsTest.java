package dev.podium.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What one page, one person and one address may do.
class LimitsTest {
  @RegisterExtension private final Agents agents = new Agents();

  @Test
  void frames_that_are_wrong_are_answered_and_the_socket_stays_open() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      ann.say("{\"t\":\"dance\",\"extra\":1}");
      assertThat(ann.first("error").path("code").asText()).isEqualTo("bad_frame");
      ann.say("not json");
      ann.say("{\"t\":\"say\",\"cid\":\"d1-1\",\"text\":\"" + "x".repeat(4_001) + "\"}");
      JsonNode tooLong = ann.first(frame -> frame.path("code").asText().equals("too_long"));
      assertThat(tooLong.path("cid").asText()).isEqualTo("d1-1");
      ann.say("{\"t\":\"say\",\"cid\":\"d1-2\",\"text\":\"" + "x".repeat(9_000) + "\"}");
      await().until(() -> ann.all("error").size() == 4);
      assertThat(ann.all("error").getLast().path("code").asText()).isEqualTo("too_long");
      assertThat(ann.all("error").getLast().path("cid").asText()).isEqualTo("d1-2");
      ann.say(Agents.said(3));
      ann.first("ack");
    }
  }

  @Test
  void bytes_are_no_frame_and_a_frame_that_does_not_end_ends_the_connection_alone()
      throws IOException {
    Agent a = agents.start("vm-a", 50);
    // A plain socket: the JDK's client may wait for ever for a close that it has been sent.
    try (PlainPage ann = PlainPage.join(a.port(), "Ann", "lobby");
        PageClient bob = PageClient.join(a.port(), "Bob", "lobby")) {
      ann.send(PlainPage.BINARY, new byte[] {1, 2, 3});
      assertThat(ann.first("error").path("code").asText()).isEqualTo("bad_frame");
      ann.say(Agents.said(1));
      ann.first("ack");
      ann.say("x".repeat(70_000));
      assertThat(ann.closeCode()).isIn(1006, 1009);
      bob.say(Agents.said(1));
      bob.first("ack");
    }
  }

  @Test
  void more_than_a_hundred_messages_a_minute_are_too_fast() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      IntStream.rangeClosed(1, 105).forEach(number -> ann.say(Agents.said(number)));
      JsonNode error = ann.first("error");
      assertThat(error.path("code").asText()).isEqualTo("too_fast");
      assertThat(error.path("cid").asText()).startsWith("d1-");
    }
  }

  @Test
  void the_sixth_page_of_a_person_replaces_the_first() {
    Agent a = agents.start("vm-a", 50);
    List<PageClient> pages =
        IntStream.range(0, 6).mapToObj(n -> PageClient.join(a.port(), "Ann", "lobby")).toList();
    assertThat(pages.getFirst().closeCode()).isEqualTo(4009);
    assertThat(pages.subList(1, 6)).allMatch(PageClient::isOpen);
    pages.forEach(PageClient::close);
  }

  @Test
  void a_person_with_several_pages_has_a_hundred_messages_a_minute_in_all() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient phone = PageClient.join(a.port(), "Ann", "lobby");
        PageClient laptop = PageClient.join(a.port(), "Ann", "lobby");
        PageClient bob = PageClient.join(a.port(), "Bob", "lobby")) {
      IntStream.rangeClosed(1, 100).forEach(number -> phone.say(Agents.said(number)));
      await().until(() -> phone.all("ack").size() == 100);
      IntStream.rangeClosed(101, 110).forEach(number -> laptop.say(Agents.said(number)));
      assertThat(laptop.first("error").path("code").asText()).isEqualTo("too_fast");
      bob.say(Agents.said(1));
      bob.first("ack");
      agents.ticker().leap(Duration.ofMinutes(1));
      laptop.say(Agents.said(200));
      laptop.first("ack");
    }
  }

  @Test
  void who_stops_reading_is_closed_alone_and_comes_back_to_an_honest_gap() throws Exception {
    Agent a = agents.start("vm-a", 50);
    // 16 MB: more than the sockets' buffers on both sides and the queue hold.
    int turns = 20;
    String text = "x".repeat(4_000);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby");
        PageClient bob = PageClient.join(a.port(), "Bob", "lobby")) {
      ann.pause();
      for (int turn = 1; turn <= turns; turn++) {
        int last = 200 * turn;
        IntStream.rangeClosed(last - 199, last).forEach(n -> agents.sayElsewhere(n, text));
        await().pollInterval(Duration.ofMillis(10)).until(() -> bob.all("msg").size() == last);
      }
      await().until(() -> agents.get(a.port(), "/metrics").body().contains("too_slow_total 1"));
      ann.resume();
      assertThat(ann.closeCode()).isEqualTo(4008);
      String last = ann.all("msg").getLast().path("id").asText();
      try (PageClient back = PageClient.connect(a.port(), "")) {
        back.say(
            "{\"t\":\"hello\",\"token\":\"Ann\",\"room\":\"lobby\",\"after\":\"" + last + "\"}");
        assertThat(back.first("welcome").path("recovered").asBoolean()).isFalse();
      }
      await().until(() -> agents.get(a.port(), "/metrics").body().contains("backlog_bytes 0\n"));
    }
  }

  @Test
  void a_page_that_says_nothing_is_closed_with_a_sentence() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient silent = PageClient.connect(a.port(), "")) {
      agents.ticker().leap(Duration.ofSeconds(6));
      JsonNode error = silent.first("error");
      assertThat(error.path("message").asText()).contains("within 5 seconds");
      assertThat(error.path("code").asText()).as("the page tries again").isEqualTo("unavailable");
      assertThat(silent.closeCode()).isEqualTo(4001);
    }
  }

  @Test
  void who_sends_more_than_a_hello_before_there_is_a_seat_is_closed() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient stranger = PageClient.connect(a.port(), "")) {
      stranger.trySay("{\"t\":\"hello\",\"name\":\"" + "x".repeat(20_000) + "\"}");
      assertThat(stranger.first("error").path("code").asText()).isEqualTo("too_fast");
      assertThat(stranger.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void who_said_hello_while_the_vm_stood_still_is_heard() throws Exception {
    Agent a = agents.start("vm-a", 50);
    try (PageClient ann = PageClient.connect(a.port(), "");
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), a.port())) {
      plain
          .getOutputStream()
          .write(
              ("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:" + a.port() + "\r\n\r\n")
                  .getBytes(US_ASCII));
      assertThat(plain.getInputStream().read()).isEqualTo('H');
      agents.ticker().leap(Duration.ofMinutes(1));
      // A connection that asks nothing more is closed at the tick that finds the leap.
      assertThat(plain.getInputStream().readAllBytes()).isNotEmpty();
      ann.say("{\"t\":\"hello\",\"token\":\"Ann\"}");
      ann.first("welcome");
    }
  }

  @Test
  void a_connection_stays_for_half_a_minute_after_each_request_and_no_longer() throws Exception {
    Agent a = agents.start("vm-a", 50);
    try (Socket busy = new Socket(InetAddress.getLoopbackAddress(), a.port());
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), a.port())) {
      ask(busy);
      agents.ticker().leap(Duration.ofSeconds(20));
      ask(busy);
      agents.ticker().leap(Duration.ofSeconds(20));
      assertThat(silent.getInputStream().read()).as("the look at all connections").isNegative();
      ask(busy);
      agents.ticker().leap(Duration.ofSeconds(31));
      assertThat(busy.getInputStream().read()).isNegative();
    }
  }

  private static void ask(Socket socket) throws IOException {
    socket.getOutputStream().write("HEAD / HTTP/1.1\r\nHost: vm\r\n\r\n".getBytes(US_ASCII));
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = socket.getInputStream().read();
      assertThat(next).as("after %s", head).isNotNegative();
      head.append((char) next);
    }
    assertThat(head.toString()).startsWith("HTTP/1.1 200 OK\r\n");
  }

  @Test
  void who_changes_rooms_without_end_is_told_to_wait_and_keeps_their_seat() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      IntStream.rangeClosed(1, 30)
          .forEach(n -> ann.say("{\"t\":\"hello\",\"token\":\"Ann\",\"room\":\"r" + n + "\"}"));
      assertThat(ann.first("error").path("code").asText()).isEqualTo("too_fast");
      ann.say(Agents.said(1));
      ann.first("ack");
    }
  }

  @Test
  void a_page_that_floods_is_closed() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient mallory = PageClient.join(a.port(), "Mallory", "lobby")) {
      for (int n = 0; n < 2_100 && mallory.isOpen(); n++) {
        mallory.trySay("{\"t\":\"typing\"}");
      }
      assertThat(mallory.closeCode()).isEqualTo(1008);
      assertThat(mallory.all("error").getLast().path("code").asText()).isEqualTo("too_fast");
    }
  }

  @Test
  void who_asks_on_and_takes_no_answers_is_cut_off_and_nobody_waits_for_them() throws Exception {
    Agent a = agents.start("vm-a", 50);
    // 60 MB of answers: more than the sockets' buffers on both sides hold.
    byte[] requests = "GET /app.css HTTP/1.1\r\nHost: vm\r\n\r\n".repeat(4_000).getBytes(US_ASCII);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby");
        Socket greedy = new Socket(InetAddress.getLoopbackAddress(), a.port())) {
      trySend(greedy, requests);
      // Well before a connection ends that asks nothing more.
      await().atMost(Duration.ofSeconds(15)).until(() -> !trySend(greedy, new byte[] {'G'}));
      ann.say(Agents.said(1));
      ann.first("ack");
    }
  }

  /// @return whether the connection is still there
  private static boolean trySend(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return true;
    } catch (IOException ended) {
      return false;
    }
  }
}
