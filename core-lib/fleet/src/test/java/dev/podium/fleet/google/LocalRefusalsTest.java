package dev.podium.fleet.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmSpec;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.model.PodiumException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the local cloud refuses in a project's first hour, as Podium tells it: both halves of each
/// refusal, over the socket.
@Timeout(60)
class LocalRefusalsTest {
  private static LocalCloud cloud;
  private static ComputeCloud compute;
  private static int number;

  @BeforeAll
  static void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    compute =
        GoogleCloud.compute(
            CloudProfile.local(
                cloud.compute(), cloud.pubsub(), cloud.identity(), cloud.project(), "demo"),
            AccessTokens.fixed("local"));
  }

  @AfterAll
  static void stop() {
    compute.close();
    cloud.close();
  }

  /// @param fault what is wrong with the project
  /// @param code our word for it
  /// @param said what our sentence holds
  /// @param remedy what the advice holds
  record Row(String fault, String code, String said, String remedy) {}

  private static Row policy(String constraint, String code, String said, String remedy) {
    return new Row("\"orgPolicies\":{\"constraints/" + constraint + "\":[]}", code, said, remedy);
  }

  private static Row denied(String permission, String said, String remedy) {
    return new Row("\"denied\":{\"*\":[\"" + permission + "\"]}", "not_permitted", said, remedy);
  }

  static Stream<Row> rows() {
    return Stream.of(
        policy(
            "compute.vmExternalIpAccess",
            "not_permitted",
            "the organisation forbids external addresses for this VM",
            "Switch external addresses off in the profile"),
        policy(
            "compute.requireShieldedVm",
            "not_permitted",
            "the organisation wants Shielded VMs",
            "Switch Secure Boot on"),
        policy(
            "compute.trustedImageProjects",
            "not_permitted",
            "the organisation allows no images of that project",
            "Build the VM image into a project that it allows"),
        policy(
            "gcp.resourceLocations",
            "place_forbidden",
            "the organisation allows nothing in us-central1-a",
            "Choose zones that it allows"),
        policy("compute.requireOsLogin", "not_permitted", "wants OS login", "enable-oslogin=TRUE"),
        policy(
            "custom.onlyTuesdays",
            "not_permitted",
            "constraints/custom.onlyTuesdays",
            "Ask who administers the organisation"),
        denied(
            "compute.instances.create",
            "your account has not the right compute.instances.create",
            "Compute Instance Admin (v1)"),
        denied(
            "compute.subnetworks.use",
            "your account has not the right compute.subnetworks.use",
            "Compute Network User"),
        denied(
            "iam.serviceAccounts.actAs",
            "your account may run no VM as ",
            "gcloud iam service-accounts add-iam-policy-binding "),
        new Row(
            "\"disabledApis\":[\"compute.googleapis.com\"]",
            "not_permitted",
            "the Compute Engine API is switched off in project 'podium-local' (Google's number",
            "https://console.developers.google.com/apis/api/compute.googleapis.com/overview?project="),
        new Row(
            "\"billingOff\":true",
            "not_permitted",
            "billing is off for project 'podium-local'",
            "https://console.cloud.google.com/billing/linkedaccount?project=podium-local"),
        new Row(
            "\"network\":\"MISSING\"",
            "not_found",
            "project 'podium-local' has no network 'default'",
            "gcloud compute networks create default --project=podium-local"),
        new Row(
            "\"defaultAccount\":\"MISSING\"",
            "not_found",
            "there is no service account",
            "Name another in the profile"));
  }

  private static void fault(String project) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(
              http.send(
                      HttpRequest.newBuilder(cloud.identity().resolve("local/faults"))
                          .PUT(BodyPublishers.ofString("{\"project\":{" + project + "}}"))
                          .build(),
                      BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(200);
    }
  }

  private static void create(String machineType, String diskType) {
    compute
        .create(
            new VmSpec(
                new VmName("first-" + ++number),
                "us-central1-a",
                machineType,
                "global/images/family/podium-agent",
                diskType,
                10,
                false,
                Duration.ofHours(1),
                Map.of("podium-fleet", "demo"),
                Map.of("podium-fleet", "demo")),
            UUID.randomUUID())
        .done()
        .join();
  }

  private static PodiumException refusal(Throwable thrown) {
    return PodiumException.in(thrown).orElseThrow(() -> new AssertionError(thrown));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void each_refusal_is_told_with_what_helps(Row row) throws Exception {
    fault(row.fault());
    try {
      PodiumException refusal = refusal(catchThrowable(() -> create("e2-small", "pd-balanced")));

      assertThat(refusal.code()).isEqualTo(row.code());
      assertThat(refusal.sentence()).contains(row.said());
      assertThat(refusal.remedy()).contains(row.remedy());
    } finally {
      fault("");
    }
  }

  @Test
  void a_network_that_comes_late_costs_nobody_a_vm() throws Exception {
    fault("\"network\":\"YOUNG\"");
    create("e2-small", "pd-balanced");
  }

  @Test
  void machines_that_do_not_go_with_image_disk_or_zone_are_told_apart() {
    assertThat(refusal(catchThrowable(() -> create("t2a-standard-1", "pd-balanced"))).sentence())
        .contains("the image is for X86_64 machines and the machine type is of ARM64");
    assertThat(refusal(catchThrowable(() -> create("n4-standard-2", "pd-balanced"))).remedy())
        .contains("hyperdisk-balanced");
    create("n4-standard-2", "hyperdisk-balanced");
    assertThat(refusal(catchThrowable(() -> create("m2-ultramemx-96", "pd-ssd"))).sentence())
        .contains("us-central1-a offers no machine type 'm2-ultramemx-96'");
  }
}
