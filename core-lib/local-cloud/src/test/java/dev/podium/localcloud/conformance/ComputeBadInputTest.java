package dev.podium.localcloud.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a hostile or broken client may put into bodies, paths and queries. Each gets an error in
/// Google's envelope, which tells nothing of the inside, and none is an error in the log.
class ComputeBadInputTest {

  private static final String INSTANCES =
      "/compute/v1/projects/podium-local/zones/us-central1-a/instances";
  private static final String DISK =
      "{\"boot\":true,\"initializeParams\":{\"sourceImage\":"
          + "\"projects/debian-cloud/global/images/family/debian-12\"}}";

  private static ErrorLog log;
  private static LocalCloud cloud;
  private static Wire wire;

  @BeforeAll
  static void start() {
    log = new ErrorLog();
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    wire = new Wire(cloud.compute());
  }

  @AfterAll
  static void stop() {
    cloud.close();
    log.close();
  }

  @AfterEach
  void the_server_is_well_and_quiet() {
    assertThat(wire.get("/compute/v1/projects/podium-local/zones").status()).isEqualTo(200);
    assertThat(log.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"vm\",\"disks\":[",
        "{\"name\":\"vm\"",
        "{",
        "}",
        "not json",
        "{'name':'vm'}",
        "{\"name\":NaN}",
        "{\"name\":\"vm\"} {\"name\":\"vm2\"}",
        "\u0000\u0001\u0002",
        "[]",
        "[{\"name\":\"vm\"}]",
        "\"vm\"",
        "7",
        "null",
        "true",
      })
  void a_body_that_is_no_instance_is_refused(String body) {
    refused(400, wire.post(INSTANCES, body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"name\":5",
        "\"name\":{}",
        "\"name\":[\"vm\"]",
        "\"name\":\"vm\",\"disks\":{}",
        "\"name\":\"vm\",\"disks\":\"boot\"",
        "\"name\":\"vm\",\"disks\":[DISK],\"metadata\":{\"items\":{\"k\":\"v\"}}",
        "\"name\":\"vm\",\"disks\":[DISK],\"scheduling\":{\"maxRunDuration\":{\"seconds\":\"soon\"}}",
        "\"name\":\"vm\",\"disks\":[DISK],\"machineType\":[]",
        "\"name\":\"vm\",\"disks\":[5]",
        "\"name\":\"vm\",\"disks\":[null]",
        "\"name\":\"vm\",\"disks\":[DISK],\"labels\":[]",
        "\"name\":\"vm\",\"disks\":[DISK],\"labels\":{\"a\":{}}",
        "\"name\":\"vm\",\"disks\":[DISK],\"metadata\":\"x\"",
        "\"name\":\"vm\",\"disks\":[DISK],\"networkInterfaces\":{}",
        "\"name\":\"vm\",\"disks\":[DISK],\"tags\":{\"items\":\"t\"}",
        "\"name\":\"vm\",\"disks\":[DISK],\"scheduling\":{\"automaticRestart\":\"perhaps\"}",
        // A run limit that is silently ignored costs money.
        "\"name\":\"vm\",\"disks\":[DISK],\"scheduling\":{\"maxRunDuration\":\"1h\"}",
        "\"name\":\"vm\",\"disks\":[DISK],\"scheduling\":{\"maxRunDuration\":{\"minutes\":60}}",
        "\"name\":\"vm\",\"disks\":[DISK],\"scheduling\":{\"maxRunDuration\":{\"nanos\":5}}",
        "\"name\":\"vm\",\"disks\":[DISK],\"scheduling\":{\"maxRunDurationSeconds\":3600}",
        "\"name\":\"vm\",\"disks\":[DISK],\"scheduling\":{\"provisioningModel\":\"SPOTS\"}",
      })
  void a_member_of_a_wrong_type_is_refused(String members) {
    String machine =
        members.contains("machineType")
            ? ""
            : ",\"machineType\":\"zones/us-central1-a/machineTypes/e2-micro\"";
    String body = members.replace("DISK", DISK).replace("\"vm\"", "\"vm" + members.length() + "\"");
    refused(400, wire.post(INSTANCES, "{" + body + machine + "}"));
  }

  @Test
  void a_body_that_is_too_large_is_refused() {
    Answer answer =
        wire.raw(
                ("POST "
                        + INSTANCES
                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 20000000\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8))
            .orElseThrow();
    refused(413, answer);
  }

  @Test
  void a_body_nested_without_end_is_refused() {
    refused(400, wire.post(INSTANCES, "[".repeat(200_000)));
    refused(400, wire.post(INSTANCES, "{\"a\":".repeat(100_000)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/compute/v1",
        "/compute/v1/",
        "/compute/projects/podium-local/aggregated/instances",
        "/batch/compute/v1",
        "/compute/v1/projects/podium-local/zones/us-central1-a/operations/",
        "/compute/v1/projects/podium-local/zones/%2e%2e/instances",
        "/compute/v1/projects/podium-local/zones/..%2f..%2finstances",
        "/compute/v1/projects/podium-local/zones/%00",
        "/compute/v1/projects/podium-local/zones/%ff%fe",
        "/compute/v1/projects/podium-local/zones/%3Cscript%3E",
        "/compute/v1/projects/podium-local/zones/%E2%80%AE",
        "/compute/v1/projects",
        "/compute/v1/projects/podium-local/zones/us-central1-a/instances/vm;x=1",
        "/compute/v1/projects/podium-local/zones/us-central1-a%2Finstances%2Fvm",
      })
  void a_path_that_leads_nowhere_is_not_found(String path) {
    Answer answer = wire.get(path);
    assertThat(answer.status()).isIn(400, 404);
    assertThat(GoogleError.faults(answer, true)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maxResults=-1",
        "maxResults=501",
        "maxResults=many",
        "maxResults=99999999999999999999",
        "pageToken=garbage",
        "pageToken=%00",
        "filter=((((",
        "filter=name%20eq",
        "filter=name%20eq%20%22(((%22",
        "filter=name%20%3D",
        "orderBy=size",
        "orderBy=name%20desc",
        "orderBy=creationTimestamp%20desc&filter=name%20%3D%20a",
      })
  void a_query_that_google_would_not_read_is_refused(String query) {
    refused(400, wire.get(INSTANCES + "?" + query));
  }

  @ParameterizedTest
  @ValueSource(strings = {"not-a-uuid", "00000000-0000-0000-0000-000000000000"})
  void a_request_id_that_is_no_uuid_is_refused(String id) {
    refused(
        400,
        wire.post(INSTANCES + "?requestId=" + id, "{\"name\":\"vm\",\"disks\":[" + DISK + "]}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "CONNECT"})
  void a_verb_that_a_path_does_not_have_is_refused(String verb) {
    Answer answer =
        wire.raw(
                (verb
                        + " "
                        + INSTANCES
                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n"
                        + "Connection: close\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8))
            .orElse(null);
    // A closed connection is as good an answer to a verb that HTTP itself does not know.
    if (answer != null) {
      assertThat(answer.status()).isIn(400, 404, 405, 501);
      assertThat(GoogleError.faults(answer, true)).isEmpty();
    }
  }

  private static void refused(int status, Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(GoogleError.faults(answer, true)).isEmpty();
  }
}
