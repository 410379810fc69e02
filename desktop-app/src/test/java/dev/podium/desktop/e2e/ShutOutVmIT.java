package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A project whose service account was never given the VMs' role, as in every new organisation.
class ShutOutVmIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VMS = "vms@podium-local.iam.gserviceaccount.com";
  private static final String CONSOLE = "console@podium-local.iam.gserviceaccount.com";
  private static final String LINE =
      "gcloud projects add-iam-policy-binding podium-local --member=serviceAccount:"
          + VMS
          + " --role=projects/podium-local/roles/podiumVm";

  private static PodiumProcess cloud;
  private static Api controls;

  @BeforeAll
  static void start() throws IOException {
    cloud = PodiumProcess.ready("local-cloud", "--require-auth");
    JsonNode line = cloud.readyLine();
    String base = line.path("identity").asText();
    controls = Api.keyless(base);
    ObjectNode profile = JSON.createObjectNode();
    profile
        .put("name", "school")
        .put("local", false)
        .put("project", "podium-local")
        .put("fleet", "school")
        .put("computeEndpoint", base.substring(0, base.length() - 1))
        .put("pubsubEndpoint", line.path("pubsub").asText())
        .put("identity", base)
        .putObject("machines")
        .put("serviceAccount", VMS);
    Path file = cloud.home().resolve("config/profiles/school.json");
    Files.createDirectories(file.getParent());
    JSON.writeValue(file.toFile(), profile);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void the_verdict_names_the_line_no_vm_is_made_anew_and_all_goes_on_once_the_role_is_there()
      throws IOException {
    controls.put("local/faults", "{\"accountsWithoutRole\":[\"" + VMS + "\"]}");
    try (PodiumProcess server = serve()) {
      Api api = server.api();
      PodiumProcess.Finished set = run(server, "policy", "set", "--minimum", "1", "--maximum", "3");
      assertThat(set.code()).as(set.errors()).isZero();
      await()
          .atMost(PATIENCE)
          .until(() -> api.get("v1/scaler").body().path("state").asText().equals("STOPPED"));

      JsonNode vms = api.get("v1/instances").body().path("instances");
      assertThat(vms).hasSize(1);
      JsonNode vm = vms.get(0);
      assertThat(vm.path("health").asText()).isEqualTo("BROKEN");
      assertThat(vm.path("reason").asText()).contains(VMS).contains(LINE);
      assertThat(vm.path("accessProblem").asText()).isEqualTo("role_missing");
      assertThat(api.get("v1/scaler").body().path("remedy").asText()).contains(LINE);
      assertThat(run(server, "instances", "list").errors())
          .contains("No VM is created for now", LINE, "podium policy resume");

      String id = vm.path("id").asText();
      assertThat(api.delete("v1/instances/" + vm.path("name").asText() + "?force=true").status())
          .isBetween(200, 202);
      await().atMost(PATIENCE).until(() -> ids(api).isEmpty());
      await().during(Duration.ofSeconds(5)).atMost(PATIENCE).until(() -> ids(api).isEmpty());

      assertThat(run(server, "policy", "resume").code()).isZero();
      await()
          .atMost(PATIENCE)
          .until(() -> api.get("v1/scaler").body().path("state").asText().equals("STOPPED"));
      assertThat(ids(api)).hasSize(1).doesNotContain(id);

      controls.put("local/faults", "{}");
      await()
          .atMost(PATIENCE)
          .until(() -> api.get("v1/scaler").body().path("state").asText().equals("RUNNING"));
      assertThat(api.get("v1/instances").body().at("/instances/0/health").asText())
          .isIn("HEALTHY", "IDLE");
    }
  }

  private static List<String> ids(Api api) {
    return api.get("v1/instances").body().path("instances").findValuesAsText("id");
  }

  private static PodiumProcess.Finished run(PodiumProcess server, String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(List.of("--api", server.readyLine().path("api").asText()));
    command.addAll(List.of("--api-key-file", server.readyLine().path("apiKeyFile").asText()));
    return server.run(command.toArray(String[]::new));
  }

  private static PodiumProcess serve() throws IOException {
    JsonNode answer =
        controls.post("v1/projects/podium-local/serviceAccounts/" + CONSOLE + "/keys", "{}").body();
    ObjectNode file =
        (ObjectNode)
            JSON.readTree(Base64.getDecoder().decode(answer.path("privateKeyData").asText()));
    file.put("token_uri", cloud.readyLine().path("identity").asText() + "token");
    Path key = Files.createTempFile(cloud.home(), "key", ".json");
    JSON.writeValue(key.toFile(), file);
    return PodiumProcess.ready(
        Map.of(
            "PODIUM_HOME",
            cloud.home().toString(),
            "GOOGLE_APPLICATION_CREDENTIALS",
            key.toString()),
        "serve",
        "--adc",
        "--profile",
        "school",
        "--limits",
        "demo");
  }
}
