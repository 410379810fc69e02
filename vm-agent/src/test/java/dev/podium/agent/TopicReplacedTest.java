package dev.podium.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Somebody deletes a topic, and somebody makes one of its name again. The VMs' subscriptions
/// belong to the first: they stay, and bring nothing of what is said on the second.
class TopicReplacedTest {
  /// Longer than from one marker to the next, and than a marker usually takes.
  private static final Duration LONG = Duration.ofSeconds(20);

  @RegisterExtension private final Agents agents = new Agents();

  @Test
  void what_is_acknowledged_on_a_topic_made_anew_is_shown_and_the_gap_before_it_is_told() {
    Agent a = agents.start("vm-a", 50);
    Agent b = agents.start("vm-b", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby");
        PageClient bob = PageClient.join(b.port(), "Bob", "lobby")) {
      ann.say(Agents.said(1));
      String last = bob.first("msg").path("id").asText();
      agents.bus().replace(Agents.TOPICS.chat());
      ann.say(Agents.said(2));
      await().until(() -> ann.all("ack").size() == 2);
      leapUntilClosed(ann);
      leapUntilClosed(bob);
      assertThat(bob.closeCode()).isEqualTo(4008);
      try (PageClient again = comesBack(b, "Bob", last)) {
        JsonNode welcome = again.first("welcome");
        assertThat(welcome.path("recovered").asBoolean()).isFalse();
        await().until(() -> again.texts().contains("m2"));
        assertThat(again.texts()).containsExactly("m2");
      }
    }
  }

  @Test
  void a_message_that_was_said_on_both_topics_is_shown_once() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      agents.sayElsewhere(1, "twice");
      String last = ann.first("msg").path("id").asText();
      agents.bus().replace(Agents.TOPICS.chat());
      leapUntilClosed(ann);
      try (PageClient again = comesBack(a, "Ann", last)) {
        assertThat(again.first("welcome").path("recovered").asBoolean()).isFalse();
        agents.sayElsewhere(1, "twice");
        agents.sayElsewhere(2, "once");
        await().until(() -> again.texts().contains("once"));
        assertThat(again.texts()).containsExactly("once");
      }
    }
  }

  @Test
  void a_vm_that_was_behind_takes_in_what_the_deleted_topic_still_holds() {
    agents.start("vm-a", 50);
    Agent b = agents.start("vm-b", 50);
    try (PageClient bob = PageClient.join(b.port(), "Bob", "lobby")) {
      agents.bus().slow("vm-b", 0);
      List<String> said = IntStream.range(0, 40).mapToObj(number -> "said " + number).toList();
      for (int number = 0; number < said.size(); number++) {
        agents.sayElsewhere(number, said.get(number));
      }
      await().until(() -> agents.bus().published(Agents.TOPICS.chat()).size() >= said.size());
      agents.bus().replace(Agents.TOPICS.chat());
      CompletableFuture<Void> brought = agents.bus().catchUpSlowly(Duration.ofMillis(100));
      leapUntilClosed(bob);
      assertThat(brought).isDone();
      assertThat(bob.texts()).containsExactlyElementsOf(said);
    }
  }

  @Test
  void the_self_check_fails_while_what_is_said_does_not_come_back() {
    Agent a = agents.start("vm-a", 50);
    agents.bus().slow("vm-a", 0); // Of rooms; the heartbeats come back.
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      await()
          .pollInterval(Duration.ofMillis(500))
          .until(() -> {
            agents.ticker().leap(Duration.ofSeconds(2));
            return agents.get(a.port(), "/healthz").body().contains("has not come back");
          });
      assertThat(agents.get(a.port(), "/healthz").statusCode()).isEqualTo(503);
      ann.first(frame -> frame.path("t").asText().equals("state") && !frame.path("ok").asBoolean());
      agents.bus().catchUp();
      await()
          .pollInterval(Duration.ofMillis(500))
          .until(() -> {
            agents.ticker().leap(Duration.ofSeconds(2));
            return agents.get(a.port(), "/healthz").statusCode() == 200;
          });
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void a_vm_whose_topic_is_replaced_while_it_boots_becomes_ready() {
    agents.start("vm-a", 50);
    agents.bus().cut(true);
    Agent b = agents.begin("vm-b", 50);
    await().until(() -> agents.bus().hasSubscriber("vm-b", Agents.TOPICS.chat()));
    agents.bus().replace(Agents.TOPICS.chat());
    agents.bus().cut(false);
    await()
        .pollInterval(Duration.ofMillis(300))
        .until(() -> {
          agents.ticker().leap(LONG);
          return b.ready().isDone();
        });
  }

  @Test
  void a_pulse_topic_made_anew_is_heard_again() throws Exception {
    Agent a = agents.start("vm-a", 50);
    Agent b = agents.start("vm-b", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      ann.first(frame -> frame.path("peers").findValuesAsText("instance").contains("vm-b"));
      agents.bus().replace(Agents.TOPICS.pulse());
      agents.ticker().leap(LONG);
      await()
          .pollInterval(Duration.ofMillis(20))
          .until(() -> agents.get(a.port(), "/healthz").statusCode() == 503);
      await().until(() -> agents.get(a.port(), "/healthz").statusCode() == 200);
      await().until(() -> agents.get(b.port(), "/healthz").statusCode() == 200);
    }
  }

  /// Markers are due, and late, whenever the time leaps.
  private void leapUntilClosed(PageClient page) {
    await()
        .pollInterval(Duration.ofMillis(300))
        .until(() -> {
          agents.ticker().leap(LONG);
          return !page.isOpen();
        });
  }

  private static PageClient comesBack(Agent agent, String name, String after) {
    PageClient page = PageClient.connect(agent.port(), "");
    page.say(
        "{\"t\":\"hello\",\"token\":\"%s\",\"room\":\"lobby\",\"after\":\"%s\"}"
            .formatted(name, after));
    return page;
  }
}
