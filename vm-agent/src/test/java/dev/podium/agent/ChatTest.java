package dev.podium.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is promised to people in a room: each message once, in one order, everywhere, and nothing
/// lost.
class ChatTest {
  @RegisterExtension private final Agents agents = new Agents();

  @Test
  void people_on_two_vms_see_the_same_messages_in_the_same_order_each_once() {
    Agent a = agents.start("vm-a", 50);
    Agent b = agents.start("vm-b", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby");
        PageClient bob = PageClient.join(b.port(), "Bob", "lobby")) {
      IntStream.rangeClosed(1, 40)
          .forEach(number -> {
            ann.say(Agents.said(number));
            bob.say(Agents.said(100 + number));
          });
      await().until(() -> ann.all("msg").size() >= 80 && bob.all("msg").size() >= 80);
      assertThat(ann.texts()).isEqualTo(bob.texts()).hasSize(80).doesNotHaveDuplicates();
      await().until(() -> ann.all("ack").size() == 40 && bob.all("ack").size() == 40);
    }
  }

  @Test
  void a_message_said_again_is_acknowledged_again_and_shown_once() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      ann.say(Agents.said(1));
      JsonNode message = ann.first("msg");
      ann.say(Agents.said(1));
      await().until(() -> ann.all("ack").size() == 2);
      assertThat(ann.all("ack"))
          .extracting(ack -> ack.path("id").asText())
          .containsOnly(message.path("id").asText());
      ann.say(Agents.said(2));
      ann.first(frame -> frame.path("text").asText().equals("m2"));
      assertThat(ann.texts()).containsExactly("m1", "m2");
    }
  }

  @Test
  void after_publish_errors_everything_is_published_in_the_order_it_was_said() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      agents.bus().failNext(3);
      IntStream.rangeClosed(1, 20).forEach(number -> ann.say(Agents.said(number)));
      await().until(() -> ann.all("ack").size() == 20 && ann.texts().size() == 20);
      assertThat(ann.texts())
          .isEqualTo(IntStream.rangeClosed(1, 20).mapToObj(number -> "m" + number).toList());
    }
  }

  @Test
  void who_comes_back_on_a_vm_that_is_behind_waits_until_it_is_not() {
    Agent quick = agents.start("vm-quick", 50);
    Agent slow = agents.start("vm-slow", 50);
    try (PageClient bob = PageClient.join(quick.port(), "Bob", "lobby");
        PageClient ann = PageClient.connect(slow.port(), "")) {
      agents.bus().slow("vm-slow", 0);
      bob.say(Agents.said(1));
      String last = bob.first("msg").path("id").asText();
      ann.say("{\"t\":\"hello\",\"token\":\"Ann\",\"room\":\"lobby\",\"after\":\"" + last + "\"}");
      ann.say(Agents.said(2));
      assertThat(ann.first("error").path("code").asText()).isEqualTo("unavailable");
      assertThat(ann.first("error").path("cid").asText()).isEqualTo("d1-2");
      bob.say(Agents.said(3));
      await().until(() -> bob.texts().contains("m3"));

      agents.bus().catchUp();
      JsonNode welcome = ann.first("welcome");
      assertThat(welcome.path("recovered").asBoolean()).isTrue();
      await().until(() -> ann.texts().equals(List.of("m3")));
    }
  }

  @Test
  void a_new_vm_is_ready_when_its_rooms_are_complete_and_not_when_messages_stop_coming() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      ann.say(Agents.said(1));
      ann.say(Agents.said(2));
      await().until(() -> ann.texts().size() == 2);
    }
    agents.bus().slow("vm-new", 1);
    Agent late = agents.begin("vm-new", 50);
    await()
        .until(() ->
            agents.bus().published(Agents.TOPICS.chat()).stream()
                .anyMatch(message ->
                    message.orderingKey().isPresent()
                        && message.body().contains("\"vm\":\"vm-new\"")));
    assertThat(late.ready()).isNotDone();
    agents.bus().catchUp();
    late.ready().orTimeout(PageClient.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    try (PageClient ann = PageClient.join(late.port(), "Ann", "lobby")) {
      assertThat(ann.texts()).containsExactly("m1", "m2");
    }
  }

  @Test
  void who_comes_back_on_a_vm_that_stays_behind_is_sent_away_and_not_told_of_a_gap() {
    Agent slow = agents.start("vm-slow", 50);
    agents.bus().slow("vm-slow", 0);
    try (PageClient ann = PageClient.connect(slow.port(), "")) {
      ann.say("{\"t\":\"hello\",\"token\":\"Ann\",\"room\":\"lobby\",\"after\":\"99\"}");
      assertThat(ann.first("error").path("code").asText()).isEqualTo("unavailable");
      assertThat(ann.closeCode()).isEqualTo(1013);
      assertThat(ann.all("welcome")).isEmpty();
    }
  }

  @Test
  void who_comes_back_while_pubsub_is_away_and_saw_what_is_not_here_is_sent_away_at_once() {
    Agent slow = agents.start("vm-slow", 50);
    agents.bus().cut(true);
    try (PageClient ann = PageClient.connect(slow.port(), "")) {
      ann.say("{\"t\":\"hello\",\"token\":\"Ann\",\"room\":\"lobby\",\"after\":\"99\"}");
      assertThat(ann.first("error").path("code").asText()).isEqualTo("unavailable");
      assertThat(ann.closeCode()).isEqualTo(1013);
    }
  }

  @Test
  void who_comes_back_on_another_vm_gets_what_they_missed() {
    Agent a = agents.start("vm-a", 50);
    String last;
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      ann.say(Agents.said(1));
      last = ann.first("msg").path("id").asText();
      ann.say(Agents.said(2));
      await().until(() -> ann.all("ack").size() == 2);
    }
    Agent late = agents.start("vm-late", 50); // Its history is rebuilt from the topic.
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
  void a_newcomer_is_told_whether_the_room_has_an_older_past_than_they_are_shown() {
    Agent a = agents.start("vm-a", 50);
    agents.sayElsewhere(0, "first");
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      assertThat(ann.first("welcome").path("older").asBoolean(true)).isFalse();
      for (int number = 1; number <= 150; number++) {
        agents.sayElsewhere(number, "x".repeat(4_000));
      }
      await().until(() -> ann.texts().size() == 151);
    }
    try (PageClient bob = PageClient.join(a.port(), "Bob", "lobby")) {
      JsonNode welcome = bob.first("welcome");
      assertThat(welcome.path("messages")).hasSizeLessThan(150);
      assertThat(welcome.path("older").asBoolean()).isTrue();
    }
  }

  @Test
  void a_lost_bus_is_told_in_words_and_on_healthz_and_nothing_said_is_lost() throws Exception {
    Agent a = agents.start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      assertThat(agents.get(a.port(), "/healthz").statusCode()).isEqualTo(200);
      agents.bus().cut(true);
      ann.say(Agents.said(1));
      JsonNode state =
          ann.first(f -> f.path("t").asText().equals("state") && !f.path("ok").asBoolean());
      assertThat(state.path("message").asText()).contains("lost its connection");
      assertThat(agents.get(a.port(), "/healthz").statusCode()).isEqualTo(503);
      agents.bus().cut(false);
      ann.first("ack");
      ann.first(frame -> frame.path("t").asText().equals("state") && frame.path("ok").asBoolean());
      await().until(() -> ann.texts().equals(List.of("m1")));
    }
  }

  @Test
  void a_chat_subscription_that_ends_while_it_catches_up_is_made_again() {
    agents.bus().stillbirth(Agents.TOPICS.chat());
    Agent a = agents.start("vm-a", 50); // Waits until it is ready.
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      ann.say(Agents.said(1));
      await().until(() -> ann.texts().equals(List.of("m1")));
    }
  }

  @Test
  void a_lost_chat_subscription_is_told_until_the_chat_itself_is_back() throws Exception {
    Agent a = agents.start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      agents.bus().end(Agents.TOPICS.chat());
      await().until(() -> agents.get(a.port(), "/healthz").statusCode() == 503);
      int before = agents.pulses().size();
      ann.say(Agents.said(1));
      await().until(() -> agents.pulses().size() >= before + 2); // The pulse goes on.
      assertThat(agents.get(a.port(), "/healthz").statusCode()).isEqualTo(503);
      agents.bus().restore();
      await().until(() -> agents.get(a.port(), "/healthz").statusCode() == 200);
      await().until(() -> ann.texts().equals(List.of("m1")));
    }
  }

  @Test
  void people_are_let_in_only_when_the_rooms_history_is_complete() throws Exception {
    agents.start("vm-old", 50);
    agents.sayElsewhere(1, "before");
    await().until(() -> agents.bus().published(Agents.TOPICS.chat()).size() >= 2);
    agents.bus().cut(true); // Its own marker can not be set, so it can not have come back.
    Agent late = agents.begin("vm-late", 50);
    try (PageClient ann = PageClient.connect(late.port(), "")) {
      ann.say("{\"t\":\"hello\",\"token\":\"Ann\"}");
      assertThat(ann.first("error").path("code").asText()).isEqualTo("unavailable");
      assertThat(ann.closeCode()).isEqualTo(1013);
    }
    assertThat(agents.get(late.port(), "/healthz").statusCode()).isEqualTo(503);
    assertThat(agents.get(late.port(), "/healthz").body()).contains("\"status\":\"starting\"");
    agents.bus().cut(false);
    late.ready().orTimeout(PageClient.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    try (PageClient ann = PageClient.join(late.port(), "Ann", "lobby")) {
      assertThat(ann.texts()).containsExactly("before");
    }
  }
}
