package dev.podium.localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.localcloud.Wire.Answer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is not as it should be with a project, set over the socket and refused in Google's words.
@Timeout(60)
class ProjectFaultsTest {
  private static final String ZONE = "us-central1-a";
  private static final String INSTANCE = "projects/podium-local/zones/us-central1-a/instances/vm";

  private LocalCloud cloud;
  private Wire wire;
  private String number;

  @BeforeEach
  void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    wire = new Wire(cloud);
    number = admin("GET", "v3/projects/podium-local", "").body().path("name").asText().substring(9);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private void fault(String json) {
    Answer set = wire.local("PUT", "faults", "{\"project\":" + json + "}");
    assertThat(set.status()).as(set.toString()).isEqualTo(200);
  }

  private Answer admin(String method, String path, String body) {
    return Wire.send(method, cloud.identity().resolve(path), body);
  }

  /// With everything that an organisation may have something against.
  private Answer insert() {
    return wire.post(
        "zones/" + ZONE + "/instances",
        """
        {"name":"vm","machineType":"e2-micro","labels":{"a":"b"},"tags":{"items":["t"]},
         "metadata":{"items":[{"key":"k","value":"v"}]},
         "disks":[{"boot":true,"autoDelete":true,"initializeParams":{"labels":{"a":"b"},
           "sourceImage":"projects/debian-cloud/global/images/family/debian-12"}}],
         "serviceAccounts":[{"email":"default","scopes":[]}],
         "networkInterfaces":[{"network":"global/networks/default","accessConfigs":[{}]}]}
        """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compute.vmExternalIpAccess||Constraint constraints/compute.vmExternalIpAccess violated for project NUMBER. Add instance INSTANCE to the constraint to use external IP with it.",
        "compute.requireShieldedVm||Constraint constraints/compute.requireShieldedVm violated for project projects/podium-local. The boot disk's 'initialize_params.source_image' field specifies a non-Shielded image: projects/debian-cloud/global/images/family/debian-12.",
        "compute.trustedImageProjects|projects/ours|Constraint constraints/compute.trustedImageProjects violated for project podium-local. Use of images from project debian-cloud is prohibited.",
        "gcp.resourceLocations|in:eu-locations|Location ZONE:us-central1-a violates constraint constraints/gcp.resourceLocations on the resource INSTANCE.",
        "compute.requireOsLogin||Constraint constraints/compute.requireOsLogin violated for project podium-local.",
        "custom.onlyTuesdays||Constraint constraints/custom.onlyTuesdays violated for project",
      })
  void each_policy_of_the_organisation_refuses_a_vm(
      String constraint, String allowed, String text) {
    String values = allowed == null ? "" : "\"" + allowed + "\"";
    fault("{\"orgPolicies\":{\"constraints/" + constraint + "\":[" + values + "]}}");

    Answer refused = insert();
    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.reason()).isEqualTo("conditionNotMet");
    assertThat(refused.message())
        .startsWith(text.replace("NUMBER", number).replace("INSTANCE", INSTANCE));
    fault("{}");
    assertThat(wire.done(insert()).has("error")).isFalse();
  }

  @Test
  void a_policy_on_locations_lets_the_allowed_ones_be() {
    fault("{\"orgPolicies\":{\"constraints/gcp.resourceLocations\":[\"in:us-locations\"]}}");
    assertThat(wire.done(insert()).has("error")).isFalse();
    JsonNode policy =
        admin(
                "POST",
                "v1/projects/podium-local:getEffectiveOrgPolicy",
                "{\"constraint\":\"constraints/gcp.resourceLocations\"}")
            .body();
    assertThat(policy.at("/listPolicy/allowedValues/0").asText()).isEqualTo("in:us-locations");
  }

  @ParameterizedTest
  @CsvSource({
    "compute.instances.create, projects/podium-local",
    "compute.disks.create, projects/podium-local/zones/us-central1-a/disks/vm",
    "compute.images.useReadOnly, projects/debian-cloud/global/images/family/debian-12",
    "compute.instances.setMetadata, " + INSTANCE,
    "compute.instances.setLabels, " + INSTANCE,
    "compute.instances.setTags, " + INSTANCE,
    "compute.instances.setServiceAccount, " + INSTANCE,
    "compute.disks.setLabels, projects/podium-local/zones/us-central1-a/disks/vm",
    "compute.subnetworks.use, projects/podium-local/regions/us-central1/subnetworks/default",
    "compute.subnetworks.useExternalIp, projects/podium-local/regions/us-central1/subnetworks/default"
  })
  void a_right_that_is_taken_away_is_named_with_what_it_was_needed_for(
      String permission, String resource) {
    fault("{\"denied\":{\"operator@example.com\":[\"" + permission + "\"]}}");

    Answer refused = insert();
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.message())
        .isEqualTo("Required '" + permission + "' permission for '" + resource + "'");
    JsonNode held =
        admin(
                "POST",
                "v3/projects/podium-local:testIamPermissions",
                "{\"permissions\":[\"" + permission + "\",\"compute.zones.list\"]}")
            .body();
    assertThat(held.path("permissions")).hasSize(1);
    fault("{\"denied\":{\"somebody@else.org\":[\"" + permission + "\"]}}");
    assertThat(wire.done(insert()).has("error")).isFalse();
  }

  @Test
  void who_may_not_act_as_the_account_is_told_whose_right_is_missing() {
    fault("{\"denied\":{\"*\":[\"iam.serviceAccounts.actAs\"]}}");
    String account = number + "-compute@developer.gserviceaccount.com";

    assertThat(insert().message())
        .isEqualTo(
            "The user does not have access to service account '"
                + account
                + "'.  User: 'operator@example.com'.  Ask a project owner to grant you the"
                + " iam.serviceAccountUser role on the service account");
    Answer held =
        admin(
            "POST",
            "v1/projects/podium-local/serviceAccounts/" + account + ":testIamPermissions",
            "{\"permissions\":[\"iam.serviceAccounts.actAs\"]}");
    assertThat(held.body().has("permissions")).isFalse();
  }

  @Test
  void a_missing_network_refuses_vms_until_somebody_makes_it() {
    fault("{\"network\":\"MISSING\"}");

    Answer refused = insert();
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.message())
        .isEqualTo(
            "Invalid value for field 'resource.networkInterfaces[0].network':"
                + " 'global/networks/default'. The referenced network resource cannot be found.");
    assertThat(insert().status()).isEqualTo(400);
    assertThat(wire.get("global/networks/default").status()).isEqualTo(404);
    assertThat(wire.get("regions/us-central1/subnetworks/default").status()).isEqualTo(404);
    wire.done(
        wire.post("global/networks", "{\"name\":\"default\",\"autoCreateSubnetworks\":true}"));
    assertThat(wire.done(insert()).has("error")).isFalse();
  }

  @Test
  void a_young_network_refuses_one_vm_and_is_there_for_the_next() {
    fault("{\"network\":\"YOUNG\"}");

    assertThat(insert().status()).isEqualTo(400);
    assertThat(wire.done(insert()).has("error")).isFalse();
    assertThat(wire.get("regions/us-central1/subnetworks/default").body().path("network").asText())
        .endsWith("/global/networks/default");
  }

  @Test
  void an_api_that_is_off_names_the_project_by_its_number_and_links_to_the_switch() {
    fault("{\"disabledApis\":[\"compute.googleapis.com\",\"cloudbilling.googleapis.com\"]}");

    Answer refused = wire.get("zones");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.reason()).isEqualTo("accessNotConfigured");
    assertThat(refused.message())
        .startsWith(
            "Compute Engine API has not been used in project "
                + number
                + " before or it is disabled. Enable it by visiting"
                + " https://console.developers.google.com/apis/api/compute.googleapis.com/overview?project="
                + number
                + " then retry.");
    Answer billing = admin("GET", "v1/projects/podium-local/billingInfo", "");
    assertThat(billing.message()).startsWith("Cloud Billing API has not been used");
    assertThat(billing.body().at("/error/details/0/reason").asText()).isEqualTo("SERVICE_DISABLED");

    admin(
        "POST",
        "v1/projects/podium-local/services:batchEnable",
        "{\"serviceIds\":[\"compute.googleapis.com\"]}");
    assertThat(wire.get("zones").status()).isEqualTo(200);
    JsonNode services =
        admin("GET", "v1/projects/podium-local/services?filter=state:ENABLED", "").body();
    assertThat(services.path("services")).hasSize(5);
  }

  @Test
  void billing_that_is_off_refuses_compute_engine() {
    fault("{\"billingOff\":true}");

    assertThat(wire.get("zones").message())
        .startsWith(
            "This API method requires billing to be enabled. Please enable billing on project #"
                + number);
    JsonNode billing = admin("GET", "v1/projects/podium-local/billingInfo", "").body();
    assertThat(billing.path("billingEnabled").asBoolean(true)).isFalse();
  }

  @Test
  void the_default_account_can_be_missing_or_disabled() {
    String account = number + "-compute@developer.gserviceaccount.com";
    String path = "v1/projects/podium-local/serviceAccounts/" + account;

    fault("{\"defaultAccount\":\"MISSING\"}");
    assertThat(insert().message())
        .isEqualTo(
            "The resource 'projects/podium-local/serviceAccounts/" + account + "' was not found");
    assertThat(admin("GET", path, "").status()).isEqualTo(404);
    fault("{\"defaultAccount\":\"DISABLED\"}");
    assertThat(admin("GET", path, "").body().path("disabled").asBoolean()).isTrue();
  }

  @Test
  void each_quota_is_told_in_its_region_and_holds_for_its_family() {
    wire.local("PUT", "faults", "{\"quotas\":{\"us-central1/N2_CPUS\":1,\"HDB_TOTAL_GB\":5}}");
    JsonNode quotas = wire.get("regions/us-central1").body().path("quotas");
    assertThat(
            StreamSupport.stream(quotas.spliterator(), false)
                .map(quota -> quota.path("metric").asText() + "=" + quota.path("limit").asInt()))
        .contains("N2_CPUS=1", "HDB_TOTAL_GB=5", "CPUS=20000", "IN_USE_ADDRESSES=20000");

    assertThat(ended("n2-standard-2", "pd-balanced"))
        .contains("Quota 'N2_CPUS' exceeded.  Limit: 1.0");
    assertThat(ended("n4-standard-2", "hyperdisk-balanced"))
        .contains("Quota 'HDB_TOTAL_GB' exceeded");
    assertThat(ended("e2-micro", "pd-standard")).isEmpty();
  }

  private String ended(String machineType, String disk) {
    Answer answer =
        wire.post(
            "zones/us-central1-a/instances",
            """
            {"name":"q","machineType":"%s","disks":[{"boot":true,"initializeParams":{
              "diskType":"%s","sourceImage":"projects/debian-cloud/global/images/family/debian-12"}}]}
            """
                .formatted(machineType, disk));
    return wire.done(answer).at("/error/errors/0/message").asText();
  }

  @Test
  void a_policy_that_changed_meanwhile_is_not_overwritten() {
    JsonNode policy = admin("POST", "v3/projects/podium-local:getIamPolicy", "{}").body();
    assertThat(policy.at("/bindings/0/role").asText()).isEqualTo("roles/owner");
    String path = "v3/projects/podium-local:setIamPolicy";
    String change = "{\"policy\":" + policy + "}";
    assertThat(admin("POST", path, change).status()).isEqualTo(200);
    assertThat(admin("POST", path, change).status()).isEqualTo(409);
  }

  @Test
  void a_project_that_is_not_there_is_denied_as_one_that_may_not_be_seen() {
    Answer refused = admin("GET", "v3/projects/somebody-elses", "");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.message())
        .isEqualTo(
            "Permission 'resourcemanager.projects.get' denied on resource"
                + " '//cloudresourcemanager.googleapis.com/projects/somebody-elses' (or it may not exist).");
    assertThat(admin("GET", "v3/projects:search", "").body().at("/projects/0/projectId").asText())
        .isEqualTo("podium-local");
  }

  @Test
  void faults_of_the_project_are_told_as_they_were_set_and_misspelt_ones_refused() {
    fault("{\"denied\":{\"ann@example.org\":[\"compute.zones.list\"]},\"network\":\"MISSING\"}");
    JsonNode told = wire.local("GET", "faults", "").body().path("project");
    assertThat(told.at("/denied/ann@example.org/0").asText()).isEqualTo("compute.zones.list");
    assertThat(told.path("network").asText()).isEqualTo("MISSING");
    for (String wrong :
        new String[] {
          "{\"netwerk\":\"MISSING\"}",
          "{\"network\":\"GONE\"}",
          "{\"disabledApis\":[\"compute\"]}",
          "{\"orgPolicies\":{\"compute.vmExternalIpAccess\":[]}}"
        }) {
      assertThat(wire.local("PUT", "faults", "{\"project\":" + wrong + "}").status())
          .as(wrong)
          .isEqualTo(400);
    }
  }
}
