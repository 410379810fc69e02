package dev.podium.fleet.api.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.fleet.api.ApiOptions;
import dev.podium.fleet.api.ApiServer;
import dev.podium.fleet.api.key.ApiKeys;
import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.policy.PolicyMember;
import dev.podium.fleet.testing.MemoryFleet;
import dev.podium.wire.invite.AccessCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PolicyCallsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Queue<String> told = new ConcurrentLinkedQueue<>();
  private MemoryFleet fleet;
  private ApiServer server;
  private URI policy;
  private String key = "";

  @BeforeEach
  void open() {
    fleet = new MemoryFleet(folder, MemoryFleet.hasty(), MemoryFleet.policy(Duration.ofHours(1)));
    fleet
        .service
        .events()
        .subscribe(event -> {
          if (event instanceof Activity activity) {
            told.add(activity.sentence());
          }
        });
    ApiKeys keys = ApiKeys.open(folder.resolve("keys.json"));
    key = keys.issue("test", EnumSet.allOf(ApiKeys.Scope.class));
    server = new ApiServer(fleet.service, keys, ApiOptions.loopback(0), Instant::now);
    policy = server.start().resolve("v1/policy");
  }

  @AfterEach
  void close() {
    server.close();
    fleet.close();
    client.close();
  }

  private HttpResponse<String> get() throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(policy).GET());
  }

  private HttpResponse<String> put(JsonNode body) throws IOException, InterruptedException {
    return send(put(body.toString()));
  }

  private HttpRequest.Builder put(String body) {
    return HttpRequest.newBuilder(policy).PUT(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(
        request.header("Authorization", "Bearer " + key).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private ObjectNode inForce() throws IOException, InterruptedException {
    return (ObjectNode) JSON.readTree(get().body());
  }

  @Test
  void what_was_read_can_be_changed_and_is_in_force_and_told() throws Exception {
    ObjectNode wanted = inForce();
    assertThat(wanted.path("maximum").asInt()).isEqualTo(3);
    assertThat(wanted.path("idleSeconds").asInt()).isEqualTo(3_600);

    wanted.put("maximum", 5).put("idleSeconds", 90.5).put("provisioning", "SPOT");
    HttpResponse<String> answer = put(wanted);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body())).isEqualTo(wanted);
    assertThat(inForce()).isEqualTo(wanted);
    assertThat(fleet.service.policy().scaling().maximum()).isEqualTo(5);
    assertThat(fleet.service.policy().limits().use().idle()).isEqualTo(Duration.ofMillis(90_500));
    await()
        .until(() ->
            told.contains(
                "policy changed: maximum 3 → 5, idle 1 h → 90.5 s, provisioning STANDARD →"
                    + " SPOT"));
  }

  @Test
  void one_answer_names_every_member_that_cannot_be_used() throws Exception {
    ObjectNode before = inForce();
    ObjectNode wrong = before.deepCopy();
    wrong.put("minimum", 9).put("seats", "fifty").put("hourlyBudget", -1).remove("image");
    wrong.putArray("zones").add("mars-north1-a");

    HttpResponse<String> answer = put(wrong);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode problem = JSON.readTree(answer.body());
    List<String> fields = new ArrayList<>();
    problem.path("faults").forEach(fault -> fields.add(fault.path("field").asText()));
    assertThat(fields).containsExactly("hourlyBudget", "image", "minimum", "seats", "zones");
    assertThat(problem.path("detail").asText())
        .contains("minimum: The minimum is over the maximum of 3.", "mars-north1-a", "is missing");
    assertThat(inForce()).isEqualTo(before);
  }

  @Test
  void a_change_that_rests_on_an_old_policy_is_refused() throws Exception {
    String tag = get().headers().firstValue("etag").orElseThrow();
    ObjectNode first = inForce().put("maximum", 7);
    ObjectNode second = inForce().put("maximum", 8);

    assertThat(send(put(first.toString()).header("If-Match", tag)).statusCode()).isEqualTo(200);
    HttpResponse<String> late = send(put(second.toString()).header("If-Match", tag));

    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(JSON.readTree(late.body()).path("code").asText()).isEqualTo("conflict");
    assertThat(inForce().path("maximum").asInt()).isEqualTo(7);
  }

  @Test
  void an_access_code_is_set_kept_and_taken_away_and_no_answer_says_which() throws Exception {
    ObjectNode none = inForce();
    assertThat(none.path("accessCode").asText("?")).isEmpty();
    HttpResponse<String> set = put(none.deepCopy().put("accessCode", "blue whale"));
    assertThat(set.body()).contains("\"accessCode\":\"******\"").doesNotContain("blue whale");
    AccessCode first = fleet.service.policy().accessCode().orElseThrow();
    assertThat(first.matches("blue whale")).isTrue();

    put(inForce().put("maximum", 5));
    ObjectNode unaware = inForce().put("maximum", 6);
    unaware.remove("accessCode");
    assertThat(put(unaware).statusCode()).isEqualTo(200);
    assertThat(fleet.service.policy().accessCode()).contains(first);

    put(inForce().put("accessCode", ""));
    assertThat(fleet.service.policy().accessCode()).isEmpty();
    await().until(() -> told.contains("policy changed: access code removed"));
    assertThat(told).contains("policy changed: access code changed");
    assertThat(told).noneMatch(sentence -> sentence.contains("blue whale"));
    assertThat(told).noneMatch(sentence -> sentence.contains(first.item()));
  }

  @Test
  void an_access_code_that_nobody_could_type_is_refused_and_not_repeated() throws Exception {
    HttpResponse<String> tooShort = put(inForce().put("accessCode", "wh4le"));
    assertThat(tooShort.statusCode()).isEqualTo(400);
    assertThat(tooShort.body())
        .contains("accessCode: From 6 to 64 characters")
        .doesNotContain("wh4le");
    assertThat(put(inForce().put("accessCode", 1_234_567)).statusCode()).isEqualTo(400);
    assertThat(put(inForce().putNull("accessCode")).statusCode()).isEqualTo(400);
  }

  @Test
  void another_access_code_is_another_policy_although_it_looks_the_same() throws Exception {
    put(inForce().put("accessCode", "blue whale"));
    String tag = get().headers().firstValue("etag").orElseThrow();
    put(inForce().put("accessCode", "red panda"));
    ObjectNode late = inForce().put("maximum", 8);
    assertThat(send(put(late.toString()).header("If-Match", tag)).statusCode()).isEqualTo(412);
  }

  @Test
  void the_description_names_every_member_and_no_other() throws Exception {
    JsonNode description =
        JSON.readTree(
            client
                .send(
                    HttpRequest.newBuilder(policy.resolve("/openapi.json")).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body());
    List<String> described = new ArrayList<>();
    description
        .at("/components/schemas/Policy/properties")
        .fieldNames()
        .forEachRemaining(described::add);
    assertThat(described)
        .containsExactlyElementsOf(
            Arrays.stream(PolicyMember.values()).map(PolicyMember::json).toList());
  }
}
