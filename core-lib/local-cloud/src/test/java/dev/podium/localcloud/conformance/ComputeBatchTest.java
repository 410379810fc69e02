package dev.podium.localcloud.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Batches and instance templates, which gcloud uses whenever a command names two machines or a
/// template.
class ComputeBatchTest {

  private static final String PROJECT = "/compute/v1/projects/podium-local";
  private static final String ZONE = PROJECT + "/zones/us-central1-a";
  private static final String TYPE = "multipart/mixed; boundary=\"===============7==\"";
  private static final String PROPERTIES =
      "{\"machineType\":\"e2-micro\",\"labels\":{\"team\":\"red\"},"
          + "\"disks\":[{\"boot\":true,\"initializeParams\":{\"sourceImage\":"
          + "\"projects/debian-cloud/global/images/family/debian-12\"}}],"
          + "\"scheduling\":{\"automaticRestart\":false,\"instanceTerminationAction\":\"DELETE\","
          + "\"maxRunDuration\":{\"seconds\":\"3600\"},\"provisioningModel\":\"SPOT\"}}";

  private static LocalCloud cloud;
  private static Wire wire;

  @BeforeAll
  static void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    wire = new Wire(cloud.compute());
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void an_instance_is_what_its_template_says_unless_the_request_says_otherwise() {
    template("red");
    Answer inserted =
        wire.post(
            ZONE + "/instances?sourceInstanceTemplate=" + PROJECT + "/global/instanceTemplates/red",
            "{\"name\":\"made\",\"labels\":{\"team\":\"blue\"},\"scheduling\":{},"
                + "\"disks\":[],\"deletionProtection\":false}");
    assertThat(inserted.status()).as(inserted.toString()).isEqualTo(200);
    Answer made = wire.get(ZONE + "/instances/made");
    assertThat(made.json().path("machineType").asText()).endsWith("/machineTypes/e2-micro");
    assertThat(made.json().at("/labels/team").asText()).isEqualTo("blue");
    // The limit of the template is the one thing that must never be lost.
    assertThat(made.json().at("/scheduling/maxRunDuration/seconds").asText()).isEqualTo("3600");
    assertThat(made.json().at("/scheduling/provisioningModel").asText()).isEqualTo("SPOT");
  }

  @Test
  void a_template_is_listed_until_it_is_deleted() {
    template("short");
    String one = PROJECT + "/global/instanceTemplates/short";
    assertThat(wire.get(one).json().at("/properties/machineType").asText()).isEqualTo("e2-micro");
    assertThat(wire.get(PROJECT + "/global/instanceTemplates").text()).contains("\"short\"");
    assertThat(
            wire.get(PROJECT + "/aggregated/instanceTemplates")
                .json()
                .at("/items/global/instanceTemplates")
                .toString())
        .contains("\"short\"");
    assertThat(wire.send("DELETE", one, Map.of(), "").status()).isEqualTo(200);
    Answer gone = wire.get(one);
    assertThat(gone.status()).isEqualTo(404);
    assertThat(GoogleError.faults(gone, true)).isEmpty();
  }

  @Test
  void a_template_with_a_limit_that_cannot_be_read_is_refused() {
    Answer refused =
        wire.post(
            PROJECT + "/global/instanceTemplates",
            "{\"name\":\"bad\",\"properties\":{\"machineType\":\"e2-micro\","
                + "\"scheduling\":{\"maxRunDuration\":\"1h\"}}}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("resource.properties.scheduling.maxRunDuration");
  }

  @Test
  void the_waits_of_a_batch_last_as_long_as_the_longest() {
    template("slow");
    assertThat(slowOperations(1500)).isEqualTo(200);
    try {
      String wait = PROJECT + "/global/operations/";
      List<String> waits =
          List.of("one", "two", "three").stream()
              .map(name -> wait + template(name) + "/wait")
              .toList();
      Instant start = Instant.now();
      List<Multipart.Part> answers = batch(waits);
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMillis(3500));
      assertThat(answers)
          .extracting(Multipart.Part::id)
          .containsExactly("<response-x+0>", "<response-x+1>", "<response-x+2>");
      assertThat(answers)
          .allSatisfy(part -> {
            assertThat(part.firstLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(part.answer().json().path("status").asText()).isEqualTo("DONE");
          });
    } finally {
      slowOperations(0);
    }
  }

  @Test
  void a_part_that_fails_leaves_the_others_alone() {
    List<Multipart.Part> answers =
        batch(
            List.of(
                ZONE + "/instances/nothing/stop", "/local/faults", ZONE + "/operations/x/wait"));
    assertThat(answers).hasSize(3);
    assertThat(answers)
        .allSatisfy(part -> assertThat(GoogleError.faults(part.answer(), true)).isEmpty());
  }

  @Test
  void a_body_that_is_no_batch_is_refused() {
    for (String body : List.of("", "no batch", "--===============7==\n\nnot http\n")) {
      Answer answer = wire.send("POST", "/batch/compute/v1", Map.of("Content-Type", TYPE), body);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
      assertThat(GoogleError.faults(answer, true)).isEmpty();
    }
    assertThat(wire.post("/batch/compute/v1", "{}").status()).isEqualTo(400);
  }

  /// Inserts one; answers its operation's name.
  private static String template(String name) {
    Answer answer =
        wire.post(
            PROJECT + "/global/instanceTemplates",
            "{\"name\":\"" + name + "\",\"properties\":" + PROPERTIES + "}");
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json().path("name").asText();
  }

  private static int slowOperations(int millis) {
    return wire.send("PUT", "/local/faults", Map.of(), "{\"slowOperationsMillis\":" + millis + "}")
        .status();
  }

  /// Posts to each path, in the form in which gcloud does.
  private static List<Multipart.Part> batch(List<String> paths) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < paths.size(); i++) {
      body.append("--===============7==\nContent-Type: application/http\nMIME-Version: 1.0\n")
          .append("Content-ID: <x+" + i + ">\n\nPOST " + paths.get(i) + "?alt=json HTTP/1.1\n")
          .append("content-length: 0\nHost: 127.0.0.1\n\n\n");
    }
    body.append("--===============7==--\n");
    Answer answer =
        wire.send("POST", "/batch/compute/v1", Map.of("Content-Type", TYPE), body.toString());
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return Multipart.parts(answer.header("content-type"), answer.text());
  }
}
