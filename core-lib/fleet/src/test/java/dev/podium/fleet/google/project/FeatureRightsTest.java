package dev.podium.fleet.google.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.google.GoogleCloud;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmSpec;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.fleet.preflight.CheckResult;
import dev.podium.fleet.preflight.Preflight;
import dev.podium.fleet.preflight.check.CheckName;
import dev.podium.fleet.preflight.check.CheckState;
import dev.podium.fleet.preflight.fact.ProjectView.SignIn;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import dev.podium.testing.PersonToken;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.google.CloudApi;
import dev.podium.wire.google.CloudFeature;
import dev.podium.wire.google.CloudFeature.Place;
import dev.podium.wire.google.CloudFeature.Whose;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The one table of what needs what, against a cloud that checks every caller's rights: who has the
/// roles that the README names can do it all, and whatever is missing is named.
@Timeout(120)
class FeatureRightsTest {
  private static final String PERSON = "operator@podium.local";
  private static final String ZONE = "us-central1-a";

  private static LocalCloud cloud;
  private static CloudProfile profile;
  private static JsonCalls owner;

  @BeforeAll
  static void start() throws Exception {
    cloud = LocalCloud.start(LocalCloudOptions.defaults().withRequireAuth(true));
    profile =
        CloudProfile.local(
            cloud.compute(), cloud.pubsub(), cloud.identity(), cloud.project(), "demo");
    owner = new JsonCalls(profile, tokens("https://www.googleapis.com/auth/cloud-platform"));
    give(CloudFeature.roles(CloudFeature.of(Whose.OPERATOR)));
  }

  @AfterAll
  static void stop() {
    owner.close();
    cloud.close();
  }

  private static AccessTokens tokens(String... scopes) throws Exception {
    return AccessTokens.fixed(PersonToken.of(cloud.identity(), scopes));
  }

  /// Adds roles for the person, whom the policy binds from then on.
  private static void give(Collection<String> roles) {
    String path = "v3/projects/" + cloud.project();
    ObjectNode policy =
        (ObjectNode)
            owner.post(
                CloudApi.RESOURCE_MANAGER,
                "reading",
                path + ":getIamPolicy",
                JsonNodeFactory.instance.objectNode());
    for (String role : Stream.concat(roles.stream(), Stream.of("roles/viewer")).toList()) {
      ObjectNode binding = policy.withArray("bindings").addObject();
      binding.put("role", role).putArray("members").add("user:" + PERSON);
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("policy", policy);
    owner.post(CloudApi.RESOURCE_MANAGER, "writing", path + ":setIamPolicy", body);
  }

  @ParameterizedTest
  @EnumSource
  void the_role_that_people_give_for_a_feature_holds_what_it_needs(CloudFeature feature) {
    String role = feature.role().replace("projects/P/", "projects/" + cloud.project() + "/");
    JsonNode held = owner.get(CloudApi.IAM, "reading", "v1/" + role).path("includedPermissions");

    assertThat(held).extracting(JsonNode::asText).containsAll(feature.permissions());
  }

  @Test
  void the_readme_names_the_roles_of_whoever_runs_a_fleet() throws IOException {
    String readme = Files.readString(Path.of("..", "..", "README.md"));
    assertThat(CloudFeature.roles(CloudFeature.of(Whose.OPERATOR)))
        .allSatisfy(role -> assertThat(readme).contains("`" + role + "`"));
    assertThat(Stream.of(CloudFeature.values()).map(CloudFeature::api).distinct())
        .filteredOn(api -> api != CloudApi.IAM)
        .allSatisfy(api -> assertThat(readme).contains(api.service()));
  }

  @Test
  void with_those_roles_and_the_scopes_of_sign_in_a_vm_comes_and_goes() throws Exception {
    AccessTokens tokens =
        tokens(CloudFeature.scopes(CloudFeature.of(Whose.OPERATOR)).toArray(String[]::new));
    try (ComputeCloud compute = GoogleCloud.compute(profile, tokens);
        MessageBus bus = GoogleCloud.bus(profile, tokens)) {
      VmName name = new VmName("rights-1");
      compute.create(spec(name), UUID.randomUUID()).done().get(30, TimeUnit.SECONDS);
      assertThat(compute.list("demo").vms()).hasSize(1);
      assertThat(compute.serialPort(ZONE, name, 0).contents()).isNotNull();
      compute.delete(ZONE, name, UUID.randomUUID()).done().get(30, TimeUnit.SECONDS);
      bus.ensureTopic("podium-demo-pulse", Duration.ofMinutes(10));
      bus.publish(
              "podium-demo-pulse",
              new MessageBus.Outgoing("{}", Map.of(), java.util.Optional.empty()))
          .get(30, TimeUnit.SECONDS);
      // What needs another role is refused by its name.
      assertThatThrownBy(() -> view(tokens).openPort("r", "default", 8080, List.of()))
          .isInstanceOf(PodiumException.NotPermitted.class)
          .hasMessageContaining("compute.firewalls.create");
    }
  }

  private static GoogleProjectView view(AccessTokens tokens) {
    return new GoogleProjectView(profile, tokens, new SignIn(PERSON, "a test"));
  }

  private static VmSpec spec(VmName name) {
    return new VmSpec(
        name,
        ZONE,
        "e2-small",
        "global/images/family/podium-agent",
        "pd-balanced",
        10,
        false,
        Duration.ofHours(1),
        Map.of("podium-fleet", "demo"),
        Map.of("podium-fleet", "demo"));
  }

  static Stream<String> permissions() {
    return Stream.of(Place.values())
        .flatMap(
            place -> CloudFeature.permissions(CloudFeature.of(Whose.OPERATOR), place).stream());
  }

  @ParameterizedTest
  @MethodSource("permissions")
  void whichever_right_is_missing_the_pre_flight_names_it_and_its_role(String permission)
      throws Exception {
    fault("{\"project\":{\"denied\":{\"" + PERSON + "\":[\"" + permission + "\"]}}}");
    try (Preflight preflight =
        ProjectPreflight.open(
            profile,
            tokens(
                "https://www.googleapis.com/auth/cloud-platform",
                "https://www.googleapis.com/auth/compute"),
            new SignIn(PERSON, "a test"),
            ScalingPolicy.defaults(Duration.ofMinutes(30)))) {
      CheckResult rights = preflight.check(CheckName.RIGHTS);

      assertThat(rights.state()).isEqualTo(CheckState.FAILED);
      assertThat(rights.found()).isEqualTo("your account has not " + permission);
      assertThat(rights.remedy().orElseThrow().commands())
          .singleElement()
          .asString()
          .contains("--member=user:" + PERSON)
          .endsWith("--role=" + CloudFeature.roleWith(permission).orElseThrow());
    } finally {
      fault("{}");
    }
  }

  private static void fault(String json) throws Exception {
    try (var http = java.net.http.HttpClient.newHttpClient()) {
      int status =
          http.send(
                  java.net.http.HttpRequest.newBuilder(cloud.identity().resolve("local/faults"))
                      .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(json))
                      .build(),
                  java.net.http.HttpResponse.BodyHandlers.discarding())
              .statusCode();
      assertThat(status).isEqualTo(200);
    }
  }

  @Test
  void a_sign_in_that_does_not_cover_the_project_leaves_it_unknown_and_says_so() throws Exception {
    AccessTokens narrow =
        tokens(CloudFeature.scopes(CloudFeature.of(Whose.OPERATOR)).toArray(String[]::new));
    try (Preflight preflight =
        ProjectPreflight.open(
            profile,
            narrow,
            new SignIn(PERSON, "a test"),
            ScalingPolicy.defaults(Duration.ofMinutes(30)))) {
      CheckResult billing = preflight.check(CheckName.BILLING);

      assertThat(billing.state()).isEqualTo(CheckState.UNKNOWN);
      assertThat(billing.found()).contains("the sign-in does not cover the Cloud Billing API");
      assertThat(preflight.check(CheckName.ZONES).state()).isEqualTo(CheckState.OK);
    }
  }

  @Test
  void a_clock_that_is_wrong_is_told_by_how_much() throws Exception {
    AccessTokens tokens = tokens("https://www.googleapis.com/auth/compute");
    for (long minutes : new long[] {-10, 0, 10}) {
      try (GoogleProjectView view =
          new GoogleProjectView(
              profile,
              tokens,
              new SignIn(PERSON, "a test"),
              () -> java.time.Instant.now().plus(Duration.ofMinutes(minutes)))) {
        assertThat(view.clockAhead())
            .isBetween(
                Duration.ofMinutes(minutes).minusSeconds(5),
                Duration.ofMinutes(minutes).plusSeconds(5));
      }
    }
  }
}
