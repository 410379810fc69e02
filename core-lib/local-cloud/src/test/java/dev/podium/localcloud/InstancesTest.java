package dev.podium.localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Instances over the wire, without machines.
class InstancesTest {
  private static final String ZONE = "us-central1-a";
  private static final String OTHER_ZONE = "europe-west1-b";
  private static final String INSTANCES = "zones/" + ZONE + "/instances";

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
  void empty() {
    wire.local("PUT", "faults", "{}");
    for (String zone : List.of(ZONE, OTHER_ZONE)) {
      JsonNode left = wire.get("zones/" + zone + "/instances").body().path("items");
      List<Wire.Answer> deletes = new ArrayList<>();
      left.forEach(instance ->
          deletes.add(
              wire.send(
                  "DELETE", "zones/" + zone + "/instances/" + instance.path("name").asText(), "")));
      deletes.forEach(wire::done);
    }
  }

  @Test
  void an_instance_passes_through_every_status_and_is_gone_at_the_end() {
    Wire.Answer insert = wire.insert(ZONE, "vm", "");
    assertThat(wire.status(ZONE, "vm")).isIn("PROVISIONING", "STAGING", "RUNNING");
    JsonNode done = wire.done(insert);

    assertThat(done.path("status").asText()).isEqualTo("DONE");
    assertThat(done.path("progress").asInt()).isEqualTo(100);
    assertThat(done.path("operationType").asText()).isEqualTo("insert");
    JsonNode vm = wire.get(INSTANCES + "/vm").body();
    assertThat(vm.path("status").asText()).isEqualTo("RUNNING");
    assertThat(vm.path("id").isTextual()).isTrue();
    assertThat(done.path("targetLink")).isEqualTo(vm.path("selfLink"));
    assertThat(done.path("targetId")).isEqualTo(vm.path("id"));
    assertThat(wire.get("aggregated/disks").body().at("/items/zones~1" + ZONE + "/disks/0/name"))
        .hasToString("\"vm\"");

    wire.done(wire.post(INSTANCES + "/vm/stop", ""));
    assertThat(wire.status(ZONE, "vm")).isEqualTo("TERMINATED");
    wire.done(wire.post(INSTANCES + "/vm/start", ""));
    assertThat(wire.status(ZONE, "vm")).isEqualTo("RUNNING");
    wire.done(wire.post(INSTANCES + "/vm/suspend", ""));
    assertThat(wire.status(ZONE, "vm")).isEqualTo("SUSPENDED");
    wire.done(wire.post(INSTANCES + "/vm/resume", ""));
    wire.done(wire.post(INSTANCES + "/vm/reset", ""));
    assertThat(wire.status(ZONE, "vm")).isEqualTo("RUNNING");

    wire.done(wire.send("DELETE", INSTANCES + "/vm", ""));
    assertThat(wire.get(INSTANCES + "/vm").status()).isEqualTo(404);
    assertThat(wire.get("zones/" + ZONE + "/disks/vm").status()).isEqualTo(404);
  }

  @Test
  void what_is_wrong_with_a_request_is_said_in_google_s_words() {
    wire.done(wire.insert(ZONE, "taken", ""));
    assertRefused(wire.insert(ZONE, "taken", ""), 409, "alreadyExists", "already exists");
    assertRefused(
        wire.insert(ZONE, "Bad_Name", ""),
        400,
        "invalid",
        "Invalid value for field 'resource.name': 'Bad_Name'. Must be a match of regex"
            + " '(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)'");
    assertRefused(wire.insert("mars-north1-a", "vm", ""), 404, "notFound", "mars-north1-a");
    assertRefused(wire.get(INSTANCES + "/nobody"), 404, "notFound", "instances/nobody");
    assertRefused(wire.post(INSTANCES + "/taken/resume", ""), 400, "resourceNotReady", "not ready");
    assertRefused(
        wire.post(
            INSTANCES,
            Wire.instance("vm", "").replace("family/podium-agent", "family/no-such-family")),
        404,
        "notFound",
        "images/family/no-such-family");
    assertRefused(
        wire.post(INSTANCES, Wire.instance("vm", "").replace("e2-micro", "e2-colossal")),
        400,
        "invalid",
        "resource.machineType");
    assertRefused(
        wire.insert(ZONE, "vm", "\"labels\":{\"Key\":\"v\"},"), 400, "invalid", "Label key");
    assertRefused(
        wire.insert(
            ZONE,
            "vm",
            "\"scheduling\":{\"maxRunDuration\":{\"seconds\":\"5\"},\"instanceTerminationAction\":\"DELETE\"},"),
        400,
        "invalid",
        "30 seconds");
    assertRefused(wire.post(INSTANCES, "{\"name\":"), 400, "parseError", "Parse Error");
    assertRefused(wire.get("zones/" + ZONE + "/gadgets"), 501, "notImplemented", "/gadgets");
    assertRefused(wire.send("PATCH", INSTANCES, "{}"), 501, "notImplemented", "no method PATCH");
    URI foreign = cloud.compute().resolve("projects/somebody-else/zones");
    assertRefused(Wire.send("GET", foreign, ""), 404, "notFound", "projects/somebody-else");
  }

  private static void assertRefused(Wire.Answer answer, int status, String reason, String part) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.reason()).isEqualTo(reason);
    assertThat(answer.message()).contains(part);
    assertThat(answer.body().at("/error/code").asInt()).isEqualTo(status);
  }

  @Test
  void a_quota_stops_the_instance_that_would_exceed_it_and_nothing_is_left_of_it() {
    wire.local("PUT", "faults", "{\"quotas\":{\"us-central1/CPUS\":4}}");
    List<Wire.Answer> inserts =
        List.of(
            wire.insert(ZONE, "one", ""),
            wire.insert(ZONE, "two", ""),
            wire.insert(ZONE, "three", ""));

    assertThat(wire.done(inserts.get(1)).has("error")).isFalse();
    JsonNode refused = wire.done(inserts.get(2));
    assertThat(refused.path("httpErrorStatusCode").asInt()).isEqualTo(403);
    assertThat(refused.path("httpErrorMessage").asText()).isEqualTo("FORBIDDEN");
    JsonNode error = refused.at("/error/errors/0");
    assertThat(error.path("code").asText()).isEqualTo("QUOTA_EXCEEDED");
    assertThat(error.path("message").asText())
        .isEqualTo("Quota 'CPUS' exceeded.  Limit: 4.0 in region us-central1.");
    assertThat(error.at("/errorDetails/0/quotaInfo/dimensions/region").asText())
        .isEqualTo("us-central1");
    assertThat(wire.get(INSTANCES + "/three").status()).isEqualTo(404);
    assertThat(wire.get("zones/" + ZONE + "/disks/three").status()).isEqualTo(404);
    assertThat(wire.done(wire.insert(OTHER_ZONE, "elsewhere", "")).has("error")).isFalse();
  }

  @Test
  void a_zone_that_is_sold_out_says_so_and_another_one_helps() {
    wire.local("PUT", "faults", "{\"stockedOutZones\":[\"us-central1-a\"]}");
    JsonNode refused = wire.done(wire.insert(ZONE, "vm", ""));

    assertThat(refused.path("httpErrorStatusCode").asInt()).isEqualTo(503);
    assertThat(refused.at("/error/errors/0/code").asText())
        .isEqualTo("ZONE_RESOURCE_POOL_EXHAUSTED");
    assertThat(wire.get(INSTANCES + "/vm").status()).isEqualTo(404);
    assertThat(wire.done(wire.insert(OTHER_ZONE, "vm", "")).has("error")).isFalse();
  }

  @Test
  void labels_and_metadata_change_only_for_who_saw_them_last() {
    wire.done(wire.insert(ZONE, "vm", "\"labels\":{\"a\":\"1\"},"));
    JsonNode seen = wire.get(INSTANCES + "/vm").body();
    String change =
        "{\"labels\":{\"a\":\"2\"},\"labelFingerprint\":" + seen.path("labelFingerprint") + "}";

    wire.done(wire.post(INSTANCES + "/vm/setLabels", change));
    assertThat(wire.get(INSTANCES + "/vm").body().at("/labels/a").asText()).isEqualTo("2");
    assertRefused(
        wire.post(INSTANCES + "/vm/setLabels", change),
        412,
        "conditionNotMet",
        "Labels fingerprint");

    String metadata =
        "{\"items\":[{\"key\":\"k\",\"value\":\"v\"}],\"fingerprint\":"
            + seen.at("/metadata/fingerprint")
            + "}";
    wire.done(wire.post(INSTANCES + "/vm/setMetadata", metadata));
    assertThat(wire.get(INSTANCES + "/vm").body().at("/metadata/items/0/value").asText())
        .isEqualTo("v");
    assertRefused(
        wire.post(INSTANCES + "/vm/setMetadata", metadata), 412, "conditionNotMet", "fingerprint");
  }

  @Test
  void a_repeated_request_id_gets_the_first_operation_again() {
    String path = INSTANCES + "?requestId=1b671a64-40d5-491e-99b0-da01ff1f3341";
    Wire.Answer first = wire.post(path, Wire.instance("once", ""));
    Wire.Answer second = wire.post(path, Wire.instance("once", ""));

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body().path("name")).isEqualTo(first.body().path("name"));
    assertThat(first.body().path("clientOperationId").asText()).startsWith("1b671a64");
    assertRefused(
        wire.post(INSTANCES + "?requestId=not-a-uuid", Wire.instance("vm", "")),
        400,
        "invalid",
        "requestId");
    wire.done(first);
  }

  @Test
  void lists_are_filtered_ordered_and_paged() {
    for (String name : List.of("charlie", "alpha", "bravo")) {
      wire.done(wire.insert(ZONE, name, "\"labels\":{\"team\":\"" + name.charAt(0) + "\"},"));
    }
    wire.done(wire.insert(OTHER_ZONE, "delta", ""));
    wire.done(wire.post(INSTANCES + "/bravo/stop", ""));

    assertThat(names(wire.get(INSTANCES))).containsExactly("alpha", "bravo", "charlie");
    assertThat(names(wire.get(INSTANCES + "?filter=status+%3D+RUNNING")))
        .containsExactly("alpha", "charlie");
    assertThat(names(wire.get(INSTANCES + "?filter=status+eq+TERMINATED")))
        .containsExactly("bravo");
    assertThat(names(wire.get(INSTANCES + "?filter=(status+eq+RUNNING)(name+eq+%22.*l.*%22)")))
        .containsExactly("alpha", "charlie");
    assertThat(names(wire.get(INSTANCES + "?filter=labels.team%3Da+OR+labels.team%3Db")))
        .containsExactly("alpha", "bravo");
    assertThat(names(wire.get(INSTANCES + "?orderBy=creationTimestamp+desc")))
        .containsExactly("bravo", "alpha", "charlie");
    assertRefused(wire.get(INSTANCES + "?filter=%28%28"), 400, "invalid", "filter");
    assertRefused(wire.get(INSTANCES + "?maxResults=501"), 400, "invalid", "maxResults");
    assertRefused(wire.get(INSTANCES + "?pageToken=x"), 400, "invalid", "pageToken");

    JsonNode page = wire.get(INSTANCES + "?maxResults=2").body();
    assertThat(page.path("items")).hasSize(2);
    String token = page.path("nextPageToken").asText();
    JsonNode last = wire.get(INSTANCES + "?maxResults=2&pageToken=" + token).body();
    assertThat(last.at("/items/0/name").asText()).isEqualTo("charlie");
    assertThat(last.has("nextPageToken")).isFalse();
  }

  @Test
  void the_list_of_all_zones_names_each_zone_and_warns_where_nothing_is() {
    wire.done(wire.insert(ZONE, "vm", ""));
    JsonNode items = wire.get("aggregated/instances").body().path("items");

    assertThat(items).hasSize(112);
    assertThat(items.at("/zones~1us-central1-a/instances/0/name").asText()).isEqualTo("vm");
    assertThat(items.at("/zones~1us-central1-b/warning/code").asText())
        .isEqualTo("NO_RESULTS_ON_PAGE");
  }

  @Test
  void references_come_in_every_form_and_bodies_may_be_an_empty_text() {
    String full = cloud.compute() + "projects/" + cloud.project() + "/zones/" + ZONE;
    String body =
        Wire.instance("vm", "")
            .replace("\"e2-micro\"", "\"" + full + "/machineTypes/e2-micro\"")
            .replace(
                "global/images/family/podium-agent",
                cloud.compute() + "projects/debian-cloud/zones/-/imageFamilyViews/debian-12");
    Wire.Answer insert = wire.post(INSTANCES, body);
    String operation = insert.body().path("name").asText();

    JsonNode waited =
        wire.post("zones/" + ZONE + "/operations/" + operation + "/wait?", "\"\"").body();
    assertThat(waited.path("status").asText()).isEqualTo("DONE");
    assertThat(wire.get("zones/" + ZONE + "/disks/vm").body().path("sourceImage").asText())
        .contains("/projects/debian-cloud/global/images/debian-12-");
    assertThat(
            wire.send("POST", INSTANCES + "/vm", "", "X-HTTP-Method-Override", "DELETE").status())
        .isEqualTo(200);
  }

  @Test
  void other_faults_answer_as_an_overloaded_cloud_does() {
    wire.local("PUT", "faults", "{\"errorRate503\":1}");
    assertRefused(wire.get("zones"), 503, "backendError", "Backend");
    wire.local("PUT", "faults", "{\"errorRate403\":1}");
    assertRefused(wire.get("zones"), 403, "rateLimitExceeded", "Queries per minute");
    assertRefused(
        wire.local("PUT", "faults", "{\"errorRate503\":2}"), 400, "invalid", "errorRate503");
  }

  @Test
  void the_catalogue_and_the_public_images_are_there() {
    assertThat(names(wire.get("zones")))
        .contains("us-central1-f", "europe-west3-c", "us-east1-b")
        .hasSize(112);
    assertThat(names(wire.get("regions"))).contains("us-east1").hasSize(37);
    JsonNode type = wire.get("zones/" + ZONE + "/machineTypes/e2-small").body();
    assertThat(type.path("guestCpus").asInt()).isEqualTo(2);
    assertThat(type.path("memoryMb").asInt()).isEqualTo(2048);
    assertThat(wire.get("global/images/family/podium-agent").body().path("status").asText())
        .isEqualTo("READY");
    assertThat(names(wire.get("global/networks"))).containsExactly("default");
    assertThat(names(wire.get("global/firewalls"))).contains("default-allow-ssh");
    wire.done(
        wire.post(
            "global/firewalls",
            "{\"name\":\"podium-chat\",\"allowed\":[{\"IPProtocol\":\"tcp\",\"ports\":[\"8080\"]}]}"));
    assertThat(wire.get("global/firewalls/podium-chat").body().path("priority").asInt())
        .isEqualTo(1000);
    wire.done(wire.send("DELETE", "global/firewalls/podium-chat", ""));
    URI foreign = cloud.compute().resolve("projects/centos-cloud/global/images?maxResults=500");
    assertThat(Wire.send("GET", foreign, "").body().has("items")).isFalse();
  }

  private static List<String> names(Wire.Answer list) {
    assertThat(list.status()).as(list.toString()).isEqualTo(200);
    return StreamSupport.stream(list.body().path("items").spliterator(), false)
        .map(item -> item.path("name").asText())
        .toList();
  }

  @Test
  void terms_come_back_as_they_were_asked_for() {
    JsonNode done =
        wire.done(
            wire.insert(
                "us-central1-a",
                "terms",
                """
                "scheduling":{"provisioningModel":"SPOT","instanceTerminationAction":"DELETE",
                  "terminationTime":"2099-01-01T00:00:00-08:00",
                  "preemptionNoticeDuration":{"seconds":120},
                  "gracefulShutdown":{"enabled":true,"maxDuration":{"seconds":"1"}}},
                """));
    assertThat(done.has("error")).isFalse();
    JsonNode vm = wire.get("zones/us-central1-a/instances/terms").body();

    assertThat(vm.at("/scheduling/terminationTime").asText()).startsWith("2099-01-01T00:00:00");
    assertThat(vm.at("/resourceStatus/scheduling/terminationTimestamp").asText())
        .startsWith("2099-01-01T00:00:00");
    assertThat(vm.at("/scheduling/preemptionNoticeDuration/seconds").asText()).isEqualTo("120");
    assertThat(vm.at("/scheduling/gracefulShutdown/maxDuration/seconds").asText()).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"terminationTime\":\"soon\",\"instanceTerminationAction\":\"STOP\"",
        "\"terminationTime\":\"2099-01-01T00:00:00Z\"",
        "\"terminationTime\":\"2099-01-01T00:00:00Z\",\"maxRunDuration\":{\"seconds\":60},"
            + "\"instanceTerminationAction\":\"STOP\"",
        "\"preemptible\":true,\"automaticRestart\":false,\"maxRunDuration\":{\"seconds\":60},"
            + "\"instanceTerminationAction\":\"STOP\"",
        "\"preemptionNoticeDuration\":{\"seconds\":120}",
        "\"gracefulShutdown\":{\"enabled\":true,\"maxDuration\":{\"seconds\":7200}}"
      })
  void terms_that_cannot_hold_are_refused(String terms) {
    Wire.Answer answer = wire.insert("us-central1-a", "refused", "\"scheduling\":{" + terms + "},");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.reason()).isEqualTo("invalid");
  }

  @Test
  void a_serial_port_is_read_from_any_position_and_from_its_end() {
    wire.done(wire.insert("us-central1-a", "serial", ""));
    String port = "zones/us-central1-a/instances/serial/serialPort?start=";
    assertThat(wire.get(port + "-5").status()).isEqualTo(200);
    assertThat(wire.get(port + "9000000000").status()).isEqualTo(200);
    assertThat(wire.get(port + "first").status()).isEqualTo(400);
  }

  /// As Compute Engine answers gcloud's `set-scheduling --max-run-duration`.
  @Test
  void a_run_limit_is_changed_only_while_the_instance_is_off() {
    wire.done(
        wire.insert(
            ZONE,
            "vm",
            "\"scheduling\":{\"maxRunDuration\":{\"seconds\":\"7200\"},"
                + "\"instanceTerminationAction\":\"DELETE\"},"));
    String longer =
        "{\"maxRunDuration\":{\"seconds\":\"14400\"},\"instanceTerminationAction\":\"DELETE\"}";

    Wire.Answer refused = wire.post(INSTANCES + "/vm/setScheduling", longer);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.message())
        .isEqualTo("Max run duration cannot be changed while the instance is running.");
    Wire.Answer other = wire.post(INSTANCES + "/vm/setScheduling", "{\"automaticRestart\":false}");
    assertThat(wire.done(other).path("error").isMissingNode()).isTrue();

    wire.done(wire.post(INSTANCES + "/vm/stop", ""));
    wire.done(wire.post(INSTANCES + "/vm/setScheduling", longer));
    assertThat(wire.get(INSTANCES + "/vm").body().at("/scheduling/maxRunDuration/seconds").asText())
        .isEqualTo("14400");
  }
}
