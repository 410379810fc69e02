package dev.podium.fleet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.fleet.api.call.CreateCall;
import dev.podium.fleet.api.key.ApiKeys;
import dev.podium.fleet.api.key.KeySecret;
import dev.podium.fleet.testing.MemoryFleet;
import dev.podium.wire.model.PodiumException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ApiServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private MemoryFleet fleet;
  private ApiServer server;
  private ApiKeys keys;
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

  private record Answer(int status, JsonNode body, HttpResponse<String> raw) {
    List<String> texts(String list, String member) {
      return StreamSupport.stream(body.path(list).spliterator(), false)
          .map(node -> node.path(member).asText())
          .toList();
    }
  }

  private Answer call(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + key);
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    JsonNode json =
        response.headers().firstValue("content-type").orElse("").contains("json")
            ? JSON.readTree(response.body())
            : JSON.createObjectNode();
    return new Answer(response.statusCode(), json, response);
  }

  private Answer get(String path) throws IOException, InterruptedException {
    return call("GET", path, "");
  }

  private Answer create(int count) throws IOException, InterruptedException {
    return call("POST", "v1/instances?wait=ready", "{\"count\":" + count + "}");
  }

  @Test
  void created_vms_are_waited_for_and_listed_with_every_member_of_the_contract() throws Exception {
    Answer created = create(3);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.texts("instances", "name")).containsExactly("vm-1", "vm-2", "vm-3");
    assertThat(created.body().path("failures")).isEmpty();
    Answer listed = get("v1/instances");
    assertThat(listed.status()).isEqualTo(200);
    assertThat(listed.texts("instances", "name")).containsExactly("vm-1", "vm-2", "vm-3");
    assertThat(listed.body().path("nextPageToken").asText("none")).isEmpty();
    JsonNode first = listed.body().path("instances").get(0);
    for (String member :
        List.of(
            "name",
            "zone",
            "status",
            "health",
            "reason",
            "chatUrl",
            "participants",
            "seats",
            "ageSeconds",
            "idleSeconds",
            "machineType",
            "costPerHour",
            "owner",
            "labels")) {
      assertThat(first.has(member)).as(member).isTrue();
    }
    assertThat(first.path("health").asText()).isIn("HEALTHY", "IDLE");
    assertThat(first.path("labels").path("podium-fleet").asText()).isEqualTo("class");
    assertThat(get("v1/instances/vm-1").body().path("evidence")).isNotEmpty();
  }

  @Test
  void a_creation_that_is_not_waited_for_is_accepted_and_its_operation_can_be_followed()
      throws Exception {
    Answer created = call("POST", "v1/instances", "{}", "Idempotency-Key", "k");
    assertThat(created.status()).isEqualTo(202);
    String id = created.body().path("operations").get(0).path("id").asText();
    await().until(() -> get("v1/operations/" + id).body().path("status").asText().equals("DONE"));
    call("POST", "v1/instances", "{}", "Idempotency-Key", "k");
    assertThat(fleet.cloud.all()).hasSize(1);
  }

  @Test
  void where_no_vm_can_be_made_the_answer_is_the_cause() throws Exception {
    fleet.cloud.refuseWith(
        new PodiumException.QuotaExceeded("The VM was not created", "CPUS: 8 of 8", "Ask.", null));
    Answer refused = create(2);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body().path("code").asText()).isEqualTo("quota_exceeded");
    assertThat(refused.body().path("detail").asText()).contains("CPUS: 8 of 8");
    assertThat(refused.texts("failures", "name")).containsExactly("vm-1", "vm-2");
  }

  @Test
  void a_creation_that_failed_since_it_was_accepted_is_listed_as_a_failure() throws Exception {
    fleet.cloud.refuseWith(
        new PodiumException.QuotaExceeded("The VM was not created", "CPUS: 8 of 8", "Ask.", null));
    call("POST", "v1/instances", "{}", "Idempotency-Key", "k");
    await()
        .untilAsserted(() -> {
          Answer again = call("POST", "v1/instances", "{}", "Idempotency-Key", "k");
          assertThat(again.status()).isEqualTo(403);
          assertThat(again.texts("failures", "name")).containsExactly("vm-1");
        });
  }

  private static final Map<String, String> WRONG =
      Map.of(
          "{\"count\":0}", "The member 'count' must be a whole number from 1 to 1000.",
          "{\"count\":\"3\"}", "The member 'count' must be a whole number",
          "{\"cuont\":3}", "There is no member 'cuont'",
          "{\"count\":3", "The body is not JSON",
          "[]", "The body must be a JSON object.",
          "{\"labels\":{\"a\":1}}", "The member 'labels' must be an object of texts.",
          "{\"namePrefix\":\"Class A\"}", "'Class A-1' is not a name for a VM",
          "{\"zone\":\"a\",\"zones\":[\"b\"]}", "the member 'zone' or the member 'zones'");

  @Test
  void a_wrong_request_is_refused_in_a_sentence_that_names_the_member() throws Exception {
    for (Map.Entry<String, String> wrong : WRONG.entrySet()) {
      Answer refused = call("POST", "v1/instances", wrong.getKey());
      assertThat(refused.status()).as(wrong.getKey()).isEqualTo(400);
      assertThat(refused.raw().headers().firstValue("content-type"))
          .contains("application/problem+json");
      assertThat(refused.body().path("detail").asText()).contains(wrong.getValue());
      assertThat(refused.body().path("code").asText()).isEqualTo("invalid");
    }
    assertThat(fleet.cloud.all()).isEmpty();
  }

  @Test
  void a_vm_in_use_is_destroyed_by_force_only() throws Exception {
    create(1);
    fleet.agents.of("vm-1").people(2);
    await().until(() -> get("v1/instances/vm-1").body().path("participants").asInt() == 2);
    Answer refused = call("DELETE", "v1/instances/vm-1", "");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body().path("code").asText()).isEqualTo("in_use");
    assertThat(call("DELETE", "v1/instances/vm-1?force=true", "").status()).isEqualTo(202);
    await().until(() -> get("v1/instances/vm-1").status() == 404);
  }

  @Test
  void lists_are_filtered_and_paged() throws Exception {
    create(3);
    fleet.cloud.label(new dev.podium.fleet.model.VmName("vm-2"), "course", "algebra");
    await()
        .until(() ->
            get("v1/instances?filter=labels.course%3Dalgebra").body().path("instances").size()
                == 1);
    assertThat(
            get("v1/instances?filter=name%3Dvm-*%20AND%20labels.course!%3Dalgebra")
                .texts("instances", "name"))
        .containsExactly("vm-1", "vm-3");
    assertThat(get("v1/instances?filter=zone%3Dmars-1").body().path("instances")).isEmpty();
    Answer first = get("v1/instances?pageSize=2");
    assertThat(first.texts("instances", "name")).containsExactly("vm-1", "vm-2");
    String token = first.body().path("nextPageToken").asText();
    Answer second = get("v1/instances?pageSize=2&pageToken=" + token);
    assertThat(second.texts("instances", "name")).containsExactly("vm-3");
    assertThat(second.body().path("nextPageToken").asText("none")).isEmpty();
    assertThat(get("v1/instances?filter=colour%3Dred").body().path("detail").asText())
        .contains("'colour' is not known");
    assertThat(get("v1/instances?filter=health%3DWELL").status()).isEqualTo(400);
    assertThat(get("v1/instances?pageSize=0").status()).isEqualTo(400);
  }

  @Test
  void a_repeated_request_whose_vm_is_gone_says_that_it_is_over() throws Exception {
    Answer first =
        call("POST", "v1/instances?wait=ready", "{\"count\":1}", "Idempotency-Key", "k-1");
    String name = first.body().at("/instances/0/name").asText();
    call("DELETE", "v1/instances/" + name + "?force=true", "");
    await()
        .untilAsserted(
            () -> assertThat(call("GET", "v1/instances/" + name, "").status()).isEqualTo(404));
    Answer again =
        call("POST", "v1/instances?wait=ready", "{\"count\":1}", "Idempotency-Key", "k-1");
    assertThat(again.body().at("/instances/0/id")).isEqualTo(first.body().at("/instances/0/id"));
    assertThat(again.body().at("/instances/0/status").asText()).isEqualTo("TERMINATED");
    assertThat(again.body().at("/instances/0/health").asText()).isEqualTo("TERMINATED");
    assertThat(again.body().at("/instances/0/chatUrl").isNull()).isTrue();
    assertThat(again.body().at("/operations/0/id")).isEqualTo(first.body().at("/operations/0/id"));
  }

  @Test
  void a_vm_gets_the_policys_seats_and_no_label_of_podiums() throws Exception {
    Answer made = call("POST", "v1/instances?wait=ready", "{\"count\":1}");
    assertThat(made.body().at("/instances/0/seats").asInt()).isEqualTo(2);
    Answer refused = call("POST", "v1/instances", "{\"labels\":{\"podium-owner\":\"eve\"}}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().path("detail").asText()).contains("'podium-owner' cannot be set");
  }

  @Test
  void a_seat_in_a_room_that_no_vm_has_is_refused_before_a_vm_is_made() throws Exception {
    Answer seat = call("POST", "v1/allocations", "{\"room\":\"Maths & Physics\"}");
    assertThat(seat.status()).isEqualTo(400);
    assertThat(seat.body().path("detail").asText()).contains("'Maths & Physics' cannot be used");
    assertThat(fleet.cloud.all()).isEmpty();
  }

  @Test
  void a_seat_and_an_invite_are_links() throws Exception {
    Answer seat = call("POST", "v1/allocations", "{\"room\":\"algebra\"}");
    assertThat(seat.status()).isEqualTo(200);
    assertThat(seat.body().path("created").asBoolean()).isTrue();
    assertThat(seat.body().path("url").asText()).contains("#t=");
    Answer invite = call("POST", "v1/invites", "{\"name\":\"Ann\",\"room\":\"r\",\"hours\":2}");
    assertThat(invite.status()).isEqualTo(201);
    assertThat(invite.body().path("url").asText())
        .endsWith("#t=" + invite.body().path("token").asText());
    assertThat(call("POST", "v1/invites", "{\"room\":\"r\"}").body().path("detail").asText())
        .contains("'name' is missing");
  }

  @Test
  void an_invite_is_taken_back_by_its_link_its_token_or_its_id() throws Exception {
    call("POST", "v1/allocations", "{\"room\":\"algebra\"}");
    Answer invite = call("POST", "v1/invites", "{\"name\":\"Ann\"}");
    String id = invite.body().path("id").asText();
    for (String given : List.of("url", "token", "id")) {
      Answer taken =
          call(
              "POST",
              "v1/invites:revoke",
              "{\"invite\":\"" + invite.body().path(given).asText() + "\"}");
      assertThat(taken.status()).isEqualTo(200);
      assertThat(taken.body().path("id").asText()).isEqualTo(id);
      assertThat(taken.body().path("instances")).isNotEmpty();
      assertThat(taken.body().path("untold")).isEmpty();
    }
    Answer none = call("POST", "v1/invites:revoke", "{\"invite\":\"http://x/#t=a.b.c\"}");
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.body().path("detail").asText()).contains("no invite's link, token or id");
  }

  @Test
  void without_a_good_key_there_is_no_answer() throws Exception {
    Answer none = call("GET", "v1/instances", "", "Authorization", "Basic eA==");
    assertThat(none.status()).isEqualTo(401);
    assertThat(none.body().path("code").asText()).isEqualTo("no_key");
    assertThat(none.raw().headers().firstValue("www-authenticate")).isPresent();
    Answer wrong = call("GET", "v1/instances", "", "Authorization", "Bearer podium_wrong");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.body().path("code").asText()).isEqualTo("wrong_key");
    String reader = keys.issue("reader", Set.of(ApiKeys.Scope.READ));
    assertThat(call("GET", "v1/zones", "", "Authorization", "Bearer " + reader).status())
        .isEqualTo(200);
    assertThat(call("POST", "v1/instances", "{}", "Authorization", "Bearer " + reader).status())
        .isEqualTo(403);
  }

  @Test
  void a_page_of_another_site_and_a_name_of_its_own_are_refused() throws Exception {
    Answer origin = call("GET", "v1/instances", "", "Origin", "https://evil.example");
    assertThat(origin.status()).isEqualTo(403);
    assertThat(origin.body().path("code").asText()).isEqualTo("wrong_origin");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), base.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /healthz HTTP/1.1\r\nHost: evil.example:"
                      + base.getPort()
                      + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] head = socket.getInputStream().readNBytes(12);
      assertThat(new String(head, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 403");
    }
  }

  @Test
  void every_refusal_is_a_problem_document() throws Exception {
    assertThat(get("v1/nothing").body().path("code").asText()).isEqualTo("no_such_path");
    assertThat(call("PUT", "v1/instances", "{}").body().path("code").asText())
        .isEqualTo("wrong_method");
    assertThat(get("v1/instances/none").body().path("code").asText()).isEqualTo("not_found");
    assertThat(get("v1/operations/none").body().path("code").asText()).isEqualTo("not_found");
    Answer large = call("POST", "v1/instances", "{\"x\":\"" + "y".repeat(70_000) + "\"}");
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.body().path("code").asText()).isEqualTo("too_large");
  }

  @Test
  void events_begin_with_the_fleet_and_go_on_where_the_listener_stopped() throws Exception {
    create(1);
    List<String> first = listen("", "event: snapshot");
    assertThat(first).contains("event: vm").anyMatch(line -> line.contains("\"name\":\"vm-1\""));
    // Who has not got the whole fleet must not come back with an id that says so.
    assertThat(first.stream().filter(line -> line.startsWith("id: "))).hasSize(1);
    assertThat(first.get(first.size() - 2)).startsWith("id: ");
    call("POST", "v1/instances/vm-1:pin", "{}");
    List<String> live = listen("", "pinned: Podium never ends it on its own");
    String id =
        live.stream().filter(line -> line.startsWith("id: ")).toList().getLast().substring(4);
    call("DELETE", "v1/instances/vm-1", "");
    List<String> missed = listen(id, "event: gone");
    assertThat(missed).noneMatch(line -> line.equals("event: snapshot"));
  }

  /// Reads until a line contains the text; another pin keeps the stream moving meanwhile.
  private List<String> listen(String lastEventId, String until) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve("v1/events")).header("Authorization", "Bearer " + key);
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    List<String> lines = new ArrayList<>();
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.headers().firstValue("content-type").orElse(""))
        .startsWith("text/event-stream");
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      if (until.startsWith("pinned")) {
        call("POST", "v1/instances/vm-1:pin", "{\"pinned\":true}");
      }
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        if (line.contains(until)) {
          break;
        }
      }
    }
    return lines;
  }

  @Test
  void health_needs_no_key_and_metrics_are_openmetrics() throws Exception {
    create(1);
    assertThat(call("GET", "healthz", "", "Authorization", "none").body().path("status").asText())
        .isEqualTo("ok");
    Answer metrics = get("metrics");
    assertThat(metrics.raw().headers().firstValue("content-type").orElse(""))
        .startsWith("application/openmetrics-text");
    assertThat(metrics.raw().body())
        .contains("podium_vms{health=\"suspect\"} 0")
        .contains("podium_api_requests_total ")
        .endsWith("# EOF\n");
  }

  @Test
  void the_description_names_every_route_and_no_other() throws Exception {
    JsonNode description = get("openapi.json").body();
    assertThat(description.path("openapi").asText()).isEqualTo("3.1.0");
    List<String> described = new ArrayList<>();
    description
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .fieldNames()
                .forEachRemaining(method ->
                    described.add(
                        method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
    assertThat(described).containsExactlyInAnyOrderElementsOf(server.routes());
    JsonNode members = description.at("/components/schemas/CreateRequest/properties");
    List<String> named = new ArrayList<>();
    members.fieldNames().forEachRemaining(named::add);
    assertThat(named).containsExactlyInAnyOrderElementsOf(CreateCall.MEMBERS);
  }

  @Test
  void keys_are_kept_as_hashes_in_files_of_their_owner_alone() throws Exception {
    Path plain = folder.resolve("api-key");
    keys.issueTo(plain);
    String issued = Files.readString(plain).strip();
    assertThat(Files.getPosixFilePermissions(plain))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readString(folder.resolve("keys.json"))).doesNotContain(issued);
    ApiKeys again = ApiKeys.open(folder.resolve("keys.json"));
    again.issueTo(plain);
    assertThat(Files.readString(plain).strip()).isEqualTo(issued);
    assertThat(again.scopes(issued)).contains(EnumSet.allOf(ApiKeys.Scope.class));
    again.revoke(KeySecret.idOf(issued), true);
    assertThat(again.scopes(issued)).isEmpty();
  }

  @Test
  void two_programs_that_start_at_once_agree_on_one_key() throws Exception {
    Path file = folder.resolve("shared.json");
    Path plain = folder.resolve("shared-key");
    ApiKeys first = ApiKeys.open(file);
    ApiKeys second = ApiKeys.open(file);
    first.issueTo(plain);
    String issued = Files.readString(plain).strip();
    second.issueTo(plain);
    assertThat(Files.readString(plain).strip()).isEqualTo(issued);
    String other = second.issue("other", Set.of(ApiKeys.Scope.READ));
    first.issue("third", Set.of(ApiKeys.Scope.READ));
    ApiKeys kept = ApiKeys.open(file);
    assertThat(kept.scopes(issued)).isPresent();
    assertThat(kept.scopes(other)).isPresent();
  }

  @Test
  void a_file_that_holds_something_else_is_not_replaced_by_a_key() throws Exception {
    Path notes = Files.writeString(folder.resolve("notes.txt"), "my notes\n");
    assertThatThrownBy(() -> keys.issueTo(notes))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("something else than a key of Podium's");
    assertThat(notes).hasContent("my notes");
    Path stale = Files.writeString(folder.resolve("stale"), "podium_of_another_day\n");
    keys.issueTo(stale);
    assertThat(keys.scopes(Files.readString(stale).strip())).isPresent();
  }

  @Test
  void what_was_left_in_the_cloud_is_listed_and_cleaned_on_request() throws Exception {
    create(1);
    fleet.leftovers.disks.add(
        new dev.podium.fleet.model.Disk(
            "dead-1",
            "us-central1-a",
            "pd-balanced",
            10,
            Instant.now().minusSeconds(7_200),
            Map.of("podium-fleet", "class"),
            false,
            0.001));
    Answer looked = get("v1/leaks");
    assertThat(looked.status()).isEqualTo(200);
    assertThat(looked.texts("leaks", "kind")).containsExactly("VM", "DISK");
    assertThat(looked.texts("leaks", "fate")).containsExactly("KEPT", "CLEANABLE");
    assertThat(looked.texts("leaks", "console")).containsExactly("console-1", "");
    Answer cleaned = call("POST", "v1/leaks:clean", "");
    assertThat(cleaned.texts("leaks", "fate")).containsExactly("KEPT", "CLEANED");
    assertThat(cleaned.body().path("sentence").asText()).contains("Cleaned: 1 disk.");
    assertThat(fleet.leftovers.disks).isEmpty();
    assertThat(fleet.cloud.all()).hasSize(1);
  }

  @Test
  void a_vm_is_held_for_minutes_and_released() throws Exception {
    create(1);
    Answer held = call("POST", "v1/instances/vm-1:hold", "{\"minutes\":30}");
    assertThat(held.status()).isEqualTo(200);
    assertThat(Instant.parse(held.body().path("heldUntil").asText()))
        .isBetween(Instant.now().plusSeconds(1_700), Instant.now().plusSeconds(1_801));
    Answer lifted = call("POST", "v1/instances/vm-1:hold", "{\"minutes\":0}");
    assertThat(lifted.body().path("heldUntil").isNull()).isTrue();
    assertThat(call("POST", "v1/instances/vm-1:hold", "{\"minutes\":-1}").status()).isEqualTo(400);
    Answer tooLong = call("POST", "v1/instances/vm-1:hold", "{\"minutes\":6000}");
    assertThat(tooLong.status()).isEqualTo(400);
    assertThat(tooLong.body().path("code").asText()).isEqualTo("invalid");
  }
}
