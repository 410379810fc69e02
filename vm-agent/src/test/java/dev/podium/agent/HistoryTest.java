package dev.podium.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a page can ask for beyond its welcome, and what it is told of other rooms.
class HistoryTest {
  private static final String HELLO_WITH_ROOMS =
      "{\"t\":\"hello\",\"token\":\"Bob\",\"room\":\"maths\",\"device\":\"d\",\"rooms\":true}";

  @RegisterExtension private final Agents agents = new Agents();

  private static String before(String id) {
    return "{\"t\":\"older\",\"before\":\"" + id + "\"}";
  }

  private static List<JsonNode> messages(JsonNode frame) {
    List<JsonNode> messages = new ArrayList<>();
    frame.path("messages").forEach(messages::add);
    return messages;
  }

  @Test
  void a_newcomer_scrolls_up_to_the_first_message_that_was_said() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      IntStream.rangeClosed(1, 600).forEach(n -> agents.sayElsewhere(n, "message " + n));
      await().until(() -> ann.texts().size() == 600);
      try (PageClient bob = PageClient.join(a.port(), "Bob", "lobby")) {
        JsonNode welcome = bob.first("welcome");
        assertThat(welcome.path("more").asBoolean()).isTrue();
        List<String> texts = texts(welcome);
        assertThat(texts).hasSize(256);
        JsonNode frame = welcome;
        while (frame.path("more").asBoolean()) {
          String oldest = frame.path("messages").path(0).path("id").asText();
          bob.say(before(oldest));
          frame = bob.first(answer -> answer.path("before").asText().equals(oldest));
          assertThat(frame.path("room").asText()).isEqualTo("lobby");
          texts.addAll(0, texts(frame));
        }
        assertThat(frame.path("older").asBoolean()).isFalse();
        assertThat(texts)
            .containsExactlyElementsOf(
                IntStream.rangeClosed(1, 600).mapToObj(n -> "message " + n).toList());
      }
    }
  }

  private static List<String> texts(JsonNode frame) {
    return new ArrayList<>(
        messages(frame).stream().map(message -> message.path("text").asText()).toList());
  }

  @Test
  void who_goes_back_too_fast_or_by_no_message_is_told_and_stays() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      ann.say("{\"t\":\"older\"}");
      assertThat(ann.first("error").path("code").asText()).isEqualTo("bad_frame");
      IntStream.range(0, 60).forEach(n -> ann.say(before("never said")));
      assertThat(ann.first(frame -> frame.path("code").asText().equals("too_fast")).has("cid"))
          .isFalse();
      JsonNode nothing = ann.first("older");
      assertThat(nothing.path("messages")).isEmpty();
      assertThat(nothing.path("more").asBoolean()).isFalse();
      ann.say(Agents.said(1));
      ann.first("ack");
    }
  }

  @Test
  void who_has_no_seat_is_told_nothing_of_the_past() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient stranger = PageClient.connect(a.port(), "")) {
      stranger.say(before("1"));
      assertThat(stranger.first("error").path("message").asText()).isEqualTo("Say hello first.");
      assertThat(stranger.all("older")).isEmpty();
    }
  }

  @Test
  void a_page_that_shows_the_rooms_is_told_of_them_when_it_comes_and_when_they_change() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby");
        PageClient bob = PageClient.connect(a.port(), "")) {
      bob.say(HELLO_WITH_ROOMS);
      JsonNode rooms = bob.first("rooms").path("rooms");
      assertThat(rooms.findValuesAsText("name")).containsExactlyInAnyOrder("lobby", "maths");
      assertThat(rooms.findValuesAsText("people")).containsExactly("1", "1");
      ann.say(Agents.said(1));
      String id = ann.first("ack").path("id").asText();
      JsonNode news =
          bob.first(frame ->
              frame.path("t").asText().equals("rooms")
                  && frame.path("rooms").findValuesAsText("last").contains(id));
      assertThat(news.path("rooms").findValuesAsText("name").getFirst()).isEqualTo("lobby");
      assertThat(ann.all("rooms")).as("an older page").isEmpty();
    }
  }
}
