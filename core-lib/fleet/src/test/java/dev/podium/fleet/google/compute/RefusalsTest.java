package dev.podium.fleet.google.compute;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmSpec;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Compute Engine's refusals in its own words, as people reported them: what each is called here,
/// what is said of it and what helps, and how often the request is sent.
@Timeout(30)
class RefusalsTest {
  private static final String INSERT =
      "POST /compute/v1/projects/podium-test/zones/us-central1-a/instances";
  private static final String ACCOUNT = "1-compute@developer.gserviceaccount.com";

  private ScriptedServer server;
  private ComputeCloud cloud;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer();
    cloud = GoogleComputeCloudTest.cloudAt(server.base());
  }

  @AfterEach
  void stop() {
    cloud.close();
    server.close();
  }

  /// @param status of the answer, or the error's code where an operation fails
  /// @param code our word for it
  /// @param said what our sentence holds
  /// @param remedy what the advice holds
  /// @param sent how often the request goes out, as long as it is refused like this
  record Row(
      String name,
      int status,
      String reason,
      String text,
      String code,
      String said,
      String remedy,
      int sent) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row policy(String name, String text, String said, String remedy) {
    return new Row(name, 412, "conditionNotMet", text, "not_permitted", said, remedy, 1);
  }

  static Stream<Row> refusals() {
    return Stream.of(
        policy(
            "no external addresses",
            "Constraint constraints/compute.vmExternalIpAccess violated for project 123456789. Add instance projects/podium-test/zones/us-central1-a/instances/a-1 to the constraint to use external IP with it.",
            "the organisation forbids external addresses for this VM (constraints/compute.vmExternalIpAccess)",
            "Switch external addresses off in the profile"),
        policy(
            "Shielded VMs only",
            "Constraint constraints/compute.requireShieldedVm violated for project projects/podium-test. The boot disk's 'initialize_params.source_image' field specifies a non-Shielded image: projects/podium-test/global/images/podium-agent-1. See https://cloud.google.com/resource-manager/docs/organization-policy/org-policy-constraints for more information.",
            "the organisation wants Shielded VMs with Secure Boot (constraints/compute.requireShieldedVm)",
            "Switch Secure Boot on"),
        policy(
            "trusted images only",
            "Constraint constraints/compute.trustedImageProjects violated for project podium-test. Use of images from project other-project is prohibited.",
            "constraints/compute.trustedImageProjects",
            "Build the VM image into a project that it allows"),
        policy(
            "a subnet that is not allowed",
            "Constraint constraints/compute.restrictSharedVpcSubnetworks violated for projects/podium-test. Subnetwork projects/host/regions/us-central1/subnetworks/a is not allowed.",
            "the organisation forbids that subnet",
            "Name a subnet that it allows"),
        policy(
            "a policy that nobody here knew",
            "Constraint constraints/custom.onlyTuesdays violated for project podium-test. Come on a Tuesday.",
            "(constraints/custom.onlyTuesdays): Constraint constraints/custom.onlyTuesdays violated for project podium-test. Come on a Tuesday",
            "Ask who administers the organisation for an exception for project 'podium-test'."),
        new Row(
            "a forbidden location",
            412,
            "conditionNotMet",
            "Location ZONE:us-central1-a violates constraint constraints/gcp.resourceLocations on the resource projects/podium-test/zones/us-central1-a/instances/a-1.",
            "place_forbidden",
            "the organisation allows nothing in us-central1-a (constraints/gcp.resourceLocations)",
            "Choose zones that it allows",
            1),
        new Row(
            "billing off",
            403,
            "forbidden",
            "This API method requires billing to be enabled. Please enable billing on project #123 by visiting https://console.developers.google.com/billing/enable?project=123 then retry. If you enabled billing for this project recently, wait a few minutes for the action to propagate to our systems and retry.",
            "not_permitted",
            "billing is off for project 'podium-test'",
            "https://console.cloud.google.com/billing/linkedaccount?project=podium-test",
            1),
        new Row(
            "billing switched off later",
            403,
            "forbidden",
            "Project podium-test (#808448574146) has billing disabled. Please enable it.",
            "not_permitted",
            "billing is off",
            "Link a billing account",
            1),
        new Row(
            "the API is off",
            403,
            "accessNotConfigured",
            "Compute Engine API has not been used in project 4711 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/compute.googleapis.com/overview?project=4711 then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.",
            "not_permitted",
            "the Compute Engine API is switched off in project 'podium-test' (Google's number 4711)",
            "Enable it at https://console.developers.google.com/apis/api/compute.googleapis.com/overview?project=4711 and",
            1),
        new Row(
            "no such network",
            400,
            "invalid",
            "Invalid value for field 'resource.networkInterfaces[0].network': 'https://www.googleapis.com/compute/v1/projects/podium-test/global/networks/campus'.  The referenced network resource cannot be found.",
            "not_found",
            "project 'podium-test' has no network 'campus'",
            "gcloud compute networks create campus --project=podium-test",
            1),
        new Row(
            "no default network, or not yet",
            400,
            "invalid",
            "Invalid value for field 'resource.networkInterfaces[0].network': 'global/networks/default'. The referenced network resource cannot be found.",
            "not_found",
            "has no network 'default'",
            "Name a network or subnet of yours in the profile",
            2),
        new Row(
            "a network that is being made",
            400,
            "resourceNotReady",
            "The resource 'projects/podium-test/global/networks/default' is not ready",
            "unavailable",
            "is not ready",
            "Try again in a minute",
            4),
        new Row(
            "no such subnet",
            400,
            "invalid",
            "Invalid value for field 'resource.networkInterfaces[0].subnetwork': 'projects/host/regions/us-central1/subnetworks/class'. The referenced subnetwork resource cannot be found.",
            "not_found",
            "there is no subnet 'class'",
            "by its full URL",
            1),
        new Row(
            "a network without subnets of its own",
            400,
            "invalid",
            "Invalid value for field 'resource.networkInterfaces[0]': ''. Subnetwork should be specified for custom subnetmode network",
            "invalid",
            "custom subnet mode",
            "Name a subnet",
            1),
        new Row(
            "a Shared VPC that one may not use",
            403,
            "forbidden",
            "Required 'compute.subnetworks.use' permission for 'projects/host-1/regions/us-central1/subnetworks/class'",
            "not_permitted",
            "your account has not the right compute.subnetworks.use on projects/host-1/regions/us-central1/subnetworks/class",
            "Ask an owner of project 'host-1' for a role that holds compute.subnetworks.use, such as Compute Network User.",
            1),
        new Row(
            "no right to act as the VMs' account",
            400,
            "invalid",
            "The user does not have access to service account '"
                + ACCOUNT
                + "'.  User: 'ann@example.org'.  Ask a project owner to grant you the iam.serviceAccountUser role on the service account",
            "not_permitted",
            "your account may run no VM as " + ACCOUNT,
            "gcloud iam service-accounts add-iam-policy-binding "
                + ACCOUNT
                + " --project=podium-test --member=user:ann@example.org --role=roles/iam.serviceAccountUser",
            1),
        new Row(
            "no service account",
            404,
            "notFound",
            "The resource 'projects/podium-test/serviceAccounts/" + ACCOUNT + "' was not found",
            "not_found",
            "there is no service account " + ACCOUNT,
            "Name another in the profile",
            1),
        new Row(
            "an image of another project",
            403,
            "forbidden",
            "Required 'compute.images.useReadOnly' permission for 'projects/images-1/global/images/podium-agent'",
            "not_permitted",
            "compute.images.useReadOnly on projects/images-1/global/images/podium-agent",
            "Ask an owner of project 'images-1' for a role that holds compute.images.useReadOnly, such as Compute Image User.",
            1),
        new Row(
            "an ARM machine and another image",
            400,
            "invalid",
            "Invalid resource usage: 'Requested boot disk architecture (X86_64) is not compatible with machine type architecture (ARM64).'.",
            "invalid",
            "the image is for X86_64 machines and the machine type is of ARM64",
            "of the same kind",
            1),
        new Row(
            "a disk type that the machine does not take",
            400,
            "badRequest",
            "pd-balanced disk type cannot be used by n4-standard-2 machine type.",
            "invalid",
            "pd-balanced disk type cannot be used by n4-standard-2 machine type",
            "hyperdisk-balanced",
            1),
        new Row(
            "a machine type that the zone does not offer",
            400,
            "invalid",
            "Invalid value for field 'resource.machineType': 'x'. Machine type with name 't2a-standard-1' does not exist in zone 'us-central1-a'.",
            "not_found",
            "us-central1-a offers no machine type 't2a-standard-1'",
            "another zone",
            1),
        new Row(
            "quota, at the request",
            403,
            "quotaExceeded",
            "Quota 'IN_USE_ADDRESSES' exceeded.  Limit: 8.0 in region us-central1.",
            "quota_exceeded",
            "Quota 'IN_USE_ADDRESSES' exceeded. Limit: 8.0 in region us-central1",
            "https://console.cloud.google.com/iam-admin/quotas?project=podium-test",
            1),
        new Row(
            "quota everywhere, under another reason",
            403,
            "forbidden",
            "Quota 'CPUS_ALL_REGIONS' exceeded.  Limit: 12.0 globally.",
            "quota_exceeded",
            "Limit: 12.0 globally",
            "Destroy VMs that nobody needs",
            1),
        new Row(
            "too many requests",
            403,
            "rateLimitExceeded",
            "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute' of service 'compute.googleapis.com' for consumer 'project_number:123'.",
            "rate_limited",
            "Queries per minute",
            "Wait a minute",
            4),
        new Row(
            "too many requests, newer form",
            429,
            "RATE_LIMIT_EXCEEDED",
            "Quota exceeded for quota metric 'Mutate requests' and limit 'Mutate requests per minute' of service 'compute.googleapis.com' for consumer 'project_number:123'.",
            "rate_limited",
            "Mutate requests per minute",
            "Wait a minute",
            4),
        new Row(
            "a stock-out at the request",
            503,
            "backendError",
            "The zone 'projects/podium-test/zones/us-central1-a' does not have enough resources available to fulfill the request.  Try a different zone, or try again later.",
            "no_capacity",
            "does not have enough resources available",
            "another zone",
            1),
        new Row(
            "a stock-out in its newer words",
            503,
            "backendError",
            "A n2-standard-16 VM instance with 2 local SSD(s) is currently unavailable in the us-central1-a zone. Alternatively, you can try your request again with a different VM hardware configuration or at a later time.",
            "no_capacity",
            "is currently unavailable in the us-central1-a zone",
            "another zone",
            1),
        new Row(
            "trouble of the cloud's own",
            502,
            "backendError",
            "Bad gateway.",
            "unavailable",
            "the cloud has trouble of its own (HTTP 502: Bad gateway)",
            "https://status.cloud.google.com",
            4));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void a_refusal_says_what_stands_in_the_way_and_what_helps(Row row) {
    server.answers(INSERT, row.status(), answer(row));

    PodiumException refusal = refused();

    holds(refusal, row);
    assertThat(server.asked(INSERT)).hasSize(row.sent());
  }

  /// Those that name their trouble in words. Which of them come so is not documented.
  static Stream<Row> inWords() {
    return refusals()
        .filter(row ->
            row.sent() < 4
                && !"accessNotConfigured".equals(row.reason())
                && !row.text().startsWith("Required"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inWords")
  void the_same_words_mean_the_same_as_the_end_of_an_operation(Row row) {
    ObjectNode operation = new ObjectMapper().createObjectNode();
    operation.put("name", "op-1").put("status", "DONE").put("httpErrorStatusCode", row.status());
    operation
        .putObject("error")
        .putArray("errors")
        .addObject()
        .put("code", "SOME_CODE")
        .put("message", row.text());
    server.answers(INSERT, 200, asScript(operation));

    holds(refused(), row);
  }

  @Test
  void the_default_network_of_a_new_project_may_be_there_at_the_second_request() {
    Row missing =
        refusals().filter(row -> row.name().startsWith("no default")).findFirst().orElseThrow();
    server
        .answers(INSERT, missing.status(), answer(missing))
        .answers(INSERT, 200, "{'name':'op-1','status':'DONE','progress':100}");

    cloud.create(spec(), UUID.randomUUID()).done().join();

    assertThat(server.asked(INSERT)).hasSize(2);
  }

  private static void holds(PodiumException refusal, Row row) {
    assertThat(refusal.code()).isEqualTo(row.code());
    assertThat(refusal.sentence())
        .startsWith("VM 'a-1' was not created in us-central1-a: ")
        .contains(row.said())
        .doesNotContain("Exception");
    assertThat(refusal.remedy()).contains(row.remedy());
  }

  private PodiumException refused() {
    try {
      cloud.create(spec(), UUID.randomUUID()).done().join();
    } catch (PodiumException e) {
      return e;
    } catch (CompletionException e) {
      return PodiumException.in(e).orElseThrow();
    }
    throw new AssertionError("it was not refused");
  }

  private static VmSpec spec() {
    return new VmSpec(
        new VmName("a-1"),
        "us-central1-a",
        "e2-small",
        "global/images/family/podium-agent",
        "pd-balanced",
        10,
        false,
        Duration.ofHours(1),
        Map.of("podium-fleet", "demo"),
        Map.of());
  }

  private static String answer(Row row) {
    ObjectNode answer = new ObjectMapper().createObjectNode();
    ObjectNode error = answer.putObject("error");
    error.put("code", row.status()).put("message", row.text());
    error
        .putArray("errors")
        .addObject()
        .put("message", row.text())
        .put("domain", "usageLimits")
        .put("reason", row.reason());
    return asScript(answer);
  }

  /// The script has apostrophes for quotation marks, so its own are written as JSON may.
  private static String asScript(ObjectNode node) {
    return node.toString().replace("'", "\\u0027");
  }
}
