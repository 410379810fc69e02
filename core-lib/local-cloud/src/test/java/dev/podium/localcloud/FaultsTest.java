package dev.podium.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.localcloud.Wire.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes wrong on demand, over the wire.
class FaultsTest {
  private static final String ZONE = "us-central1-a";

  private static LocalCloud cloud;
  private static Wire wire;

  @BeforeAll
  static void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    wire = new Wire(cloud);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @AfterEach
  void all_is_well_again() {
    assertThat(wire.local("PUT", "faults", "{\"seed\":1}").status()).isEqualTo(200);
  }

  private static Answer set(String faults) {
    return wire.local("PUT", "faults", faults);
  }

  @Test
  void what_goes_wrong_is_told_whole_and_can_be_set_again_as_it_was_told() {
    set(
        """
        {"stockedOutZones":["us-central1-b"],"quotas":{"us-central1/CPUS":4},
         "requestsPerMinute":{"global_reads":10000},"errorRate503":0.25,"slowOperationsMillis":20,
         "failingOperations":{"rate":0.5,"code":"QUOTA_EXCEEDED","types":["insert"]},
         "pubsub":{"delayMillis":100,"duplicateRate":0.1,"seekMillis":60000},
         "unreachableZones":["us-central1-a"],"accountsWithoutRole":["a@b.example"]}
        """);
    JsonNode told = wire.local("GET", "faults", "").body();

    assertThat(told.path("seed").asLong()).isEqualTo(1);
    assertThat(told.at("/failingOperations/types/0").asText()).isEqualTo("insert");
    assertThat(set("{}").body()).isNotEqualTo(told);
    assertThat(set(told.toString()).body()).isEqualTo(told);
  }

  @Test
  void a_change_of_one_fault_leaves_the_others() {
    set("{\"errorRate503\":0,\"pubsub\":{\"delayMillis\":5,\"duplicateRate\":0.5}}");
    JsonNode told =
        wire.local("PATCH", "faults", "{\"pubsub\":{\"delayMillis\":7},\"stockedOutZones\":null}")
            .body();

    assertThat(told.at("/pubsub/delayMillis").asInt()).isEqualTo(7);
    assertThat(told.at("/pubsub/duplicateRate").asDouble()).isEqualTo(0.5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"errorRate403\":1.5}",
        "{\"errorRate403\":\"often\"}",
        "{\"errorRate404\":0.1}",
        "{\"stockedOutZones\":[\"mars-1\"]}",
        "{\"unreachableZones\":[\"mars-1\"]}",
        "{\"pubsub\":{\"seekMillis\":-1}}",
        "{\"stockedOutZones\":\"us-central1-a\"}",
        "{\"quotas\":{\"GOATS\":1}}",
        "{\"quotas\":{\"mars/CPUS\":1}}",
        "{\"requestsPerMinute\":{\"reads\":1}}",
        "{\"requestsPerMinute\":{\"global_reads\":-1}}",
        "{\"slowOperationsMillis\":-1}",
        "{\"slowOperationsMillis\":9223372036854775807}",
        "{\"failingOperations\":{\"code\":\"no code\"}}",
        "{\"pubsub\":{\"delay\":5}}",
        "{\"pubsub\":[]}",
        "[1]",
        "{"
      })
  void a_fault_that_is_none_is_refused_and_changes_nothing(String faults) {
    JsonNode before = wire.local("GET", "faults", "").body();
    Answer answer = set(faults);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message()).isNotEmpty();
    assertThat(answer.reason()).isIn("invalid", "parseError");
    assertThat(wire.local("GET", "faults", "").body()).isEqualTo(before);
  }

  @Test
  void the_same_seed_goes_wrong_in_the_same_places() {
    List<Integer> first = statuses("{\"seed\":42,\"errorRate503\":0.3,\"errorRate429\":0.3}");
    List<Integer> again = statuses("{\"seed\":42,\"errorRate503\":0.3,\"errorRate429\":0.3}");
    List<Integer> other = statuses("{\"seed\":43,\"errorRate503\":0.3,\"errorRate429\":0.3}");

    assertThat(first).contains(200, 429, 503);
    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  private static List<Integer> statuses(String faults) {
    set(faults);
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      statuses.add(wire.get("zones/" + ZONE).status());
    }
    return statuses;
  }

  @Test
  void a_zone_that_does_not_answer_is_named_in_lists_of_all_and_refuses_what_is_asked_of_it() {
    wire.done(wire.insert(ZONE, "hidden", ""));
    wire.done(wire.insert("europe-west1-b", "seen", ""));
    set("{\"unreachableZones\":[\"" + ZONE + "\"]}");
    JsonNode zones =
        wire.get("aggregated/instances?returnPartialSuccess=true").body().path("items");

    assertThat(zones.path("zones/" + ZONE).at("/warning/code").asText()).isEqualTo("UNREACHABLE");
    assertThat(zones.path("zones/" + ZONE).has("instances")).isFalse();
    assertThat(zones.at("/zones~1europe-west1-b/instances").findValuesAsText("name"))
        .contains("seen");
    assertThat(wire.get("zones/" + ZONE + "/instances/hidden").status()).isEqualTo(503);
    assertThat(wire.insert(ZONE, "more", "").status()).isEqualTo(503);
    set("{}");
    assertThat(wire.status(ZONE, "hidden")).isEqualTo("RUNNING");
    assertThat(wire.get("zones/" + ZONE + "/instances/more").status()).isEqualTo(404);
  }

  @Test
  void an_operation_that_is_to_fail_is_accepted_and_leaves_nothing() {
    set("{\"failingOperations\":{\"rate\":1,\"code\":\"INTERNAL_ERROR\"}}");
    JsonNode failed = wire.done(wire.insert(ZONE, "unlucky", ""));

    assertThat(failed.path("status").asText()).isEqualTo("DONE");
    assertThat(failed.at("/error/errors/0/code").asText()).isEqualTo("INTERNAL_ERROR");
    assertThat(failed.path("httpErrorStatusCode").asInt()).isEqualTo(500);
    assertThat(wire.get("zones/" + ZONE + "/instances/unlucky").status()).isEqualTo(404);
    assertThat(wire.get("zones/" + ZONE + "/disks/unlucky").status()).isEqualTo(404);
  }

  @Test
  void a_delete_that_is_to_fail_leaves_the_instance_running() {
    wire.done(wire.insert(ZONE, "tough", ""));
    set("{\"failingOperations\":{\"rate\":1,\"types\":[\"delete\"]}}");
    String vm = "zones/" + ZONE + "/instances/tough";

    assertThat(wire.done(wire.send("DELETE", vm, "")).has("error")).isTrue();
    assertThat(wire.status(ZONE, "tough")).isEqualTo("RUNNING");
    set("{}");
    assertThat(wire.done(wire.send("DELETE", vm, "")).has("error")).isFalse();
    assertThat(wire.get(vm).status()).isEqualTo(404);
  }

  @Test
  void labels_of_a_change_that_is_to_fail_stay_as_they_were() {
    wire.done(wire.insert(ZONE, "labelled", ""));
    String vm = "zones/" + ZONE + "/instances/labelled";
    String fingerprint = wire.get(vm).body().path("labelFingerprint").asText();
    set("{\"failingOperations\":{\"rate\":1}}");
    String change =
        "{\"labelFingerprint\":\"" + fingerprint + "\",\"labels\":{\"colour\":\"red\"}}";

    assertThat(wire.done(wire.post(vm + "/setLabels", change)).has("error")).isTrue();
    assertThat(wire.get(vm).body().has("labels")).isFalse();
  }

  @Test
  void requests_above_the_minutes_limit_are_refused_as_google_refuses_them() {
    set("{\"requestsPerMinute\":{\"writes_per_region\":0,\"global_reads\":1000000}}");
    Answer refused = wire.insert(ZONE, "too-many", "");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.reason()).isEqualTo("rateLimitExceeded");
    assertThat(refused.message()).contains("'Queries per minute'", "compute.googleapis.com");
    assertThat(wire.get("zones/" + ZONE + "/instances").status()).isEqualTo(200);
    assertThat(wire.get("aggregated/instances").status()).isEqualTo(200);
  }

  @Test
  void what_a_region_may_have_is_told_with_what_it_has() {
    wire.done(wire.insert("europe-west1-b", "counted", ""));
    set("{\"quotas\":{\"europe-west1/CPUS\":3}}");
    JsonNode quotas = wire.get("regions/europe-west1").body().path("quotas");
    JsonNode operation = wire.done(wire.insert("europe-west1-b", "over", ""));

    assertThat(quotas)
        .anySatisfy(quota -> {
          assertThat(quota.path("metric").asText()).isEqualTo("CPUS");
          assertThat(quota.path("limit").asDouble()).isEqualTo(3);
          assertThat(quota.path("usage").asDouble()).isEqualTo(2);
        });
    assertThat(operation.at("/error/errors/0/errorDetails/0/quotaInfo/limit").asDouble())
        .isEqualTo(3);
    assertThat(project().path("quotas")).isNotEmpty();
  }

  private static JsonNode project() {
    return Wire.send("GET", cloud.compute().resolve("projects/" + cloud.project()), "").body();
  }

  @Test
  void faults_can_be_there_from_the_start_and_bring_their_seed() {
    LocalCloudOptions options =
        LocalCloudOptions.defaults().withFaults("{\"seed\":7,\"errorRate503\":1}");
    try (LocalCloud broken = LocalCloud.start(options)) {
      assertThat(new Wire(broken).get("zones").status()).isEqualTo(503);
      assertThat(new Wire(broken).local("GET", "faults", "").body().path("seed").asInt())
          .isEqualTo(7);
    }
    assertThatThrownBy(() -> LocalCloudOptions.defaults().withFaults("{\"errorRate\":1}"))
        .isInstanceOf(LocalCloudException.class)
        .hasMessageContaining("faults.errorRate");
  }

  @Test
  void what_has_no_machine_cannot_be_hung() {
    wire.done(wire.insert(ZONE, "record", ""));
    Answer answer = wire.local("POST", "zones/" + ZONE + "/instances/record/hang", "");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message()).contains("no machines");
    assertThat(wire.local("POST", "zones/" + ZONE + "/instances/none/hang", "").status())
        .isEqualTo(404);
  }
}
