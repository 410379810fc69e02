package dev.podium.fleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.fleet.api.http.PageToken;
import dev.podium.fleet.api.key.ApiKeys;
import dev.podium.fleet.testing.MemoryFleet;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What HTTP itself asks of the API: RFC 9110 and its like.
@Timeout(60)
class HttpRulesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private MemoryFleet fleet;
  private ApiKeys keys;
  private ApiServer server;
  private URI base;
  private String key = "";

  @BeforeEach
  void open() {
    fleet = new MemoryFleet(folder, MemoryFleet.hasty(), MemoryFleet.policy(Duration.ofHours(1)));
    keys = ApiKeys.open(folder.resolve("keys.json"));
    key = keys.issue("test", EnumSet.allOf(ApiKeys.Scope.class));
    server = new ApiServer(fleet.service, keys, ApiOptions.loopback(0), Instant::now);
    base = server.start();
  }

  @AfterEach
  void close() {
    server.close();
    fleet.close();
    client.close();
  }

  private HttpResponse<byte[]> raw(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + key);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  private JsonNode get(String path) throws Exception {
    return json(raw("GET", path, ""));
  }

  @Test
  void a_method_that_a_path_does_not_take_is_refused_with_those_that_it_takes() throws Exception {
    HttpResponse<byte[]> refused = raw("PUT", "v1/instances", "{}");
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.headers().firstValue("allow")).contains("GET, HEAD, OPTIONS, POST");
    assertThat(json(refused).path("code").asText()).isEqualTo("wrong_method");

    HttpResponse<byte[]> options = raw("OPTIONS", "v1/instances/vm-1", "");
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("allow")).contains("DELETE, GET, HEAD, OPTIONS");
    assertThat(raw("OPTIONS", "v1/nothing", "").statusCode()).isIn(404, 405);
  }

  @Test
  void an_unknown_parameter_is_refused_on_every_path_with_those_that_there_are() throws Exception {
    for (String route : server.routes()) {
      if (route.contains(" /v1/")) {
        String[] parts = route.replaceAll("\\{[^}]+}", "x").split(" ", -1);
        JsonNode refused = json(raw(parts[0], parts[1].substring(1) + "?pagesize=1", "{}"));
        assertThat(refused.path("status").asInt()).as(route).isEqualTo(400);
        assertThat(refused.path("detail").asText()).as(route).contains("'pagesize'");
      }
    }
    assertThat(get("v1/instances?pagesize=1").path("detail").asText())
        .contains("filter, pageSize, pageToken");
  }

  @Test
  void a_token_of_another_list_or_of_nobody_is_refused() throws Exception {
    for (String token : List.of("Zm9v", "!", PageToken.of("people", "vm-1"))) {
      assertThat(get("v1/instances?pageToken=" + token).path("detail").asText())
          .contains("pageToken");
    }
    assertThat(get("v1/people?pageToken=" + PageToken.of("people", "vm-1")).has("people")).isTrue();
  }

  @Test
  void what_happened_comes_in_pages() throws Exception {
    json(raw("POST", "v1/instances?wait=ready", "{\"count\":3}"));
    JsonNode all = get("v1/activity").path("activities");
    List<JsonNode> read = new ArrayList<>();
    String token = "";
    do {
      JsonNode page = get("v1/activity?pageSize=2&pageToken=" + token);
      assertThat(page.path("activities").size()).isBetween(1, 2);
      page.path("activities").forEach(read::add);
      token = page.path("nextPageToken").asText();
    } while (!token.isEmpty());
    assertThat(read).hasSizeGreaterThan(2).containsAll(all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TAG                 | 200",
        "\"other\", TAG      | 200",
        "*                   | 200",
        "W/TAG               | 412",
        "\"other\"           | 412",
      })
  void a_change_is_made_if_one_of_the_tags_is_the_present_one(String match, int status)
      throws Exception {
    HttpResponse<byte[]> read = raw("GET", "v1/policy", "");
    String tag = read.headers().firstValue("etag").orElseThrow();
    String policy = new String(read.body(), StandardCharsets.UTF_8);
    HttpResponse<byte[]> put =
        raw("PUT", "v1/policy", policy, "If-Match", match.replace("TAG", tag));
    assertThat(put.statusCode()).isEqualTo(status);
  }

  @Test
  void who_has_the_present_policy_is_not_sent_it_again() throws Exception {
    String tag = raw("GET", "v1/policy", "").headers().firstValue("etag").orElseThrow();
    HttpResponse<byte[]> same = raw("GET", "v1/policy", "", "If-None-Match", "\"x\", W/" + tag);
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(raw("GET", "v1/policy", "", "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Type, text/plain, 415",
    "Content-Type, application/xml, 415",
    "Content-Type, application/json; charset=utf-16, 415",
    "Content-Type, application/json; charset=utf-8, 201",
    "Content-Type, application/x-www-form-urlencoded, 201",
    "Content-Encoding, gzip, 415",
    "Content-Encoding, identity, 201",
  })
  void a_body_in_another_form_is_refused(String header, String value, int status) throws Exception {
    HttpResponse<byte[]> made = raw("POST", "v1/keys", "{\"name\":\"ci\"}", header, value);
    assertThat(made.statusCode()).isEqualTo(status);
  }

  @Test
  void lists_are_compressed_for_who_wants_that() throws Exception {
    raw("POST", "v1/instances?wait=ready", "{\"count\":3}");
    HttpResponse<byte[]> packed = raw("GET", "v1/instances", "", "Accept-Encoding", "gzip");
    assertThat(packed.headers().firstValue("content-encoding")).contains("gzip");
    try (InputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(packed.body()))) {
      assertThat(JSON.readTree(in).path("instances")).hasSize(3);
    }
    assertThat(raw("GET", "v1/instances", "").headers().firstValue("content-encoding")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":",
        "{'name':1}",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "[",
        "{} {}",
        "nul"
      })
  void a_body_that_cannot_be_read_is_refused_in_words_of_our_own(String body) throws Exception {
    JsonNode refused = json(raw("POST", "v1/keys", body));
    assertThat(refused.path("status").asInt()).isEqualTo(400);
    assertThat(refused.path("detail").asText())
        .startsWith("The body")
        .doesNotContain("Source", "Feature", "Token", "java", "start marker", "Unexpected");
  }

  private Socket socket() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), base.getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Reads until the text has come, or the connection ends.
  private static String readTo(Socket socket, String text) throws IOException {
    StringBuilder read = new StringBuilder();
    byte[] buffer = new byte[8_192];
    InputStream in = socket.getInputStream();
    while (read.indexOf(text) < 0) {
      int count = in.read(buffer);
      if (count < 0) {
        break;
      }
      read.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
    }
    return read.toString();
  }

  @Test
  void a_request_that_names_two_hosts_is_refused() throws Exception {
    try (Socket socket = socket()) {
      String own = "Host: 127.0.0.1:" + base.getPort() + "\r\n";
      write(socket, "GET /healthz HTTP/1.1\r\n" + own + "Host: evil.example\r\n\r\n");
      assertThat(readTo(socket, "\r\n")).startsWith("HTTP/1.1 400");
    }
  }

  private String eventsRequest() {
    return "GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1:"
        + base.getPort()
        + "\r\nAuthorization: Bearer "
        + key
        + "\r\n\r\n";
  }

  @Test
  void a_listener_is_told_when_to_come_back() throws Exception {
    try (Socket socket = socket()) {
      write(socket, eventsRequest());
      assertThat(readTo(socket, "event: snapshot")).contains("retry: 2000\n");
    }
  }

  @Test
  void a_thousand_listeners_hear_of_a_change() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 1_000; i++) {
        Socket socket = socket();
        sockets.add(socket);
        write(socket, eventsRequest());
      }
      for (Socket socket : sockets) {
        assertThat(readTo(socket, "event: snapshot")).contains("event: snapshot");
      }
      List<Future<String>> heard =
          sockets.stream()
              .map(socket -> threads.submit(() -> readTo(socket, "'told-everybody'")))
              .toList();
      assertThat(raw("POST", "v1/keys", "{\"name\":\"told-everybody\"}").statusCode())
          .isEqualTo(201);
      for (Future<String> one : heard) {
        assertThat(one.get()).contains("'told-everybody'");
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void a_request_whose_headers_never_end_is_cut_off() throws Exception {
    try (ApiServer hasty =
        new ApiServer(
            fleet.service, keys, ApiOptions.loopback(0), Instant::now, Duration.ofMillis(300))) {
      URI there = hasty.start();
      try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), there.getPort())) {
        slow.setSoTimeout(30_000);
        write(slow, "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ");
        assertThat(readTo(slow, "HTTP/1.1 2")).doesNotContain("HTTP/1.1 2");
      }
    }
  }

  @Test
  void the_description_agrees_with_the_code_about_what_must_be_sent() throws Exception {
    JsonNode description = get("openapi.json");
    for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
        String name = call.getKey() + " " + path.getKey();
        assertThat(call.getValue().path("responses").has("405")).as(name).isTrue();
        JsonNode body = call.getValue().path("requestBody");
        JsonNode schema = body.at("/content/application~1json/schema");
        if (schema.has("$ref")) {
          schema = description.at(schema.path("$ref").asText().substring(1));
        }
        // Generated clients make a member with a default one that must be sent.
        assertThat(schema.path("properties").findValues("default")).as(name).isEmpty();
        assertThat(body.path("required").asBoolean())
            .as(name)
            .isEqualTo(!schema.path("required").isEmpty());
      }
    }
  }
}
