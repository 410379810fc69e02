package dev.podium.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.wire.chat.Pulse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is served to plain requests.
class SiteTest {
  @RegisterExtension private final Agents agents = new Agents();

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/page/main.mjs", "/app.css", "/healthz", "/metrics", "/join", "/nothing"})
  void every_answer_has_the_headers_that_let_nothing_else_in(String path) throws Exception {
    Agent a = agents.start("vm-a", 50);
    HttpResponse<String> answer = agents.get(a.port(), path);
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
        .contains("frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(answer.headers().firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
    assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
    assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
    assertThat(answer.headers().firstValue("Permissions-Policy").orElseThrow())
        .contains("camera=()", "microphone=()", "geolocation=()");
    assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
  }

  @Test
  void the_page_asks_nothing_of_other_servers() throws Exception {
    Agent a = agents.start("vm-a", 50);
    HttpResponse<String> page = agents.get(a.port(), "/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
    assertThat(agents.get(a.port(), "/page/main.mjs").statusCode()).isEqualTo(200);
    assertThat(agents.get(a.port(), "/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void nothing_can_be_posted() throws Exception {
    Agent a = agents.start("vm-a", 50);
    HttpResponse<String> refused =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + a.port() + "/"))
                    .POST(HttpRequest.BodyPublishers.ofString("x"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void the_numbers_are_openmetrics_and_true() throws Exception {
    Agent a = agents.start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby");
        PageClient again = PageClient.join(a.port(), "Ann", "lobby")) {
      ann.say(Agents.said(1));
      ann.first("ack");
      again.first("msg");
      HttpResponse<String> answer = agents.get(a.port(), "/metrics");
      assertThat(answer.headers().firstValue("Content-Type"))
          .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
      Map<String, Double> numbers = OpenMetrics.parse(answer.body());
      assertThat(numbers)
          .containsEntry("podium_participants", 1.0)
          .containsEntry("podium_sockets", 2.0)
          .containsEntry("podium_seats", 50.0)
          .containsEntry("podium_rooms", 1.0)
          .containsEntry("podium_ready", 1.0)
          .containsEntry("podium_admitted_total", 2.0)
          .containsEntry("podium_said_total", 1.0)
          .containsEntry("podium_acknowledge_seconds_count", 1.0)
          .containsEntry("podium_acknowledge_seconds_bucket +Inf", 1.0);
      assertThat(numbers.get("podium_history_bytes")).isPositive();
      await()
          .untilAsserted(() ->
              assertThat(OpenMetrics.parse(agents.get(a.port(), "/metrics").body()))
                  .containsEntry("podium_backlog_bytes", 0.0));
    }
  }

  @Test
  void a_vms_health_says_which_boot_it_is_how_long_it_was_idle_and_what_it_checked()
      throws Exception {
    Agent a = agents.start("vm-a", 50);
    await().until(() -> agents.pulses().stream().anyMatch(Pulse.Heartbeat.class::isInstance));
    JsonNode health = new ObjectMapper().readTree(agents.get(a.port(), "/healthz").body());
    assertThat(health.path("status").asText()).isEqualTo("ok");
    assertThat(health.path("bootId").asText())
        .isEqualTo(
            agents.pulses().stream()
                .flatMap(pulse ->
                    pulse instanceof Pulse.Heartbeat beat
                        ? Stream.of(beat.bootId())
                        : Stream.empty())
                .findFirst()
                .orElseThrow());
    assertThat(health.path("checks").properties())
        .extracting(Map.Entry::getKey, check -> check.getValue().asText())
        .containsExactly(
            tuple("bus", "ok"), tuple("page", "ok"), tuple("loop", "ok"), tuple("heap", "ok"));
    long idle = health.path("idleSeconds").asLong(-1);
    agents.ticker().leap(Duration.ofSeconds(100));
    JsonNode later = new ObjectMapper().readTree(agents.get(a.port(), "/healthz").body());
    assertThat(later.path("idleSeconds").asLong()).isBetween(idle + 100, idle + 140);
  }

  @Test
  void a_file_that_the_browser_has_is_not_sent_again_and_a_head_has_no_body() throws Exception {
    Agent a = agents.start("vm-a", 50);
    HttpResponse<String> style = agents.get(a.port(), "/app.css");
    String tag = style.headers().firstValue("ETag").orElseThrow();
    assertThat(style.headers().firstValue("Cache-Control")).contains("no-cache");
    HttpResponse<String> same = send(a, "GET", "/app.css", "If-None-Match", tag);
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(same.headers().firstValue("ETag")).contains(tag);
    HttpResponse<String> other = send(a, "GET", "/app.css", "If-None-Match", "\"other\"");
    assertThat(other.statusCode()).isEqualTo(200);

    HttpResponse<String> head = send(a, "HEAD", "/app.css", "Accept", "*/*");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length"))
        .hasValue(style.body().getBytes(UTF_8).length);
  }

  @Test
  void the_door_is_told_that_there_is_no_access_code() throws Exception {
    Agent a = agents.start("vm-a", 50);
    assertThat(agents.get(a.port(), "/join/ways").body()).isEqualTo("{\"code\":false}");
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      ann.say("{\"t\":\"hello\",\"token\":\"Ann\",\"room\":\"other\",\"device\":\"d1\"}");
      assertThat(ann.first("welcome").path("codes").isBoolean()).isTrue();
    }
  }

  @Test
  void who_asks_for_the_chat_without_a_websocket_is_told_to_upgrade() throws Exception {
    Agent a = agents.start("vm-a", 50);
    HttpResponse<String> refused = agents.get(a.port(), "/ws");
    assertThat(refused.statusCode()).isEqualTo(426);
    assertThat(refused.headers().firstValue("Upgrade")).contains("websocket");
  }

  private static HttpResponse<String> send(
      Agent agent, String method, String path, String header, String value) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + agent.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header(header, value)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
