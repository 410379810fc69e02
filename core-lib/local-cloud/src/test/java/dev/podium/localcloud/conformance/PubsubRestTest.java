package dev.podium.localcloud.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pub/Sub's REST form, which gcloud speaks, on the same port as gRPC.
class PubsubRestTest {

  private static final Pattern ACK_IDS = Pattern.compile("\\[\"projects/.*]");

  private static ErrorLog log;
  private static LocalCloud cloud;
  private static Wire wire;

  private final AnswerJudge judge = AnswerJudge.pubsub();

  @BeforeAll
  static void start() {
    log = new ErrorLog();
    cloud = LocalCloud.start(LocalCloudOptions.defaults().withProject("demo-project"));
    wire = new Wire(URI.create("http://" + cloud.pubsub() + "/"));
  }

  @AfterAll
  static void stop() {
    cloud.close();
    log.close();
  }

  @Test
  void what_gcloud_was_seen_to_send_is_answered_as_google_would() {
    List<String> faults = new ArrayList<>();
    List<String> delivered = new ArrayList<>();
    ArrayNode ackIds = Discovery.JSON.createArrayNode();
    for (CapturedRequest captured : CapturedRequest.load("pubsub-rest.jsonl.gz")) {
      // A pull that waits would wait for a minute and a half where there is nothing.
      String body =
          ACK_IDS
              .matcher(captured.body())
              .replaceAll(ackIds.toString())
              .replace("\"returnImmediately\": false", "\"returnImmediately\": true");
      Answer answer = wire.send(captured.verb(), captured.target(), captured.headers(), body);
      judge
          .faults(captured.verb(), captured.path(), answer)
          .forEach(fault -> faults.add(captured + ": " + fault));
      if (!explained(captured, answer.status())) {
        faults.add(captured + ": once answered " + captured.status() + ", here " + answer);
      }
      if (answer.succeeded()) {
        for (JsonNode received : answer.json().path("receivedMessages")) {
          delivered.add(received.at("/message/attributes/run").asText());
          ackIds.removeAll().add(received.path("ackId").asText());
        }
      }
    }
    assertThat(faults).isEmpty();
    // Once at first, again after the seek to the past; never what the filter keeps out.
    assertThat(delivered).containsOnly("r1").hasSizeGreaterThanOrEqualTo(2);
    assertThat(log.errors()).isEmpty();
  }

  /// The recording is of Google's emulator, which has no detach, no seek on ordered subscriptions
  /// and no rights.
  private static boolean explained(CapturedRequest captured, int status) {
    if (captured.status() == status || captured.status() == 501) {
      return status <= 501;
    }
    // It asks after a missing subscription before it looks at its name, which is too short; and
    // where the emulator knew no detach, the subscription is detached by then.
    boolean badName = captured.status() == 404 && captured.body().contains("subscriptions/s1");
    return status == 400 && (badName || captured.path().endsWith("sub2:pull"));
  }

  @Test
  void every_method_that_is_there_answers_in_its_shape() {
    URI base = URI.create("http://" + cloud.pubsub() + "/");
    List<MethodTable.Row> rows =
        new MethodTable(judge, base).rows(cloud.project(), "us-central1-a");
    assertThat(rows)
        .hasSize(46)
        .filteredOn(row -> row.kind() == MethodTable.Kind.IMPLEMENTED)
        .hasSizeGreaterThan(15)
        .allSatisfy(row -> assertThat(row.faults()).as(row.method().id()).isEmpty())
        .allSatisfy(
            row -> assertThat(row.answer().status()).as(row.method().id()).isNotIn(500, 502, 503));
    assertThat(log.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"messages\":",
        "[]",
        "null",
        "\"\"",
        "{\"messages\":{}}",
        "{\"messages\":[5]}",
        "{\"messages\":[{\"data\":\"not base64!\"}]}",
        "{\"messages\":[{\"attributes\":{\"a\":{}}}]}",
      })
  void a_publish_that_cannot_be_read_is_refused(String body) {
    Answer answer = wire.post("/v1/projects/demo-project/topics/any-topic:publish", body);
    assertThat(answer.status()).as(answer.toString()).isIn(400, 404);
    assertThat(GoogleError.faults(answer, false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1",
        "/v1/projects/p/topics/%00",
        "/v1/projects/p/topics/..%2f",
        "/x?y=%00"
      })
  void a_path_that_leads_nowhere_is_refused(String path) {
    Answer answer = wire.get(path);
    assertThat(answer.status()).as(answer.toString()).isIn(400, 404);
    assertThat(GoogleError.faults(answer, false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"topics/t:setIamPolicy", "snapshots/s:testIamPermissions", "schemas/x:commit"})
  void a_method_that_is_not_served_says_so(String method) {
    Answer answer = wire.post("/v1/projects/p/" + method, "{}");
    assertThat(answer.status()).as(answer.toString()).isEqualTo(501);
    assertThat(GoogleError.faults(answer, false)).isEmpty();
  }
}
