package dev.podium.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Programs.PreflightRequest;
import dev.podium.desktop.program.Shutdown;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.google.project.ProjectPreflight;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.fleet.preflight.fact.ProjectView.SignIn;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import dev.podium.wire.cloud.AccessTokens;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `podium doctor --project P` against a local cloud in which each thing in turn is not as it
/// should be: what people read, and what programs do.
@Timeout(120)
class ProjectDoctorTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RULE =
      "{\"name\":\"podium-chat\",\"network\":\"global/networks/default\",\"allowed\":[{\"IPProtocol\":\"tcp\",\"ports\":[\"8080\"]}]}";

  private final HttpClient http = HttpClient.newHttpClient();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private List<String> zones = List.of("us-central1-a");
  private String machineType = "e2-small";
  private LocalCloud cloud;

  @BeforeEach
  void start() throws Exception {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    send("POST", project("global/firewalls"), RULE);
  }

  @AfterEach
  void stop() {
    http.close();
    cloud.close();
  }

  private URI project(String path) {
    return cloud.compute().resolve("projects/" + cloud.project() + "/" + path);
  }

  private JsonNode send(String method, URI uri, String body) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private void fault(String json) throws Exception {
    send("PUT", cloud.identity().resolve("local/faults"), json);
  }

  private int run(String line) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Programs programs =
        (Programs)
            Proxy.newProxyInstance(
                ProjectDoctorTest.class.getClassLoader(),
                new Class<?>[] {Programs.class},
                (_, method, arguments) -> {
                  assertThat(method.getName()).isEqualTo("preflight");
                  return preflight((PreflightRequest) arguments[0]);
                });
    return Commands.tree(
            programs, new Shutdown(), new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(line.split(" "));
  }

  /// As the program opens it for a local cloud, with other VMs.
  private Object preflight(PreflightRequest request) {
    CloudProfile profile =
        CloudProfile.local(
            cloud.compute(), cloud.pubsub(), cloud.identity(), cloud.project(), "demo");
    ScalingPolicy usual = ScalingPolicy.defaults(Duration.ofMinutes(30));
    return ProjectPreflight.open(
        request.project().map(profile::withProject).orElse(profile),
        AccessTokens.fixed("local"),
        new SignIn("operator@example.com", "a test"),
        new ScalingPolicy(
            usual.minimum(),
            usual.maximum(),
            usual.seats(),
            usual.spare(),
            usual.idle(),
            zones,
            machineType,
            usual.image(),
            usual.provisioning(),
            usual.runLimit(),
            usual.hourlyBudget(),
            usual.totalBudget()));
  }

  /// @param fault what is wrong with the cloud
  /// @param check whose row tells it
  /// @param found a part of its sentence
  /// @param remedy a part of what is advised
  /// @param fixable whether Podium offers to do it
  record Row(
      String fault, String check, String state, String found, String remedy, boolean fixable) {}

  private static Row failing(String project, String check, String found, String remedy) {
    return new Row("{\"project\":{" + project + "}}", check, "failed", found, remedy, false);
  }

  static Stream<Row> rows() {
    return Stream.of(
        failing(
            "\"billingOff\":true",
            "billing",
            "billing is off for project 'podium-local'",
            "https://console.cloud.google.com/billing/linkedaccount?project=podium-local"),
        new Row(
            "{\"project\":{\"disabledApis\":[\"pubsub.googleapis.com\"]}}",
            "apis",
            "failed",
            "switched off: Cloud Pub/Sub",
            "gcloud services enable pubsub.googleapis.com --project=podium-local",
            true),
        new Row(
            "{\"project\":{\"disabledApis\":[\"cloudbilling.googleapis.com\"]}}",
            "apis",
            "warning",
            "asked by checks alone: Cloud Billing",
            "gcloud services enable cloudbilling.googleapis.com",
            true),
        new Row(
            "{\"project\":{\"disabledApis\":[\"cloudbilling.googleapis.com\"]}}",
            "billing",
            "unknown",
            "the Cloud Billing API is switched off in project 'podium-local' (Google's number",
            "Enable it at https://console.developers.google.com/apis/api/cloudbilling.googleapis.com",
            false),
        failing(
            "\"denied\":{\"*\":[\"compute.instances.create\",\"pubsub.topics.create\"]}",
            "rights",
            "your account has not compute.instances.create, pubsub.topics.create",
            "gcloud projects add-iam-policy-binding podium-local --member=user:operator@example.com --role=roles/pubsub.editor"),
        failing(
            "\"denied\":{\"operator@example.com\":[\"iam.serviceAccounts.actAs\"]}",
            "rights",
            "your account has not iam.serviceAccounts.actAs",
            "--member=user:operator@example.com --role=roles/iam.serviceAccountUser"),
        failing(
            "\"orgPolicies\":{\"constraints/compute.vmExternalIpAccess\":[]}",
            "policies",
            "external addresses are forbidden (constraints/compute.vmExternalIpAccess)",
            "podium profile set local --no-external-address"),
        failing(
            "\"orgPolicies\":{\"constraints/compute.requireShieldedVm\":[]}",
            "policies",
            "Shielded VMs are wanted",
            "podium profile set local --secure-boot"),
        failing(
            "\"orgPolicies\":{\"constraints/gcp.resourceLocations\":[\"in:eu-locations\"]}",
            "policies",
            "nothing may be in us-central1-a",
            "podium policy set --zones"),
        new Row(
            "{\"project\":{\"denied\":{\"*\":[\"orgpolicy.policy.get\"]}}}",
            "policies",
            "unknown",
            "your account has not the right orgpolicy.policy.get",
            "Ask an owner of project 'podium-local'",
            false),
        failing(
            "\"network\":\"MISSING\"",
            "network",
            "there is no network 'default'",
            "gcloud compute networks create default --project=podium-local"),
        failing(
            "\"defaultAccount\":\"MISSING\"",
            "service-account",
            "there is no service account",
            "gcloud iam service-accounts create podium-vm --project=podium-local"),
        failing(
            "\"defaultAccount\":\"DISABLED\"",
            "service-account",
            "is disabled",
            "gcloud iam service-accounts enable "),
        new Row(
            "{\"project\":{\"defaultAccount\":\"WITHOUT_ROLE\"}}",
            "vm-role",
            "failed",
            "has no role in this project that holds pubsub.subscriptions.consume",
            "--role=projects/podium-local/roles/podiumVm",
            true),
        new Row(
            "{\"project\":{\"denied\":{\"*\":[\"resourcemanager.projects.getIamPolicy\"]}}}",
            "vm-role",
            "unknown",
            "your account has not the right resourcemanager.projects.getIamPolicy",
            "such as roles/browser",
            false),
        new Row(
            "{\"quotas\":{\"us-central1/CPUS\":1}}",
            "quotas",
            "failed",
            "no VM fits: CPUS in us-central1: 0 of 1 used, 2 needed",
            "https://console.cloud.google.com/iam-admin/quotas?project=podium-local",
            false),
        new Row(
            "{\"quotas\":{\"IN_USE_ADDRESSES\":0}}",
            "quotas",
            "failed",
            "IN_USE_ADDRESSES in us-central1: 0 of 0 used, 1 needed",
            "Destroy VMs that nobody needs",
            false),
        new Row(
            "{\"quotas\":{\"SSD_TOTAL_GB\":5}}",
            "quotas",
            "failed",
            "SSD_TOTAL_GB in us-central1: 0 of 5 used, 10 needed",
            "ask for more",
            false),
        new Row(
            "{\"unreachableZones\":[\"us-central1-a\"]}",
            "zones",
            "unknown",
            "the cloud has trouble of its own",
            "Try again in a minute",
            false),
        new Row(
            "{\"pubsub\":{\"unavailable\":true}}",
            "pubsub",
            "failed",
            "Pub/Sub at 127.0.0.1:",
            "HTTPS_PROXY",
            false));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void what_is_wrong_is_said_with_what_helps_to_people_and_to_programs(Row row) throws Exception {
    fault(row.fault());

    int code = run("doctor --project podium-local");
    String said = out.toString();
    assertThat(said).contains(row.found(), row.remedy());
    assertThat(said.contains("podium doctor --project podium-local --fix " + row.check()))
        .isEqualTo(row.fixable());

    assertThat(run("doctor --project podium-local -o json")).isEqualTo(code);
    JsonNode answer = JSON.readTree(out.toString());
    JsonNode check = check(answer, row.check());
    assertThat(check.path("state").asText()).isEqualTo(row.state());
    assertThat(check.path("found").asText()).contains(row.found());
    assertThat(check.path("remedy").toString()).contains(row.remedy());
    assertThat(check.path("remedy").has("fix")).isEqualTo(row.fixable());
    assertThat(code).isEqualTo(answer.path("good").asBoolean() ? 0 : 1);
    if (row.state().equals("failed")) {
      assertThat(code).isEqualTo(1);
    }
  }

  private static JsonNode check(JsonNode answer, String name) {
    for (JsonNode check : answer.path("checks")) {
      if (check.path("name").asText().equals(name)) {
        return check;
      }
    }
    throw new AssertionError("There is no check " + name + " in " + answer);
  }

  @Test
  void where_all_is_well_every_check_is_ok_and_a_message_leaves_nothing_behind() throws Exception {
    assertThat(run("doctor --project podium-local --try -o json")).isZero();

    JsonNode answer = JSON.readTree(out.toString());
    assertThat(answer.path("checks")).hasSize(16);
    answer
        .path("checks")
        .forEach(
            check -> assertThat(check.path("state").asText()).as(check.toString()).isEqualTo("ok"));
    assertThat(answer.path("costPerHour").asDouble(-1)).isZero();
    URI pubsub = URI.create("http://" + cloud.pubsub() + "/v1/projects/" + cloud.project() + "/");
    assertThat(send("GET", pubsub.resolve("topics"), "").has("topics")).isFalse();
    assertThat(send("GET", pubsub.resolve("subscriptions"), "").has("subscriptions")).isFalse();

    assertThat(run("doctor --project podium-local")).isZero();
    assertThat(out.toString())
        .contains("ok  Signed in", "Nothing that was seen stands in the way of a fleet")
        .contains("A VM costs nothing here.");
  }

  @Test
  void a_fleets_topic_that_one_may_not_use_is_told_by_its_name() throws Exception {
    URI topic =
        URI.create(
            "http://" + cloud.pubsub() + "/v1/projects/podium-local/topics/podium-demo-pulse");
    send("PUT", topic, "{}");
    assertThat(run("doctor --project podium-local")).isZero();

    fault("{\"project\":{\"denied\":{\"*\":[\"pubsub.topics.publish\"]}}}");
    assertThat(run("doctor --project podium-local -o json")).isEqualTo(1);
    JsonNode pubsub = check(JSON.readTree(out.toString()), "pubsub");
    assertThat(pubsub.path("state").asText()).isEqualTo("failed");
    assertThat(pubsub.path("found").asText())
        .isEqualTo(
            "Topic 'podium-demo-pulse' cannot be used: your account has not pubsub.topics.publish on it");
    assertThat(pubsub.at("/remedy/text").asText()).contains("roles/pubsub.editor");
  }

  @Test
  void a_project_that_is_not_there_has_failed() throws Exception {
    assertThat(run("doctor --project somebody-elses -o json")).isEqualTo(1);

    JsonNode project = check(JSON.readTree(out.toString()), "project");
    assertThat(project.path("state").asText()).isEqualTo("failed");
    assertThat(project.path("found").asText()).contains("none of that id, or you may not see it");
  }

  @Test
  void without_a_rule_for_the_chat_the_firewall_fails_until_podium_makes_one() throws Exception {
    send("DELETE", project("global/firewalls/podium-chat"), "");
    assertThat(run("doctor --project podium-local")).isEqualTo(1);
    assertThat(out.toString())
        .contains("!!  Firewall", "no rule lets tcp:8080 in from anywhere")
        .contains(
            "gcloud compute firewall-rules create podium-chat --project=podium-local"
                + " --network=default --allow=tcp:8080");

    assertThat(run("doctor --project podium-local --fix firewall")).isZero();
    assertThat(out.toString()).contains("rule 'podium-chat' lets tcp:8080 in");
    assertThat(send("GET", project("global/firewalls/podium-chat"), "").path("allowed")).hasSize(1);
  }

  @Test
  void the_vms_role_is_given_where_somebody_asks_for_it() throws Exception {
    fault("{\"project\":{\"defaultAccount\":\"WITHOUT_ROLE\"}}");
    assertThat(run("doctor --project podium-local")).isEqualTo(1);

    assertThat(run("doctor --project podium-local --fix vm-role")).isZero();
    assertThat(out.toString()).contains("may use Pub/Sub as a VM must");
  }

  @Test
  void apis_are_switched_on_where_somebody_asks_for_it() throws Exception {
    fault("{\"project\":{\"disabledApis\":[\"pubsub.googleapis.com\"]}}");
    assertThat(run("doctor --project podium-local --fix apis --try")).isZero();
    assertThat(out.toString()).contains("a message went through a temporary topic and back in");
  }

  @Test
  void a_fix_that_is_refused_says_whose_right_is_missing() throws Exception {
    send("DELETE", project("global/firewalls/podium-chat"), "");
    fault("{\"project\":{\"denied\":{\"*\":[\"compute.firewalls.create\"]}}}");

    assertThat(run("doctor --project podium-local --fix firewall")).isEqualTo(1);
    assertThat(err.toString()).contains("compute.firewalls.create").hasLineCount(1);
    assertThat(run("doctor --project podium-local --fix clock")).isEqualTo(1);
    assertThat(err.toString()).contains("'clock' cannot be fixed", "apis, firewall, vm-role");
    assertThat(run("doctor --project podium-local --fix everything")).isEqualTo(2);
  }

  @Test
  void machines_and_places_that_do_not_go_together_are_found() throws Exception {
    machineType = "t2a-standard-1";
    assertThat(run("doctor --project podium-local")).isEqualTo(1);
    assertThat(out.toString())
        .contains("'podium-agent-v1' is for X86_64 machines and t2a-standard-1 is of ARM64");

    zones = List.of("us-central1-a", "us-east1-b");
    run("doctor --project podium-local");
    assertThat(out.toString()).contains("!   Zones", "us-east1-b offers no t2a-standard-1");
    zones = List.of("us-east1-z");
    run("doctor --project podium-local");
    assertThat(out.toString()).contains("!!  Zones", "us-east1-z is not there, or is down");
  }

  @Test
  void without_an_image_the_lines_that_make_one_are_told() throws Exception {
    send("DELETE", project("global/images/podium-agent-v1"), "");
    assertThat(run("doctor --project podium-local")).isEqualTo(1);
    assertThat(out.toString())
        .contains("there is no image global/images/family/podium-agent")
        .contains("podium image publish podium-vm-VERSION-amd64.tar.gz --project podium-local")
        .contains("podium image bake --project podium-local");
  }

  @Test
  void an_image_tells_the_agents_version_and_that_it_is_retired() throws Exception {
    send(
        "POST",
        project("global/images"),
        """
        {"name":"podium-agent-9","family":"podium-agent","labels":{"podium-version":"9_1_0"},
         "sourceImage":"global/images/podium-agent-v1"}
        """);
    await()
        .until(() ->
            run("doctor --project podium-local") == 0
                && out.toString().contains("'podium-agent-9'"));
    assertThat(out.toString()).contains("'podium-agent-9' with agent 9.1.0, made 2");
  }
}
