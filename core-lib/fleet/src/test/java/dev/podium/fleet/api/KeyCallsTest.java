package dev.podium.fleet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.fleet.api.key.ApiKeys;
import dev.podium.fleet.api.key.KeySecret;
import dev.podium.fleet.testing.MemoryFleet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KeyCallsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> OPEN = Set.of("/healthz", "/openapi.json");

  @TempDir Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
  private MemoryFleet fleet;
  private ApiServer server;
  private ApiKeys keys;
  private URI base;
  private String writer = "";
  private String reader = "";

  @BeforeEach
  void open() {
    fleet = new MemoryFleet(folder, MemoryFleet.hasty(), MemoryFleet.policy(Duration.ofHours(1)));
    keys = ApiKeys.open(folder.resolve("keys.json"), () -> Instant.now().plus(later.get()));
    writer = keys.issue("writer", EnumSet.allOf(ApiKeys.Scope.class));
    reader = keys.issue("reader", Set.of(ApiKeys.Scope.READ));
    server = new ApiServer(fleet.service, keys, ApiOptions.loopback(0), Instant::now);
    base = server.start();
  }

  @AfterEach
  void close() {
    server.close();
    fleet.close();
    client.close();
  }

  private record Answer(int status, JsonNode body) {
    String text(String member) {
      return body.path(member).asText();
    }
  }

  private HttpRequest request(String key, String method, String path, String body) {
    return HttpRequest.newBuilder(base.resolve(path))
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .header("Authorization", "Bearer " + key)
        .build();
  }

  private Answer call(String key, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request(key, method, path, body), BodyHandlers.ofString());
    return new Answer(response.statusCode(), JSON.readTree(response.body()));
  }

  private Answer create(String body) throws IOException, InterruptedException {
    return call(writer, "POST", "v1/keys", body);
  }

  private Answer list() throws IOException, InterruptedException {
    return call(writer, "GET", "v1/keys", "");
  }

  @Test
  void a_key_is_made_listed_without_its_secret_used_and_revoked() throws Exception {
    Answer made = create("{\"name\":\"ci\",\"hours\":2}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body().path("scopes")).hasSize(1);
    assertThat(Instant.parse(made.text("expires")))
        .isBetween(Instant.now().plusSeconds(7_000), Instant.now().plusSeconds(7_201));
    String secret = made.text("key");
    assertThat(call(secret, "GET", "v1/zones", "").status()).isEqualTo(200);
    Answer listed = list();
    assertThat(listed.status()).isEqualTo(200);
    assertThat(listed.body().findValuesAsText("name")).containsExactly("writer", "reader", "ci");
    assertThat(listed.body().findValuesAsText("current")).containsExactly("true", "false", "false");
    assertThat(listed.body().toString()).doesNotContain(secret, "sha256");
    assertThat(Files.readString(folder.resolve("keys.json"))).doesNotContain(secret);
    Answer revoked = call(writer, "DELETE", "v1/keys/" + made.text("id"), "");
    assertThat(revoked.status()).isEqualTo(200);
    assertThat(revoked.text("name")).isEqualTo("ci");
    Answer refused = call(secret, "GET", "v1/zones", "");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.text("code")).isEqualTo("wrong_key");
    assertThat(call(writer, "GET", "v1/activity", "").body().toString())
        .contains("the API key 'ci' was made; it may read", "the API key 'ci' was revoked")
        .doesNotContain(secret);
  }

  @Test
  void who_may_write_may_read_too() throws Exception {
    Answer made = create("{\"name\":\"w\",\"scopes\":[\"write\"]}");
    assertThat(made.body().path("scopes").toString()).isEqualTo("[\"read\",\"write\"]");
    assertThat(made.body().path("expires").isNull()).isTrue();
    assertThat(call(made.text("key"), "GET", "v1/keys", "").status()).isEqualTo(200);
  }

  @Test
  void what_cannot_be_is_refused_with_a_stable_code() throws Exception {
    create("{\"name\":\"ci\"}");
    assertThat(create("{\"name\":\"CI\"}").text("code")).isEqualTo("already_exists");
    for (String wrong :
        List.of(
            "{}",
            "{\"name\":\"a\\nb\"}",
            "{\"name\":\"b\",\"scopes\":[\"admin\"]}",
            "{\"name\":\"b\",\"scopes\":\"write\"}",
            "{\"name\":\"b\",\"hours\":0}",
            "{\"name\":\"b\",\"hours\":8785}",
            "{\"name\":\"b\",\"secret\":\"mine\"}")) {
      Answer refused = create(wrong);
      assertThat(refused.status()).as(wrong).isEqualTo(400);
      assertThat(refused.text("code")).isEqualTo("invalid");
    }
    assertThat(call(writer, "GET", "v1/keys?all=1", "").text("detail"))
        .contains("no parameter 'all'");
    Answer none = call(writer, "DELETE", "v1/keys/key-000000000000", "");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.text("code")).isEqualTo("not_found");
    Answer last = call(writer, "DELETE", "v1/keys/" + KeySecret.idOf(writer), "");
    assertThat(last.status()).isEqualTo(409);
    assertThat(last.text("code")).isEqualTo("in_use");
    assertThat(list().body().path("keys")).hasSize(3);
    String id = KeySecret.idOf(writer);
    assertThat(call(writer, "DELETE", "v1/keys/" + id + "?force=true", "").status()).isEqualTo(200);
    assertThat(list().status()).isEqualTo(401);
  }

  private record Call(String method, String path) {}

  /// Every call that the description names, so that none is forgotten here.
  private List<Call> described() throws IOException, InterruptedException {
    List<Call> calls = new ArrayList<>();
    call(writer, "GET", "openapi.json", "")
        .body()
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .fieldNames()
                .forEachRemaining(
                    method -> calls.add(new Call(method.toUpperCase(Locale.ROOT), path.getKey()))));
    assertThat(calls).hasSizeGreaterThan(20);
    return calls;
  }

  private static String filled(String path) {
    return path.substring(1).replace("{name}", "vm-1").replace("{id}", "key-000000000000");
  }

  @Test
  void a_key_that_reads_is_refused_at_every_call_that_writes_and_at_the_keys() throws Exception {
    int refused = 0;
    for (Call each : described()) {
      boolean reads = each.method().equals("GET") && !each.path().startsWith("/v1/keys");
      if (!reads) {
        Answer answer = call(reader, each.method(), filled(each.path()), "{}");
        assertThat(answer.status()).as(each.toString()).isEqualTo(403);
        assertThat(answer.text("code")).as(each.toString()).isEqualTo("wrong_scope");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(10);
    for (String disguised : List.of("v1/%6beys", "v1//keys", "v1/./keys", "v1/keys/", "v1/keys;")) {
      assertThat(call(reader, "GET", disguised, "").status()).as(disguised).isIn(403, 404, 400);
    }
    HttpResponse<String> head =
        client.send(request(reader, "HEAD", "v1/keys", ""), BodyHandlers.ofString());
    assertThat(head.statusCode()).isEqualTo(403);
  }

  @Test
  void a_key_that_was_revoked_or_has_expired_is_refused_at_every_call() throws Exception {
    keys.revoke(KeySecret.idOf(reader), false);
    String expired = keys.create("x", Set.of(ApiKeys.Scope.READ), Optional.of(hours(1))).secret();
    later.set(hours(2));
    for (Call each : described()) {
      for (String key : List.of(reader, expired)) {
        if (!OPEN.contains(each.path())) {
          Answer answer = call(key, each.method(), filled(each.path()), "{}");
          assertThat(answer.status()).as(each.toString()).isEqualTo(401);
          assertThat(answer.text("code")).isEqualTo("wrong_key");
        }
      }
    }
  }

  private static Duration hours(long hours) {
    return Duration.ofHours(hours);
  }

  /// A stream that is open, and what it has brought.
  private record Stream(Queue<String> lines, CompletableFuture<?> end) {}

  private Stream follow(String key) {
    Queue<String> lines = new ConcurrentLinkedQueue<>();
    CompletableFuture<?> end =
        client
            .sendAsync(request(key, "GET", "v1/events", ""), BodyHandlers.ofLines())
            .thenAcceptAsync(response -> response.body().forEach(lines::add));
    await().until(() -> lines.contains("event: snapshot"));
    return new Stream(lines, end);
  }

  @Test
  void the_streams_of_a_key_end_soon_after_it_whoever_revokes_it_and_no_other_does()
      throws Exception {
    Stream kept = follow(writer);
    Stream revoked = follow(reader);
    ApiKeys another = ApiKeys.open(folder.resolve("keys.json"));
    another.revoke(KeySecret.idOf(reader), false);
    await().until(revoked.end()::isDone);

    String id = keys.create("x", Set.of(ApiKeys.Scope.READ), Optional.of(hours(1))).secret();
    Stream expired = follow(id);
    later.set(hours(2));
    await().until(expired.end()::isDone);

    assertThat(kept.end()).isNotDone();
    call(writer, "POST", "v1/keys", "{\"name\":\"after\"}");
    await().until(() -> kept.lines().stream().anyMatch(line -> line.contains("'after' was made")));
    assertThat(revoked.lines()).noneMatch(line -> line.contains("'after'"));
  }
}
