package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The program by which a user proves Podium on the real cloud, walked on the local one.
class AcceptanceIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String LABEL = "\"podium-fleet\":\"podium-acceptance\"";

  private PodiumProcess cloud;
  private String address;
  private String compute;

  @BeforeEach
  void start() {
    cloud = PodiumProcess.ready("local-cloud");
    address = cloud.readyLine().path("identity").asText();
    compute = cloud.readyLine().path("compute").asText() + "projects/podium-local/";
    PodiumProcess.Finished rule = cloud.run("doctor", "--cloud", address, "--fix", "firewall");
    assertThat(rule.code()).as(rule.output() + rule.errors()).isZero();
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private JsonNode list(String what) {
    return Api.keyless(compute).get("aggregated/" + what).body().path("items");
  }

  private String subscriptionsAndTopics() {
    Api pubsub =
        Api.keyless(
            "http://" + cloud.readyLine().path("pubsub").asText() + "/v1/projects/podium-local/");
    return pubsub.get("topics").body() + " " + pubsub.get("subscriptions").body();
  }

  private void assertNothingIsLeft() {
    assertThat(list("instances").toString()).doesNotContain(LABEL);
    assertThat(list("disks").toString()).doesNotContain(LABEL);
    assertThat(subscriptionsAndTopics()).doesNotContain("podium-acceptance");
  }

  @Test
  void every_promise_is_walked_and_nothing_is_left() throws IOException {
    Path report = cloud.home().resolve("acceptance.txt");
    PodiumProcess.Finished walk =
        cloud.run("acceptance", "--cloud", address, "--report", report.toString());

    String text = Files.exists(report) ? Files.readString(report) : walk.errors();
    assertThat(walk.code()).as(walk.output() + walk.errors()).isZero();
    assertThat(text)
        .contains("Project podium-local", "Every promise was kept.")
        .contains("A drain moves people on", "a seek works")
        .doesNotContain("BROKEN", "not tried", "#t=", "eyJ");
    assertNothingIsLeft();
  }

  @Test
  void what_a_run_that_was_killed_left_ends_by_itself_and_is_removed_by_the_next_cleaning()
      throws Exception {
    Process run =
        PodiumProcess.start(
            cloud.home(), cloud.home().resolve("acceptance.log"), "acceptance", "--cloud", address);
    await().atMost(PATIENCE).until(() -> list("instances").toString().contains("\"RUNNING\""));
    run.destroyForcibly().waitFor();

    JsonNode left = list("instances").findParents("maxRunDuration").getFirst();
    assertThat(list("instances").toString()).contains(LABEL);
    assertThat(left.at("/maxRunDuration/seconds").asInt()).isEqualTo(20 * 60);
    assertThat(left.path("instanceTerminationAction").asText()).isEqualTo("DELETE");

    PodiumProcess.Finished clean = cloud.run("acceptance", "--clean", "--cloud", address);
    assertThat(clean.code()).as(clean.errors()).isZero();
    assertThat(clean.output()).contains("removed: 1 VM");
    assertNothingIsLeft();
    assertThat(cloud.run("acceptance", "--clean", "--cloud", address).output())
        .contains("there was nothing to remove");
  }
}
