package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.e2e.Api.Answer;
import dev.podium.desktop.e2e.PodiumProcess.Finished;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One server on the local cloud, used through its API and by the command line.
///
/// The tests have an order to save time: VMs that nobody uses end after a minute and a half. The
/// last test waits for the end of those that the first one made.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetIT {
  private static final Duration READY = Duration.ofSeconds(90);

  private static PodiumProcess podium;
  private static Api api;
  private static List<String> unused;
  private static Queue<String> activities;

  @BeforeAll
  static void serve() {
    podium = PodiumProcess.ready("serve", "--local");
    api = podium.api();
    activities = api.activities();
    unused = api.createReady(3, "unused");
  }

  @AfterAll
  static void stop() {
    podium.close();
  }

  @Test
  @Order(1)
  void three_vms_become_ready_and_healthy() {
    assertThat(unused).containsExactly("unused-1", "unused-2", "unused-3");
    JsonNode instances = api.get("v1/instances").body().path("instances");
    assertThat(instances).hasSize(3);
    for (JsonNode instance : instances) {
      assertThat(instance.path("status").asText()).isEqualTo("RUNNING");
      assertThat(instance.path("health").asText()).isIn("HEALTHY", "IDLE");
      assertThat(instance.path("chatUrl").asText()).matches("http://127\\.0\\.0\\.1:\\d+/");
      assertThat(instance.path("reason").asText()).isNotEmpty();
    }
  }

  @Test
  @Order(2)
  void the_ready_line_names_the_api_and_the_cloud() {
    JsonNode line = podium.readyLine();
    assertThat(line.path("api").asText()).matches("http://127\\.0\\.0\\.1:\\d+/");
    assertThat(line.path("cloud").path("compute").asText()).endsWith("/compute/v1/");
    assertThat(line.path("cloud").path("project").asText()).isEqualTo("podium-local");
    assertThat(line.path("cloud").path("pubsub").asText()).matches("127\\.0\\.0\\.1:\\d+");
  }

  @Test
  @Order(2)
  void the_api_refuses_who_has_no_key_or_a_wrong_one() {
    for (Api stranger :
        List.of(api.withKey(Optional.empty()), api.withKey(Optional.of("podium_wrong")))) {
      for (Answer answer :
          List.of(
              stranger.get("v1/instances"),
              stranger.post("v1/instances", "{\"count\":1}"),
              stranger.delete("v1/instances/unused-1"))) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body().path("code").asText()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @Order(2)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"namePrefix":"Not A Name"}                                   | Not A Name
          {"namePrefix":"e","zone":"mars-north1-a"}                     | mars-north1-a
          {"namePrefix":"e","image":"global/images/no-such-image"}      | no-such-image
          {"namePrefix":"e","machineType":"huge-9000"}                  | huge-9000
          {"namePrefix":"e","count":0}                                  | count
          """)
  void a_create_that_cannot_work_is_refused_with_the_name_of_its_cause(String body, String cause) {
    Answer answer = api.post("v1/instances?wait=ready", body);

    assertThat(answer.status()).isBetween(400, 499);
    assertThat(answer.body().path("detail").asText()).contains(cause);
    assertThat(answer.body().path("code").asText()).isNotEmpty();
    assertThat(api.get("v1/instances?filter=name=e-1").body().path("instances")).isEmpty();
  }

  @Test
  @Order(2)
  void the_command_line_finds_the_server_and_says_the_same() {
    Finished table = podium.run("instances", "list");
    assertThat(table.code()).isZero();
    assertThat(table.output()).contains("NAME", "unused-1", "unused-3", "RUNNING");

    Finished json = podium.run("instances", "list", "-o", "json");
    assertThat(json.code()).isZero();
    assertThat(json.output()).contains("\"instances\"", "\"chatUrl\"");

    Finished serial = podium.run("instances", "serial", "unused-1");
    assertThat(serial.code()).isZero();
    assertThat(serial.output()).isNotBlank();

    Finished invite = podium.run("invite", "Ann", "--room", "class");
    assertThat(invite.code()).isZero();
    assertThat(invite.output().strip()).matches("http://127\\.0\\.0\\.1:\\d+/\\S*#t=\\S+");
  }

  @Test
  @Order(2)
  void the_command_line_fails_with_one_sentence_and_the_right_code() {
    Finished unknown = podium.run("instances", "describe", "nobody");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.output()).isEmpty();
    assertThat(unknown.errors().strip()).startsWith("podium: ").contains("nobody").hasLineCount(1);

    Finished refused = podium.run("instances", "create", "--zone", "mars-north1-a");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.errors().strip()).contains("mars-north1-a").hasLineCount(1);

    Finished wrong = podium.run("instances", "create", "--count", "many");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.errors().strip()).contains("many").hasLineCount(1);
  }

  @Test
  @Order(2)
  void a_change_of_the_policy_is_followed_as_it_happens_and_a_bad_one_changes_nothing()
      throws IOException {
    Process follower =
        PodiumProcess.start(
            podium.home(),
            podium.home().resolve("follow.log"),
            "activity",
            "--follow",
            "-o",
            "jsonl");
    try (BufferedReader lines = follower.inputReader(StandardCharsets.UTF_8)) {
      // What has happened already comes first: from then on nothing is missed.
      assertThat(lines.readLine()).contains("\"sentence\"");

      Finished set = podium.run("policy", "set", "--maximum", "17", "--total-budget", "90");
      assertThat(set.code()).isZero();
      assertThat(set.output()).containsPattern("maximum +17 ").containsPattern("total-budget +90");
      assertThat(
              lines
                  .lines()
                  .filter(line -> line.contains("policy changed"))
                  .findFirst()
                  .orElseThrow())
          .contains("maximum", "17", "\"OPERATOR\"");
    } finally {
      follower.destroy();
    }

    Finished refused = podium.run("policy", "set", "--minimum", "30");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.errors().strip()).containsIgnoringCase("minimum").hasLineCount(1);
    Finished shown = podium.run("policy", "show");
    assertThat(shown.output()).containsPattern("minimum +0 ").containsPattern("maximum +17 ");
  }

  @Test
  @Order(3)
  void a_killed_agent_is_not_green_within_5_s_and_gone_within_30_s_and_the_others_stay() {
    List<String> names = api.createReady(3, "kill");
    String victim = names.getFirst();

    Agents.of(podium, victim).destroyForcibly();

    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> !List.of("HEALTHY", "IDLE").contains(api.health(victim)));
    await().atMost(Duration.ofSeconds(25)).until(() -> api.gone(victim));
    assertThat(api.health(names.get(1))).isIn("HEALTHY", "IDLE");
    assertThat(api.health(names.get(2))).isIn("HEALTHY", "IDLE");
  }

  @Test
  @Order(4)
  void a_full_zone_and_a_used_up_quota_are_named_and_what_could_be_made_exists() {
    Api cloud = api.at(podium.readyLine().path("cloud").path("identity").asText());
    cloud.put(
        "local/faults",
        """
        {"stockedOutZones":["europe-west3-a"],"quotas":{"europe-west1/CPUS":2}}
        """);

    Answer full =
        api.post(
            "v1/instances?wait=ready", "{\"namePrefix\":\"full\",\"zone\":\"europe-west3-a\"}");
    Answer over =
        api.post(
            "v1/instances?wait=ready",
            "{\"count\":2,\"namePrefix\":\"over\",\"zone\":\"europe-west1-b\"}");
    cloud.put("local/faults", "{}");

    assertThat(full.body().path("code").asText()).isEqualTo("no_capacity");
    assertThat(full.body().path("detail").asText()).contains("europe-west3-a");
    assertThat(api.gone("full-1")).isTrue();
    assertThat(over.body().path("instances")).hasSize(1);
    JsonNode failure = over.body().path("failures").path(0);
    assertThat(failure.path("code").asText()).isEqualTo("quota_exceeded");
    assertThat(failure.path("message").asText()).contains("CPUS", "europe-west1");
    assertThat(api.gone(failure.path("name").asText())).isTrue();
  }

  @Test
  @Order(4)
  void a_vm_is_destroyed_on_request_and_its_process_ends() {
    String name = api.createReady(1, "short").getFirst();
    ProcessHandle agent = Agents.of(podium, name);

    Finished destroyed = podium.run("instances", "destroy", name);

    assertThat(destroyed.code()).isZero();
    await().atMost(Duration.ofSeconds(10)).until(() -> !agent.isAlive());
    assertThat(api.gone(name)).isTrue();
  }

  @Test
  @Order(4)
  void an_access_code_opens_the_vms_that_run_and_those_that_come_and_nothing_says_it() {
    URI running = chat("early");
    Finished refused = podium.run("policy", "set", "--access-code", "wh4le");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.errors()).contains("--access-code: From 6").doesNotContain("wh4le");

    Finished set = podium.run("policy", "set", "--access-code", "blue whale");
    assertThat(set.code()).isZero();
    assertThat(set.output()).containsPattern("access-code +\\*{6} ");
    await().pollInterval(Duration.ofSeconds(1)).until(() -> Person.opens(running, "blue whale"));
    URI later = chat("late");
    assertThat(Person.opens(later, "blue whale")).isTrue();
    assertThat(Person.opens(later, "red panda")).isFalse();

    assertThat(podium.run("policy", "set", "--access-code", "").code()).isZero();
    await().pollInterval(Duration.ofSeconds(1)).until(() -> !Person.opens(later, "blue whale"));
    assertThat(podium.run("activity", "-o", "jsonl").output())
        .contains("access code changed", "access code removed")
        .doesNotContain("blue whale");
  }

  private URI chat(String prefix) {
    String name = api.createReady(1, prefix).getFirst();
    return URI.create(api.instance(name).path("chatUrl").asText());
  }

  @Test
  @Order(5)
  void vms_that_nobody_uses_are_drained_and_removed_with_a_sentence_that_says_why() {
    await().atMost(READY.plusSeconds(90)).until(() -> unused.stream().allMatch(api::gone));
    for (String name : unused) {
      await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> activities.stream().anyMatch(line -> explains(line, name)));
    }
  }

  private static boolean explains(String activity, String name) {
    return activity.contains('"' + name + '"') && activity.contains("nobody for");
  }
}
