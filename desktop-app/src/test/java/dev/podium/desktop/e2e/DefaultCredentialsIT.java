package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A server without a browser, in a company's network: it signs in by a service account's key and
/// reaches the cloud through a proxy alone.
class DefaultCredentialsIT {
  private static final String ACCOUNT = "console@podium-local.iam.gserviceaccount.com";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static PodiumProcess cloud;
  private static ForwardProxy proxy;
  private static String base;

  @BeforeAll
  static void start() throws IOException {
    cloud = PodiumProcess.ready("local-cloud", "--require-auth");
    proxy = ForwardProxy.start();
    JsonNode line = cloud.readyLine();
    String compute = line.path("compute").asText();
    base = compute.substring(0, compute.indexOf("/compute/")).replace("127.0.0.1", "cloud.test");
    ObjectNode profile = JSON.createObjectNode();
    profile
        .put("name", "company")
        .put("local", false)
        .put("project", line.path("project").asText())
        .put("fleet", "company")
        .put("computeEndpoint", base)
        .put("pubsubEndpoint", line.path("pubsub").asText())
        .put("identity", base + "/");
    Path file = cloud.home().resolve("config/profiles/company.json");
    Files.createDirectories(file.getParent());
    JSON.writeValue(file.toFile(), profile);
  }

  @AfterAll
  static void stop() {
    proxy.close();
    cloud.close();
  }

  @Test
  void a_server_runs_the_main_job_by_a_service_accounts_key_through_a_proxy() throws Exception {
    try (PodiumProcess server = serve(key(Map.of()))) {
      List<String> names = server.api().createReady(1, "vm");

      assertThat(names).hasSize(1);
      assertThat(server.api().instance(names.getFirst()).path("owner").asText())
          .contains("console");
      assertThat(server.api().delete("v1/instances/" + names.getFirst()).status())
          .isBetween(200, 202);
    }
    assertThat(proxy.requests())
        .anyMatch(line -> line.startsWith("POST " + base + "/token "))
        .anyMatch(line -> line.startsWith("POST " + base + "/compute/v1/projects/podium-local/"));
  }

  @Test
  void a_key_that_is_good_no_more_is_told_before_anything_runs() throws Exception {
    Path revoked = key(Map.of("private_key_id", "0123456789abcdef"));

    assertThatThrownBy(() -> serve(revoked))
        .hasMessageContaining("The default credentials of " + ACCOUNT + " give no access")
        .hasMessageContaining("they were revoked, have expired, or this computer's clock is wrong")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void a_server_without_any_credentials_is_told_what_to_do() {
    assertThatThrownBy(() -> serve(cloud.home().resolve("no-such-key.json")))
        .hasMessageContaining("There are no Application Default Credentials")
        .hasMessageContaining("GOOGLE_APPLICATION_CREDENTIALS")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void where_nobody_is_signed_in_to_a_profile_the_credentials_are_found_and_named()
      throws Exception {
    try (PodiumProcess server =
        PodiumProcess.ready(environment(key(Map.of())), "serve", "--profile", "company")) {
      assertThat(server.api().get("v1/instances").status()).isEqualTo(200);
      assertThat(server.log())
          .contains("Project podium-local is worked with as " + ACCOUNT)
          .contains("Application Default Credentials, a service account's key");
    }
  }

  private static PodiumProcess serve(Path key) {
    return PodiumProcess.ready(environment(key), "serve", "--adc", "--profile", "company");
  }

  private static Map<String, String> environment(Path key) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PODIUM_HOME", cloud.home().toString());
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", key.toString());
    environment.put("HTTP_PROXY", proxy.address());
    return environment;
  }

  /// A key file as Google gives it.
  ///
  /// @param changed members to be replaced
  private static Path key(Map<String, String> changed) throws IOException {
    String local = cloud.readyLine().path("identity").asText();
    JsonNode answer =
        Api.keyless(local)
            .post("v1/projects/podium-local/serviceAccounts/" + ACCOUNT + "/keys", "{}")
            .body();
    ObjectNode file =
        (ObjectNode)
            JSON.readTree(Base64.getDecoder().decode(answer.path("privateKeyData").asText()));
    file.put("token_uri", base + "/token");
    changed.forEach(file::put);
    Path path = Files.createTempFile(cloud.home(), "key", ".json");
    JSON.writeValue(path.toFile(), file);
    return path;
  }
}
