package dev.podium.localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.Wire.Answer;
import dev.podium.testing.PersonToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A person whom the project's policy names may do what it gives them, where tokens are required.
@Timeout(60)
class RightsTest {
  private static final String PERSON = "operator@podium.local";
  private static final String POLICY = "v3/projects/podium-local";
  private static final String SCOPE = "https://www.googleapis.com/auth/";

  private LocalCloud cloud;
  private Wire wire;
  private String token;

  @BeforeEach
  void start() throws Exception {
    cloud = LocalCloud.start(LocalCloudOptions.defaults().withRequireAuth(true));
    wire = new Wire(cloud);
    token = PersonToken.of(cloud.identity(), SCOPE + "cloud-platform", SCOPE + "compute");
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private Answer admin(String method, String path, String body) {
    return Wire.send(
        method, cloud.identity().resolve(path), body, "Authorization", "Bearer " + token);
  }

  private Answer compute(String method, String path, String body) {
    return wire.send(method, path, body, "Authorization", "Bearer " + token);
  }

  private void give(String role) {
    ObjectNode policy = (ObjectNode) admin("POST", POLICY + ":getIamPolicy", "{}").body();
    policy
        .withArray("bindings")
        .addObject()
        .put("role", role)
        .putArray("members")
        .add("user:" + PERSON);
    Answer set = admin("POST", POLICY + ":setIamPolicy", "{\"policy\":" + policy + "}");
    assertThat(set.status()).as(set.toString()).isEqualTo(200);
  }

  @Test
  void a_role_permits_what_it_holds_and_nothing_else() {
    assertThat(compute("GET", "zones", "").status()).isEqualTo(200);

    give("roles/compute.networkViewer");

    assertThat(compute("GET", "global/firewalls", "").status()).isEqualTo(200);
    Answer refused = compute("GET", "zones/us-central1-a/instances", "");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.message())
        .isEqualTo("Required 'compute.instances.list' permission for 'projects/podium-local'");
    JsonNode held =
        admin(
                "POST",
                POLICY + ":testIamPermissions",
                "{\"permissions\":[\"compute.firewalls.list\",\"compute.instances.list\"]}")
            .body();
    assertThat(held.path("permissions")).hasSize(1);
    assertThat(admin("POST", POLICY + ":getIamPolicy", "{}").message())
        .startsWith("Permission 'resourcemanager.projects.getIamPolicy' denied on resource");
    assertThat(admin("POST", "v1/projects/podium-local/services:batchEnable", "{}").message())
        .startsWith("Permission denied to list services for consumer container");
  }

  @Test
  void without_a_token_or_with_a_narrow_one_nothing_of_the_project_is_told() throws Exception {
    Answer anonymous = Wire.send("GET", cloud.identity().resolve(POLICY), "");
    assertThat(anonymous.status()).isEqualTo(401);

    token = PersonToken.of(cloud.identity());
    Answer narrow = admin("GET", POLICY, "");
    assertThat(narrow.status()).isEqualTo(403);
    assertThat(narrow.message()).isEqualTo("Request had insufficient authentication scopes.");
    assertThat(narrow.body().at("/error/details/0/reason").asText())
        .isEqualTo("ACCESS_TOKEN_SCOPE_INSUFFICIENT");
  }
}
