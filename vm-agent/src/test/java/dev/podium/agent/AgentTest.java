package dev.podium.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.agent.duty.AgentSettings;
import dev.podium.agent.web.ChatError;
import dev.podium.agent.web.Gate;
import dev.podium.agent.web.Gate.Credentials;
import dev.podium.agent.web.Gate.Decision;
import dev.podium.core.chat.FleetTopics;
import dev.podium.core.chat.Pulse;
import dev.podium.core.chat.PulseCodec;
import dev.podium.core.cloud.MessageBus;
import dev.podium.core.cloud.Ticker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whole agents on real sockets; only Pub/Sub is in memory.
class AgentTest {
  private static final FleetTopics TOPICS = new FleetTopics("class-a");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final MemoryBus bus = new MemoryBus();
  private final List<Agent> agents = new ArrayList<>();

  /// Everybody is who their token says; `forged` is nobody, and `only` stays on one VM.
  private static Decision gate(Credentials shown) {
    return shown instanceof Credentials.Token(String token) && !token.equals("forged")
        ? new Decision.Admitted("p-" + token, token, Optional.empty(), token.equals("only"))
        : new Decision.Refused(
            shown instanceof Credentials.Code ? ChatError.BAD_CODE : ChatError.BAD_TOKEN,
            "This invite's signature is wrong.");
  }

  private Agent start(String name, int seats) {
    Gate gate = AgentTest::gate;
    Agent agent =
        new Agent(
            new AgentSettings(
                "p",
                name,
                "7",
                "class-a",
                "127.0.0.1",
                "127.0.0.1",
                0,
                seats,
                Duration.ofSeconds(1)),
            () -> bus,
            gate,
            Duration.ofMillis(20),
            Ticker.system());
    agents.add(agent);
    agent.ready().orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
    return agent;
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String said(int number) {
    return "{\"t\":\"say\",\"cid\":\"d1-" + number + "\",\"text\":\"m" + number + "\"}";
  }

  @AfterEach
  void stop() {
    agents.forEach(Agent::close);
    assertThat(bus.subscriptions()).isZero();
  }

  @Test
  void people_on_two_vms_see_the_same_messages_in_the_same_order_each_once() {
    Agent a = start("vm-a", 50);
    Agent b = start("vm-b", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby");
        PageClient bob = PageClient.join(b.port(), "Bob", "lobby")) {
      IntStream.rangeClosed(1, 40)
          .forEach(
              number -> {
                ann.say(said(number));
                bob.say(said(100 + number));
              });
      await().until(() -> ann.all("msg").size() >= 80 && bob.all("msg").size() >= 80);
      assertThat(ann.texts()).isEqualTo(bob.texts()).hasSize(80).doesNotHaveDuplicates();
      await().until(() -> ann.all("ack").size() == 40 && bob.all("ack").size() == 40);
    }
  }

  @Test
  void a_message_said_again_is_acknowledged_again_and_shown_once() {
    Agent a = start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      ann.say(said(1));
      JsonNode message = ann.first("msg");
      ann.say(said(1));
      await().until(() -> ann.all("ack").size() == 2);
      assertThat(ann.all("ack"))
          .extracting(ack -> ack.path("id").asText())
          .containsOnly(message.path("id").asText());
      ann.say(said(2));
      ann.first(frame -> frame.path("text").asText().equals("m2"));
      assertThat(ann.texts()).containsExactly("m1", "m2");
    }
  }

  @Test
  void after_publish_errors_everything_is_published_in_the_order_it_was_said() {
    Agent a = start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      bus.failNext(3);
      IntStream.rangeClosed(1, 20).forEach(number -> ann.say(said(number)));
      await().until(() -> ann.all("ack").size() == 20 && ann.texts().size() == 20);
      assertThat(ann.texts())
          .isEqualTo(IntStream.rangeClosed(1, 20).mapToObj(number -> "m" + number).toList());
    }
  }

  @Test
  void who_comes_back_on_another_vm_gets_what_they_missed() {
    Agent a = start("vm-a", 50);
    String last;
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      ann.say(said(1));
      last = ann.first("msg").path("id").asText();
      ann.say(said(2));
      await().until(() -> ann.all("ack").size() == 2);
    }
    Agent late = start("vm-late", 50); // Its history is rebuilt from the topic.
    try (PageClient ann = PageClient.connect(late.port(), "")) {
      ann.say("{\"t\":\"hello\",\"token\":\"Ann\",\"room\":\"lobby\",\"after\":\"" + last + "\"}");
      JsonNode welcome = ann.first("welcome");
      assertThat(welcome.path("recovered").asBoolean()).isTrue();
      assertThat(ann.texts()).containsExactly("m2");
    }
    try (PageClient ann = PageClient.connect(late.port(), "")) {
      ann.say("{\"t\":\"hello\",\"token\":\"Ann\",\"room\":\"lobby\",\"after\":\"unknown\"}");
      assertThat(ann.first("welcome").path("recovered").asBoolean()).isFalse();
      assertThat(ann.texts()).containsExactly("m1", "m2");
    }
  }

  @Test
  void a_forged_invite_is_refused_with_a_sentence_and_4001() {
    Agent a = start("vm-a", 50);
    try (PageClient mallory = PageClient.connect(a.port(), "")) {
      mallory.say("{\"t\":\"hello\",\"token\":\"forged\"}");
      assertThat(mallory.first("error").path("code").asText()).isEqualTo("bad_token");
      assertThat(mallory.first("error").path("message").asText()).contains("signature");
      assertThat(mallory.closeCode()).isEqualTo(4001);
    }
  }

  @Test
  void who_tries_codes_is_told_to_wait_and_the_invited_behind_the_same_router_get_in() {
    Agent a = start("vm-a", 500);
    List<PageClient> pupils =
        IntStream.range(0, 60).mapToObj(n -> PageClient.join(a.port(), "P" + n, "lobby")).toList();
    for (int attempt = 0; attempt < 20; attempt++) {
      try (PageClient mallory = PageClient.connect(a.port(), "")) {
        mallory.say("{\"t\":\"hello\",\"code\":\"guess\"}");
        assertThat(mallory.first("error").path("code").asText()).isEqualTo("bad_code");
      }
    }
    try (PageClient mallory = PageClient.connect(a.port(), "")) {
      mallory.say("{\"t\":\"hello\",\"code\":\"guess\"}");
      assertThat(mallory.first("error").path("code").asText()).isEqualTo("too_fast");
    }
    PageClient.join(a.port(), "Ann", "lobby").close();
    pupils.forEach(PageClient::close);
  }

  @Test
  void pages_of_other_sites_are_kept_out_and_pages_of_the_fleet_come_in() {
    Agent a = start("vm-a", 50);
    Agent b = start("vm-b", 50);
    Assertions.assertThatThrownBy(() -> PageClient.connect(a.port(), "http://evil.example"))
        .isInstanceOf(CompletionException.class)
        .hasStackTraceContaining("status code 403");
    await()
        .untilAsserted(() -> PageClient.connect(a.port(), "http://127.0.0.1:" + b.port()).close());
    PageClient.connect(a.port(), "http://localhost:" + a.port()).close();
    // A VM that was gone before this one began; its people look for another.
    PageClient.connect(a.port(), "http://203.0.113.9:8080").close();
    for (String foreign :
        List.of("https://203.0.113.9", "null", "http://203.0.113.9.evil.example")) {
      Assertions.assertThatThrownBy(() -> PageClient.connect(a.port(), foreign))
          .hasStackTraceContaining("status code 403");
    }
  }

  @Test
  void frames_that_are_wrong_are_answered_and_the_socket_stays_open() {
    Agent a = start("vm-a", 50);
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
      ann.say(said(3));
      ann.first("ack");
    }
  }

  @Test
  void who_asks_for_a_room_that_can_not_be_keeps_the_one_they_have() {
    Agent a = start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby");
        PageClient bob = PageClient.join(a.port(), "Bob", "lobby")) {
      ann.say("{\"t\":\"hello\",\"token\":\"Ann\",\"room\":\"<>\"}");
      assertThat(ann.first("error").path("message").asText()).contains("room's name");
      ann.say("{\"t\":\"hello\",\"token\":\"forged\",\"room\":\"other\"}");
      await().until(() -> ann.all("error").size() == 2);
      bob.say(said(1));
      ann.say(said(2));
      await().until(() -> ann.texts().size() == 2 && bob.texts().size() == 2);
      assertThat(names(bob.all("members").getLast())).containsKey("Ann");
    }
    try (PageClient carol = PageClient.connect(a.port(), "")) {
      carol.say("{\"t\":\"hello\",\"token\":\"Carol\",\"room\":\"<>\"}");
      assertThat(carol.first("error").path("code").asText()).isEqualTo("bad_frame");
      assertThat(carol.closeCode()).isEqualTo(4001);
    }
  }

  @Test
  void people_of_a_full_vm_change_rooms_and_strangers_do_not_get_in_as_returning() {
    Agent a = start("vm-a", 1);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby");
        PageClient bob = PageClient.connect(a.port(), "")) {
      bob.say("{\"t\":\"hello\",\"token\":\"Bob\",\"after\":\"17\"}"); // Comes from another VM.
      bob.first("welcome");
      ann.say("{\"t\":\"hello\",\"token\":\"Ann\",\"room\":\"other\"}");
      ann.first(
          f -> f.path("t").asText().equals("welcome") && f.path("room").asText().equals("other"));
      await().until(() -> !names(bob.all("members").getLast()).containsKey("Ann"));
      bob.say("{\"t\":\"bye\"}");
      assertThat(bob.closeCode()).isEqualTo(1000);
      try (PageClient carol = PageClient.connect(a.port(), "")) {
        carol.say("{\"t\":\"hello\",\"token\":\"Carol\",\"after\":\"\"}");
        assertThat(carol.first("error").path("code").asText()).isEqualTo("full");
      }
    }
  }

  @Test
  void whose_invite_is_for_one_vm_is_sent_to_no_other() {
    Agent a = start("vm-a", 50);
    Agent b = start("vm-b", 50);
    try (PageClient only = PageClient.join(a.port(), "only", "lobby");
        PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      ann.first(frame -> frame.path("peers").findValuesAsText("instance").contains("vm-b"));
      PageClient again = PageClient.join(a.port(), "only", "lobby");
      pulse(new Pulse.DrainRequest("d1", "vm-a", true));
      assertThat(ann.first("moved").path("url").asText()).contains(":" + b.port() + "/");
      only.say("{\"t\":\"dance\"}");
      only.first("error"); // Whatever was sent before has come.
      assertThat(only.all("moved")).isEmpty();
      assertThat(only.all("peers")).isEmpty();
      assertThat(again.first("welcome").path("peers")).isEmpty();
      again.close();
    }
  }

  @Test
  void more_than_a_hundred_messages_a_minute_are_too_fast() {
    Agent a = start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      IntStream.rangeClosed(1, 105).forEach(number -> ann.say(said(number)));
      JsonNode error = ann.first("error");
      assertThat(error.path("code").asText()).isEqualTo("too_fast");
      assertThat(error.path("cid").asText()).startsWith("d1-");
    }
  }

  @Test
  void the_sixth_page_of_a_person_replaces_the_first() {
    Agent a = start("vm-a", 50);
    List<PageClient> pages =
        IntStream.range(0, 6).mapToObj(n -> PageClient.join(a.port(), "Ann", "lobby")).toList();
    assertThat(pages.getFirst().closeCode()).isEqualTo(4009);
    assertThat(pages.subList(1, 6)).allMatch(PageClient::isOpen);
    pages.forEach(PageClient::close);
  }

  @Test
  void everybody_sees_who_is_here_and_on_which_vm() throws Exception {
    Agent a = start("vm-a", 50);
    Agent b = start("vm-b", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      try (PageClient bob = PageClient.join(b.port(), "Bob", "lobby")) {
        ann.first(frame -> names(frame).equals(Map.of("Ann", "vm-a", "Bob", "vm-b")));
        ann.first(frame -> frame.path("peers").findValuesAsText("instance").contains("vm-b"));
        assertThat(get(a.port(), "/healthz").body()).contains("\"participants\":1");
        assertThat(bob.isOpen()).isTrue();
      }
      await().until(() -> names(ann.all("members").getLast()).equals(Map.of("Ann", "vm-a")));
    }
  }

  private static Map<String, String> names(JsonNode frame) {
    Map<String, String> names = new java.util.HashMap<>();
    frame
        .path("members")
        .forEach(m -> names.put(m.path("name").asText(), m.path("instance").asText()));
    return names;
  }

  @Test
  void a_full_vm_names_another_and_the_front_door_sends_there() throws Exception {
    Agent a = start("vm-a", 1);
    Agent b = start("vm-b", 2);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      await()
          .untilAsserted(
              () -> {
                HttpResponse<String> door = get(a.port(), "/join?room=r1");
                assertThat(door.statusCode()).isEqualTo(302);
                assertThat(door.headers().firstValue("Location"))
                    .contains("http://127.0.0.1:" + b.port() + "/?room=r1");
              });
      try (PageClient bob = PageClient.connect(a.port(), "")) {
        bob.say("{\"t\":\"hello\",\"token\":\"Bob\"}");
        assertThat(bob.first("error").path("code").asText()).isEqualTo("full");
        assertThat(bob.first("error").path("url").asText()).contains(":" + b.port() + "/");
        assertThat(bob.closeCode()).isEqualTo(4001);
      }
      assertThat(ann.isOpen()).isTrue();
    }
  }

  @Test
  void a_full_fleet_shows_a_waiting_page_and_asks_for_seats() throws Exception {
    Agent a = start("vm-a", 1);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      HttpResponse<String> door = get(a.port(), "/join?room=r1");
      assertThat(door.statusCode()).isEqualTo(503);
      assertThat(door.body()).contains("Every seat is taken");
      await()
          .until(
              () ->
                  pulses().stream()
                      .anyMatch(new Pulse.SeatsWanted("vm-a", 1, Optional.of("r1"))::equals));
      assertThat(ann.isOpen()).isTrue();
    }
    await().until(() -> get(a.port(), "/join/seat?who=w").body().contains("\"url\":\"/\""));
  }

  @Test
  void a_drain_is_refused_while_somebody_is_here_and_moves_them_when_forced() {
    Agent a = start("vm-a", 50);
    Agent b = start("vm-b", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      ann.first(frame -> frame.path("peers").findValuesAsText("instance").contains("vm-b"));
      pulse(new Pulse.DrainRequest("d1", "vm-a", false));
      await().until(() -> pulses().contains(new Pulse.DrainAnswer("d1", "vm-a", false, 1)));

      pulse(new Pulse.DrainRequest("d2", "vm-a", true));
      await().until(() -> pulses().contains(new Pulse.DrainAnswer("d2", "vm-a", true, 1)));
      assertThat(ann.first("moved").path("url").asText())
          .isEqualTo("http://127.0.0.1:" + b.port() + "/");
      try (PageClient bob = PageClient.connect(a.port(), "")) {
        bob.say("{\"t\":\"hello\",\"token\":\"Bob\"}");
        assertThat(bob.first("error").path("code").asText()).isEqualTo("draining");
        assertThat(bob.closeCode()).isEqualTo(4010);
      }
      ann.say("{\"t\":\"bye\"}");
      assertThat(ann.closeCode()).isEqualTo(4010);

      pulse(new Pulse.DrainCancelled("d2", "vm-a"));
      await()
          .untilAsserted(
              () -> {
                try (PageClient bob = PageClient.connect(a.port(), "")) {
                  bob.say("{\"t\":\"hello\",\"token\":\"Bob\"}");
                  bob.first(frame -> !frame.path("t").asText().equals("state"));
                  assertThat(bob.all("welcome")).hasSize(1);
                }
              });
    }
  }

  @Test
  void a_lost_bus_is_told_in_words_and_on_healthz_and_nothing_said_is_lost() throws Exception {
    Agent a = start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      assertThat(get(a.port(), "/healthz").statusCode()).isEqualTo(200);
      bus.cut(true);
      ann.say(said(1));
      JsonNode state = ann.first("state");
      assertThat(state.path("ok").asBoolean()).isFalse();
      assertThat(state.path("message").asText()).contains("lost its connection");
      assertThat(get(a.port(), "/healthz").statusCode()).isEqualTo(503);
      bus.cut(false);
      ann.first("ack");
      ann.first(frame -> frame.path("t").asText().equals("state") && frame.path("ok").asBoolean());
      await().until(() -> ann.texts().equals(List.of("m1")));
    }
  }

  @Test
  void a_chat_subscription_that_ends_while_it_catches_up_is_made_again() {
    bus.stillbirth(TOPICS.chat());
    Agent a = start("vm-a", 50); // Waits until it is ready.
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      ann.say(said(1));
      await().until(() -> ann.texts().equals(List.of("m1")));
    }
  }

  @Test
  void a_lost_chat_subscription_is_told_until_the_chat_itself_is_back() throws Exception {
    Agent a = start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      bus.end(TOPICS.chat());
      await().until(() -> get(a.port(), "/healthz").statusCode() == 503);
      int before = pulses().size();
      ann.say(said(1));
      await().until(() -> pulses().size() >= before + 2); // The pulse goes on.
      assertThat(get(a.port(), "/healthz").statusCode()).isEqualTo(503);
      bus.restore();
      await().until(() -> get(a.port(), "/healthz").statusCode() == 200);
      await().until(() -> ann.texts().equals(List.of("m1")));
    }
  }

  @Test
  void the_page_is_served_with_a_policy_that_lets_nothing_else_in() throws Exception {
    Agent a = start("vm-a", 50);
    HttpResponse<String> page = get(a.port(), "/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
        .doesNotContain("unsafe");
    assertThat(page.headers().map()).doesNotContainKey("set-cookie");
    assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
    assertThat(get(a.port(), "/app.js").statusCode()).isEqualTo(200);
    assertThat(get(a.port(), "/nothing").statusCode()).isEqualTo(404);
    assertThat(get(a.port(), "/metrics").body())
        .contains("podium_participants 0")
        .endsWith("# EOF\n");
  }

  @Test
  void an_agent_that_stops_moves_its_people_on_and_says_goodbye() {
    Agent a = start("vm-a", 50);
    Agent b = start("vm-b", 50);
    PageClient ann = PageClient.join(a.port(), "Ann", "lobby");
    ann.first(frame -> frame.path("peers").findValuesAsText("instance").contains("vm-b"));
    a.close();
    assertThat(ann.first("moved").path("url").asText()).contains(":" + b.port() + "/");
    assertThat(ann.closeCode()).isEqualTo(4010);
    assertThat(pulses())
        .anyMatch(pulse -> pulse instanceof Pulse.Goodbye(String vm, _) && vm.equals("vm-a"));
    agents.remove(a);
  }

  private void pulse(Pulse pulse) {
    bus.publish(
            TOPICS.pulse(),
            new MessageBus.Outgoing(PulseCodec.encode(pulse), Map.of(), Optional.empty()))
        .join();
  }

  private List<Pulse> pulses() {
    return bus.published(TOPICS.pulse()).stream()
        .flatMap(incoming -> PulseCodec.decode(incoming.body()).stream())
        .toList();
  }
}
