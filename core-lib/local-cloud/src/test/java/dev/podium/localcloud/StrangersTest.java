package dev.podium.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.localcloud.Wire.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What clients of other makers send and expect: libcloud, jclouds and their like.
class StrangersTest {
  private static final String ZONE = "us-central1-a";
  private static final String INSTANCES = "zones/" + ZONE + "/instances";

  private final LocalCloud cloud = LocalCloud.start(LocalCloudOptions.defaults());
  private final Wire wire = new Wire(cloud);

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void what_one_client_says_with_null_is_not_set_and_never_comes_back() {
    Answer inserted =
        wire.insert(
            ZONE,
            "vm",
            """
            "description":null,"guestAccelerators":null,"labels":{"a":"b","c":null},
            "shieldedInstanceConfig":{"enableSecureBoot":null},"metadata":{"items":null},
            """);
    wire.done(inserted);

    Answer got = wire.get(INSTANCES + "/vm");
    assertThat(got.body().toString()).doesNotContain("null");
    assertThat(got.body().path("labels")).hasSize(1);
    assertThat(wire.insert(ZONE, "other", "\"guestAccelerators\":[null],").status()).isEqualTo(400);
  }

  @Test
  void an_answer_holds_the_fields_that_were_asked_for_alone() {
    wire.done(wire.insert(ZONE, "vm", "\"labels\":{\"a\":\"b\"},"));

    assertThat(wire.get(INSTANCES + "?fields=kind,items(name,disks/boot,labels/*)").body())
        .hasToString(
            "{\"kind\":\"compute#instanceList\",\"items\":"
                + "[{\"name\":\"vm\",\"disks\":[{\"boot\":true}],\"labels\":{\"a\":\"b\"}}]}");
    assertThat(wire.get(INSTANCES + "/vm?fields=nothing").body()).hasToString("{}");
    assertThat(wire.get(INSTANCES + "?fields=items(name").status()).isEqualTo(400);
    assertThat(wire.get(INSTANCES + "/nobody?fields=name").body().has("error")).isTrue();
  }

  @Test
  void a_body_is_ignored_where_a_method_takes_none() {
    wire.done(wire.insert(ZONE, "vm", ""));

    wire.done(wire.post(INSTANCES + "/vm/reset", "\"ignored\""));
    wire.done(wire.post(INSTANCES + "/vm/stop", "[1,"));
    assertThat(wire.send("GET", INSTANCES + "/vm", "{bad").status()).isEqualTo(200);
    wire.done(wire.send("DELETE", INSTANCES + "/vm", "no JSON"));
  }

  @Test
  void kinds_of_disk_are_listed_and_described() {
    String types = "zones/" + ZONE + "/diskTypes";

    assertThat(wire.get(types + "/pd-standard").body().path("validDiskSize").asText())
        .isEqualTo("10GB-65536GB");
    assertThat(wire.get(types).body().path("items")).hasSize(9);
    assertThat(wire.get("aggregated/diskTypes").body().path("items").has("zones/" + ZONE)).isTrue();
    assertThat(wire.get(types + "/floppy").status()).isEqualTo(404);
  }

  @Test
  void a_method_that_is_not_here_is_named_and_never_not_found() {
    Answer answer = wire.get("global/backendServices/web");

    assertThat(answer.status()).isEqualTo(501);
    assertThat(answer.reason()).isEqualTo("notImplemented");
    assertThat(answer.message()).contains("GET", "global/backendServices/web");
    assertThat(answer.body().at("/error/status").asText()).isEqualTo("UNIMPLEMENTED");
  }

  @Test
  void links_can_lead_to_the_host_of_the_request() {
    try (LocalCloud following =
        LocalCloud.start(LocalCloudOptions.defaults().withRequestLinks(true))) {
      Wire there = new Wire(following);
      String described = "https://www.googleapis.com/compute/v1/stays";
      there.done(there.insert(ZONE, "vm", "\"description\":\"" + described + "\","));
      JsonNode vm = there.get(INSTANCES + "/vm").body();

      assertThat(vm.path("selfLink").asText()).startsWith(following.compute().toString());
      assertThat(vm.path("description").asText()).isEqualTo(described);
      Answer followed = Wire.send("GET", URI.create(vm.path("zone").asText()), "");
      assertThat(followed.body().path("name").asText()).isEqualTo(ZONE);
      assertThat(there.get("aggregated/instances").body().toString())
          .doesNotContain("https://www.googleapis.com/compute/v1/projects");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void the_address_of_a_machines_metadata_is_told() throws Exception {
    try (LocalCloud running =
        LocalCloud.start(
            LocalCloudOptions.defaults().withAgentCommand(List.of("sh", "-c", "exec cat")))) {
      Wire there = new Wire(running);
      there.done(there.insert(ZONE, "vm", ""));
      await().until(() -> !machine(there).path("metadata").isMissingNode());

      URI name =
          URI.create(
              "http://"
                  + machine(there).path("metadata").asText()
                  + "/computeMetadata/v1/instance/name");
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(name).header("Metadata-Flavor", "Google").build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body()).isEqualTo("vm");
    }
  }

  private static JsonNode machine(Wire wire) {
    return wire.local("GET", "machines", "").body().at("/machines/0");
  }

  @Test
  void pubsub_over_rest_knows_null_and_fields_and_names_what_it_has_not() throws Exception {
    String topic = "projects/" + cloud.project() + "/topics/strange";
    Answer made = pubsub("PUT", topic + "?fields=name", "{\"labels\":null,\"kmsKeyName\":null}");
    assertThat(made.body()).hasToString("{\"name\":\"" + topic + "\"}");
    assertThat(pubsub("GET", topic, "").body().toString()).doesNotContain("null");
    assertThat(pubsub("GET", topic, "ignored").status()).isEqualTo(200);
    assertThat(pubsub("GET", topic + "?fields=a(", "").status()).isEqualTo(400);

    Answer unknown = pubsub("POST", topic + ":explode", "{}");
    assertThat(unknown.status()).isEqualTo(501);
    assertThat(unknown.message()).contains("topics/strange:explode");
    assertThat(pubsub("DELETE", topic, "ignored").status()).isEqualTo(200);
  }

  private Answer pubsub(String method, String path, String body) throws Exception {
    HttpResponse<String> answer =
        Wire.text(
            HttpRequest.newBuilder(URI.create("http://" + cloud.pubsub() + "/v1/" + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    return new Answer(answer.statusCode(), new ObjectMapper().readTree(answer.body()));
  }

  @Test
  void an_unknown_service_of_grpc_is_unimplemented_in_grpcs_own_form() {
    HttpResponse<String> answer =
        Wire.text(
            HttpRequest.newBuilder(
                    URI.create("http://" + cloud.pubsub() + "/google.pubsub.v1.SchemaService/Get"))
                .header("Content-Type", "application/grpc")
                .header("TE", "trailers")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[5]))
                .build());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("grpc-status")).contains("12");
    assertThat(answer.headers().firstValue("grpc-message").orElse(""))
        .contains("SchemaService/Get");
  }
}
