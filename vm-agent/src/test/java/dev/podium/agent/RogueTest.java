package dev.podium.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.google.pubsub.GoogleMessageBus;
import dev.podium.wire.google.pubsub.PubsubEndpoint;
import dev.podium.wire.invite.AccessCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What somebody cannot do to real agents who may publish on the topic, or who asks them oddly.
class RogueTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration BOOT = Duration.ofMinutes(2);
  private static final FleetTopics TOPICS = new FleetTopics("class-a");
  private static final String FROM =
      "\"from\":{\"id\":\"r\",\"name\":\"Rogue\",\"instance\":\"vm\"}";
  private static final String GOOD_DATE = "2026-11-22T10:00:00Z";

  private static LocalCloud cloud;
  private static MessageBus bus;

  @BeforeAll
  static void start() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    cloud =
        LocalCloud.start(
            LocalCloudOptions.defaults()
                .withAgentCommand(
                    List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.podium.agent.Main")));
    bus =
        GoogleMessageBus.forConsole(
            PubsubEndpoint.of(cloud.project(), Optional.of(cloud.pubsub()), true),
            AccessTokens.fixed("none"));
    bus.ensureTopic(TOPICS.chat(), FleetTopics.CHAT_RETENTION);
  }

  @AfterAll
  static void stop() {
    bus.close();
    cloud.close();
  }

  @Test
  void a_room_works_on_fresh_loads_whatever_somebody_puts_on_the_topic() throws Exception {
    create("vm-a");
    int port = port("vm-a");
    try (PageClient ann = join(port)) {
      say(ann, "before");
      publish("lobby", body("lobby", "dated", "+1000000000-12-31T23:59:59.999999999Z"));
      poison();
      flood(10_000);
      say(ann, "after");
      assertThat(ann.texts()).containsExactly("before", "dated", "after");
      await().untilAsserted(() -> assertThat(skipped(port)).isEqualTo(poisons().size() + 2));
      try (PageClient fresh = join(port)) {
        assertThat(fresh.texts()).containsExactly("before", "dated", "after");
        Instant shown = Instant.parse(fresh.first("welcome").at("/messages/1/at").asText());
        assertThat(shown).isBetween(Instant.now().minus(Duration.ofHours(1)), Instant.now());
      }
      create("vm-b");
      try (PageClient elsewhere = join(port("vm-b"))) {
        // Nobody was in the room there: what was pushed out by so many others is said to be.
        assertThat(elsewhere.texts()).endsWith("after");
        assertThat(elsewhere.first("welcome").path("older").asBoolean()).isTrue();
        say(elsewhere, "last");
        await().until(() -> ann.texts().getLast().equals("last"));
      }
    }
  }

  /// Bodies of which nothing is shown.
  private static List<String> poisons() {
    String deep = "[".repeat(500) + "]".repeat(500);
    return List.of(
        body("lobby", "x".repeat(60_000), GOOD_DATE),
        body("lobby", "x".repeat(4_001), GOOD_DATE),
        body("lobby", "half \\ud800", GOOD_DATE),
        body("lobby", " ", GOOD_DATE),
        body("lobby", "null", GOOD_DATE).replace("\"null\"", "null"),
        body("lobby", "deep", GOOD_DATE).replace("\"deep\"", deep),
        body("lobby", "huge", GOOD_DATE).replace("\"huge\"", "1e99999999"),
        body("lobby", "anonymous", GOOD_DATE).replace(FROM, "\"from\":null"),
        body("lobby", "name", GOOD_DATE).replace("Rogue", "R".repeat(5_000)),
        body("a/b", "no such room", GOOD_DATE),
        "{\"t\":\"marker\",\"vm\":\"vm-a\",\"bootId\":\"b\",\"number\":1e400}",
        "{\"t\":\"later\"}",
        "no JSON");
  }

  private static void poison() {
    for (String body : poisons()) {
      publish(body.contains("a/b") ? "a/b" : "lobby", body);
    }
    publish("other", body("lobby", "of another room's order", GOOD_DATE));
    publish("lobby", body("other", "of another room", GOOD_DATE));
  }

  private static void flood(int rooms) {
    List<CompletableFuture<String>> sent = new ArrayList<>();
    IntStream.range(0, rooms)
        .forEach(n -> {
          String room = "room " + n;
          sent.add(bus.publish(TOPICS.chat(), outgoing(room, body(room, "x" + n, GOOD_DATE))));
          if (sent.size() == 500) {
            sent.forEach(CompletableFuture::join);
            sent.clear();
          }
        });
    sent.forEach(CompletableFuture::join);
  }

  private static String body(String room, String text, String at) {
    return "{\"t\":\"chat\",\"cid\":\"%s\",\"room\":\"%s\",%s,\"text\":\"%s\",\"at\":\"%s\"}"
        .formatted(text.substring(0, Math.min(9, text.length())), room, FROM, text, at);
  }

  private static void publish(String room, String body) {
    bus.publish(TOPICS.chat(), outgoing(room, body)).join();
  }

  private static MessageBus.Outgoing outgoing(String room, String body) {
    return new MessageBus.Outgoing(
        body, Map.of(FleetTopics.FLEET_ATTRIBUTE, TOPICS.fleet()), Optional.of(room));
  }

  /// Headers and names with line ends, escape sequences and a proxy's claims.
  @Test
  void no_request_forges_a_line_of_the_log_a_header_of_the_answer_or_where_it_comes_from()
      throws Exception {
    create("vm-c");
    int port = port("vm-c");
    String forged = "time=2026 level=error msg=forged";
    String room = "%0d%0aSet-Cookie:%20a=b%1b[31m%0a" + forged.replace(' ', '+');
    String claims =
        "Host: evil.example\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\n"
            + "X-Forwarded-For: 203.0.113.9\r\nForwarded: host=evil.example\r\n"
            + "X-Original-URL: /metrics\r\nX-HTTP-Method-Override: POST\r\n"
            + "User-Agent: "
            + forged
            + "\r\n";
    String joined = raw(port, "GET /join?room=" + room + " HTTP/1.1\r\n" + claims);
    assertThat(joined).startsWith("HTTP/1.1 302");
    assertThat(joined.lines().filter(line -> line.startsWith("location:")))
        .singleElement()
        .asString()
        .startsWith("location: /?room=%0D%0ASet-Cookie%3A");
    for (String path :
        List.of("/", "/healthz", "/join/seat?who=" + room + "&room=" + room, "/ws", "/" + room)) {
      String answer = raw(port, "GET " + path + " HTTP/1.1\r\n" + claims);
      assertThat(answer).startsWith("HTTP/1.1").doesNotContainIgnoringCase("set-cookie:");
      assertThat(answer).doesNotContain("evil.example", forged);
    }
    for (String odd :
        List.of(
            "X-A: b\r level=error " + forged,
            "X-A: b\n " + forged,
            "X\u0000A: b",
            "X-A: \u001b[31m " + forged,
            forged)) {
      assertThat(raw(port, "GET / HTTP/1.1\r\nHost: x\r\n" + odd + "\r\n")).doesNotContain(forged);
    }
    try (PageClient page = PageClient.connect(port, "")) {
      page.say(
          "{\"t\":\"hello\",\"code\":\"blue whale\",\"device\":\"d\\n"
              + forged
              + "\",\"name\":\"A\\r\\n\\u001b[31m"
              + forged
              + "\",\"room\":\"x\\n"
              + forged
              + "\"}");
      page.first("error");
    }
    assertThat(
            serial("vm-c")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("[local-cloud]")))
        .allMatch(line -> line.matches("time=\\S+Z level=\\w+ logger=\\w+ msg=\".*\""));
    assertThat(serial("vm-c")).doesNotContain("forged", "\u001b", "evil.example");
  }

  private static String raw(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) PageClient.PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write((request + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static PageClient join(int port) {
    PageClient page = PageClient.connect(port, "");
    page.say("{\"t\":\"hello\",\"code\":\"blue whale\",\"name\":\"Ann\",\"device\":\"d1\"}");
    page.first("welcome");
    return page;
  }

  private static void say(PageClient page, String text) {
    page.say("{\"t\":\"say\",\"cid\":\"%s\",\"text\":\"%s\"}".formatted(text, text));
    await().until(() -> page.texts().contains(text));
  }

  private static double skipped(int port) throws Exception {
    return OpenMetrics.parse(get(URI.create("http://127.0.0.1:" + port + "/metrics")))
        .getOrDefault("podium_skipped_total", -1.0);
  }

  private static int port(String vm) throws Exception {
    await().atMost(BOOT).until(() -> serial(vm).contains("Ready after"));
    Matcher serves = Pattern.compile("http://127.0.0.1:(\\d+)/").matcher(serial(vm));
    assertThat(serves.find()).isTrue();
    return Integer.parseInt(serves.group(1));
  }

  private static String serial(String vm) throws Exception {
    JsonNode port = JSON.readTree(get(zone("/instances/" + vm + "/serialPort")));
    return port.path("contents").asText();
  }

  private static String get(URI uri) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static URI zone(String path) {
    return cloud.compute().resolve("projects/" + cloud.project() + "/zones/us-central1-a" + path);
  }

  private static void create(String name) throws Exception {
    Map<String, String> metadata =
        Map.of(
            "podium-fleet", TOPICS.fleet(),
            "podium-access-code", AccessCode.of("blue whale").item());
    HttpRequest insert =
        HttpRequest.newBuilder(zone("/instances"))
            .POST(HttpRequest.BodyPublishers.ofString(AgentVm.body(name, metadata).toString()))
            .header("Content-Type", "application/json")
            .build();
    assertThat(HTTP.send(insert, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }
}
