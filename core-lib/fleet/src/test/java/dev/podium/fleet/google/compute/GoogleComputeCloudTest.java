package dev.podium.fleet.google.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.gax.httpjson.HttpJsonStatusCode;
import com.google.api.gax.rpc.ApiExceptionFactory;
import com.google.api.gax.rpc.StatusCode;
import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.VmList;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.MachineSettings;
import dev.podium.fleet.google.compute.failure.ComputeErrors;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmSpec;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.model.offer.VmResources;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.google.RetryPolicy;
import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The adapter against answers that a healthy cloud does not give.
@Timeout(30)
class GoogleComputeCloudTest {
  private static final String PROJECT = "/compute/v1/projects/podium-test";
  private static final String ZONE = PROJECT + "/zones/us-central1-a";
  private static final String INSERT = "POST " + ZONE + "/instances";
  private static final String INSTANCE = ZONE + "/instances/a-1";
  private static final String POLL = "GET " + ZONE + "/operations/op-1";
  private static final String RUNNING = "{'name':'op-1','status':'RUNNING'}";
  private static final String DONE = "{'name':'op-1','status':'DONE','progress':100}";
  private static final VmName NAME = new VmName("a-1");

  private ScriptedServer server;
  private ComputeCloud cloud;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer();
    cloud = cloudAt(server.base());
  }

  @AfterEach
  void stop() {
    cloud.close();
    server.close();
  }

  static ComputeCloud cloudAt(String endpoint) {
    return cloudAt(endpoint, MachineSettings.usual());
  }

  static ComputeCloud cloudAt(String endpoint, MachineSettings machines) {
    CloudProfile profile =
        new CloudProfile(
                "test",
                false,
                "podium-test",
                "demo",
                Optional.of(endpoint),
                Optional.of("127.0.0.1:1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())
            .with(machines);
    return new GoogleComputeCloud(
        profile,
        AccessTokens.fixed("token-1"),
        new RetryPolicy(Duration.ofMillis(5), 4, Duration.ofSeconds(5)));
  }

  @Test
  void a_vm_is_asked_for_with_its_disk_image_scheduling_and_narrow_rights() throws Exception {
    server.answers(INSERT, 200, RUNNING).answers(POLL, 200, RUNNING).answers(POLL, 200, DONE);
    UUID requestId = UUID.randomUUID();

    var started = cloud.create(spec(true), requestId);
    started.done().get(10, TimeUnit.SECONDS);

    assertThat(started.operation()).isEqualTo("op-1");
    var request = server.asked(INSERT).getFirst();
    assertThat(request.query()).contains("requestId=" + requestId);
    assertThat(request.authorization()).isEqualTo("Bearer token-1");
    JsonNode body = new ObjectMapper().readTree(request.body());
    assertThat(body.at("/machineType").asText())
        .isEqualTo("zones/us-central1-a/machineTypes/e2-small");
    assertThat(body.at("/disks/0/initializeParams/sourceImage").asText())
        .isEqualTo("global/images/family/podium-agent");
    assertThat(body.at("/disks/0/initializeParams/diskSizeGb").asText()).isEqualTo("10");
    assertThat(body.at("/disks/0/initializeParams/diskType").asText())
        .isEqualTo("zones/us-central1-a/diskTypes/pd-balanced");
    assertThat(body.at("/disks/0/autoDelete").asBoolean()).isTrue();
    assertThat(body.at("/networkInterfaces/0/accessConfigs/0/type").asText())
        .isEqualTo("ONE_TO_ONE_NAT");
    assertThat(body.at("/scheduling/maxRunDuration/seconds").asText()).isEqualTo("3600");
    assertThat(body.at("/scheduling/instanceTerminationAction").asText()).isEqualTo("DELETE");
    assertThat(body.at("/scheduling/provisioningModel").asText()).isEqualTo("SPOT");
    assertThat(body.at("/labels/podium-fleet").asText()).isEqualTo("demo");
    assertThat(body.at("/serviceAccounts/0/scopes").toString())
        .isEqualTo(
            "[\"https://www.googleapis.com/auth/pubsub\",\"https://www.googleapis.com/auth/logging.write\"]");
  }

  @Test
  void a_company_has_its_vms_in_its_own_subnet_without_an_external_address() throws Exception {
    server.answers(INSERT, 200, DONE);
    MachineSettings company =
        new MachineSettings(
            Optional.empty(),
            Optional.of("projects/host-1/regions/us-central1/subnetworks/class"),
            false,
            Optional.of("podium-vm@podium-test.iam.gserviceaccount.com"),
            List.of("https://www.googleapis.com/auth/cloud-platform"),
            List.of("podium", "school"),
            true);

    try (ComputeCloud companys = cloudAt(server.base(), company)) {
      companys.create(spec(false), UUID.randomUUID()).done().get(10, TimeUnit.SECONDS);
    }

    JsonNode body = new ObjectMapper().readTree(server.asked(INSERT).getFirst().body());
    JsonNode network = body.at("/networkInterfaces/0");
    assertThat(network.has("network")).isFalse();
    assertThat(network.path("subnetwork").asText())
        .isEqualTo("projects/host-1/regions/us-central1/subnetworks/class");
    assertThat(network.path("accessConfigs")).isEmpty();
    assertThat(body.at("/serviceAccounts/0/email").asText())
        .isEqualTo("podium-vm@podium-test.iam.gserviceaccount.com");
    assertThat(body.at("/serviceAccounts/0/scopes/0").asText()).endsWith("/cloud-platform");
    assertThat(body.at("/tags/items").toString()).isEqualTo("[\"podium\",\"school\"]");
    assertThat(body.at("/shieldedInstanceConfig/enableSecureBoot").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "{} | -",
        "{'networkInterfaces':[{'networkIP':'10.0.0.2'}]} | 10.0.0.2",
        "{'networkInterfaces':[{'networkIP':'10.0.0.2','accessConfigs':[{}]}]} | -",
        "{'networkInterfaces':[{'networkIP':'10.0.0.2','accessConfigs':[{'natIP':'34.1.2.3'}]}]} | 34.1.2.3"
      },
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "-")
  void a_vm_is_reached_by_its_external_address_and_by_the_internal_one_if_it_shall_have_no_other(
      String interfaces, String address) {
    server.answers(
        "GET " + INSTANCE,
        200,
        interfaces
            .replaceFirst("\\{", "{'id':'7','name':'a-1','status':'RUNNING',")
            .replace(",}", "}"));

    assertThat(cloud.get("us-central1-a", NAME).orElseThrow().address())
        .isEqualTo(Optional.ofNullable(address));
  }

  @ParameterizedTest
  @CsvSource({
    "'', PT1H",
    "2026-11-22T03:00:09.731-07:00, PT1H",
    "2026-11-22T05:00:00.000-07:00, PT3H"
  })
  void a_vm_that_was_started_anew_has_its_whole_lifetime_again(String started, Duration limit) {
    server.answers(
        "GET " + INSTANCE,
        200,
        "{'id':'7','name':'a-1','status':'RUNNING','creationTimestamp':'2026-11-22T03:00:00.000-07:00',"
            + "'lastStartTimestamp':'"
            + started
            + "','scheduling':{'maxRunDuration':{'seconds':'3600'}}}");

    assertThat(cloud.get("us-central1-a", NAME).orElseThrow().runLimit()).contains(limit);
  }

  @Test
  void a_creation_whose_answer_was_lost_is_repeated_under_the_same_request_id() throws Exception {
    server
        .drops(INSERT)
        .answers(INSERT, 503, "{'error':{'code':503,'errors':[{'reason':'backendError'}]}}")
        .answers(INSERT, 200, DONE);
    UUID requestId = UUID.randomUUID();

    cloud.create(spec(false), requestId).done().get(10, TimeUnit.SECONDS);

    assertThat(server.asked(INSERT)).hasSize(3);
    assertThat(server.asked(INSERT))
        .allSatisfy(request -> assertThat(request.query()).contains("requestId=" + requestId));
  }

  @Test
  void a_poll_that_fails_does_not_end_the_wait() throws Exception {
    server
        .answers(INSERT, 200, RUNNING)
        .answers(POLL, 429, "{'error':{'code':429,'message':'slow down'}}")
        .answers(POLL, 404, "{'error':{'code':404,'message':'not yet'}}")
        .drops(POLL)
        .answers(POLL, 403, "{'error':{'code':403,'errors':[{'reason':'rateLimitExceeded'}]}}")
        .answers(POLL, 200, DONE);

    cloud.create(spec(false), UUID.randomUUID()).done().get(20, TimeUnit.SECONDS);

    assertThat(server.asked(POLL)).hasSizeGreaterThanOrEqualTo(5);
  }

  @Test
  void a_poll_that_is_refused_for_a_while_does_not_end_the_wait() throws Exception {
    server
        .answers(INSERT, 200, RUNNING)
        .answers(POLL, 401, refusal(401, "authError", "Invalid Credentials"))
        .answers(POLL, 403, refusal(403, "forbidden", "Required permission"))
        .answers(POLL, 401, refusal(401, "authError", "Invalid Credentials"))
        .answers(POLL, 403, refusal(403, "forbidden", "Required permission"))
        .answers(POLL, 401, refusal(401, "authError", "Invalid Credentials"))
        .answers(POLL, 200, DONE);

    cloud.create(spec(false), UUID.randomUUID()).done().get(20, TimeUnit.SECONDS);

    assertThat(server.asked(POLL)).hasSizeGreaterThanOrEqualTo(6);
  }

  @Test
  void an_operation_that_may_never_be_read_is_judged_by_what_it_did() throws Exception {
    server
        .answers(INSERT, 200, RUNNING)
        .answers(POLL, 403, refusal(403, "forbidden", "Required permission"))
        .answers("GET " + INSTANCE, 403, refusal(403, "forbidden", "Required permission"))
        .answers("GET " + INSTANCE, 404, refusal(404, "notFound", "not yet"))
        .answers("GET " + INSTANCE, 200, "{'id':'7','name':'a-1','status':'RUNNING'}");

    cloud.create(spec(false), UUID.randomUUID()).done().get(20, TimeUnit.SECONDS);

    assertThat(server.asked("GET " + INSTANCE)).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "RESOURCE_OPERATION_RATE_EXCEEDED, rate_limited",
    "RATE_LIMIT_EXCEEDED, rate_limited",
    "RESOURCE_NOT_READY, unavailable",
    "INTERNAL_ERROR, unavailable",
    "NEW_WORD, cloud_failed"
  })
  void an_operation_that_failed_for_the_moment_may_be_tried_again(String error, String code) {
    server.answers(
        INSERT,
        200,
        "{'name':'op-1','status':'DONE','error':{'errors':[{'code':'%s','message':'Too often.'}]}}"
            .formatted(error));

    assertThat(failure(cloud.create(spec(false), UUID.randomUUID()).done()))
        .hasMessageContaining("Too often")
        .extracting("code")
        .isEqualTo(code);
  }

  @Test
  void a_stock_out_names_the_zone_and_where_there_is_room() {
    server.answers(
        INSERT,
        200,
        """
        {'name':'op-1','status':'DONE','httpErrorStatusCode':503,'httpErrorMessage':'SERVICE UNAVAILABLE',
        'error':{'errors':[{'code':'ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS','message':'The zone us-central1-a does not have enough resources available to fulfill the request.  Try a different zone, or try again later.',
        'errorDetails':[{'errorInfo':{'reason':'stockout','domain':'compute.googleapis.com','metadatas':{'zonesAvailable':'us-central1-b,us-central1-f'}}}]}]}}
        """);

    assertThat(failure(cloud.create(spec(false), UUID.randomUUID()).done()))
        .isInstanceOf(PodiumException.NoCapacity.class)
        .hasMessageContaining("VM 'a-1' was not created in us-central1-a")
        .hasMessageContaining("us-central1-b, us-central1-f");
  }

  @Test
  void an_operation_that_failed_without_a_status_is_no_success_and_the_quotas_use_is_told() {
    server
        .answers(
            INSERT,
            200,
            """
            {'name':'op-1','status':'DONE','error':{'errors':[{'code':'QUOTA_EXCEEDED','message':'Quota CPUS exceeded.  Limit: 8.0 in region us-central1.',
            'errorDetails':[{'quotaInfo':{'metricName':'compute.googleapis.com/cpus','limitName':'CPUS-per-project-region','dimensions':{'region':'us-central1'},'limit':8.0}}]}]}}
            """)
        .answers(
            "GET " + PROJECT + "/regions/us-central1",
            200,
            "{'name':'us-central1','quotas':[{'metric':'CPUS','limit':8.0,'usage':7.0}]}")
        .answers("GET " + ZONE + "/machineTypes/e2-small", 200, "{'guestCpus':2}");

    assertThat(failure(cloud.create(spec(false), UUID.randomUUID()).done()))
        .isInstanceOf(PodiumException.QuotaExceeded.class)
        .hasMessageContaining("Limit: 8.0 in region us-central1 (7 of 8 used, 2 more needed)");
  }

  @Test
  void an_operation_that_the_cloud_forgot_is_judged_by_what_it_did() throws Exception {
    server
        .answers(INSERT, 200, RUNNING)
        .answers("GET " + INSTANCE, 200, "{'id':'7','name':'a-1','status':'RUNNING'}")
        .answers("DELETE " + INSTANCE, 200, RUNNING);

    cloud.create(spec(false), UUID.randomUUID()).done().get(20, TimeUnit.SECONDS);
    assertThat(failure(cloud.delete("us-central1-a", NAME, UUID.randomUUID()).done()))
        .isInstanceOf(PodiumException.CloudFailed.class)
        .hasMessageContaining("op-1");
  }

  @Test
  void a_missing_right_an_api_that_is_off_and_a_missing_image_are_named() {
    server
        .answers(
            INSERT,
            403,
            refusal(
                403,
                "forbidden",
                "Required `compute.instances.create` permission for `projects/podium-test`"))
        .answers(
            INSERT,
            403,
            refusal(
                403, "accessNotConfigured", "Compute Engine API has not been used in project 1"))
        .answers(
            INSERT,
            404,
            refusal(
                404,
                "notFound",
                "The resource `projects/podium-test/global/images/family/podium-agent` was not found"));

    assertThatThrownBy(() -> cloud.create(spec(false), UUID.randomUUID()))
        .isInstanceOf(PodiumException.NotPermitted.class)
        .hasMessageContaining("your account has not the right compute.instances.create");
    assertThatThrownBy(() -> cloud.create(spec(false), UUID.randomUUID()))
        .isInstanceOf(PodiumException.NotPermitted.class)
        .hasMessageContaining("the Compute Engine API is switched off in project 'podium-test'")
        .extracting("remedy", InstanceOfAssertFactories.STRING)
        .contains("apis/library/compute.googleapis.com?project=podium-test");
    assertThatThrownBy(() -> cloud.create(spec(false), UUID.randomUUID()))
        .isInstanceOf(PodiumException.NotFound.class)
        .hasMessageContaining("no image 'podium-agent' in project 'podium-test'");
  }

  @Test
  void a_taken_name_a_rate_limit_and_an_ended_sign_in_are_told_apart() {
    server
        .answers(INSERT, 409, refusal(409, "alreadyExists", "The resource `x` already exists"))
        .answers(INSERT, 403, refusal(403, "rateLimitExceeded", "Quota exceeded for quota metric"));

    assertThatThrownBy(() -> cloud.create(spec(false), UUID.randomUUID()))
        .isInstanceOf(PodiumException.AlreadyExists.class);
    assertThatThrownBy(() -> cloud.create(spec(false), UUID.randomUUID()))
        .isInstanceOf(PodiumException.RateLimited.class);
    assertThat(server.asked(INSERT)).hasSize(5);

    server.answers("GET " + INSTANCE, 401, refusal(401, "authError", "Invalid Credentials"));
    assertThatThrownBy(() -> cloud.get("us-central1-a", NAME))
        .isInstanceOf(PodiumException.NotSignedIn.class);
  }

  @Test
  void the_fleet_is_read_page_by_page_in_one_filtered_list_over_all_zones() {
    String line = "GET " + PROJECT + "/aggregated/instances";
    server
        .answers(
            line,
            200,
            "{'items':{'zones/us-central1-a':{'instances':["
                + INSTANCE_JSON
                + "]},'zones/b':{'warning':{'code':'NO_RESULTS_ON_PAGE'}}},'nextPageToken':'p2'}")
        .answers(line, 200, "{'items':{},'nextPageToken':'p3'}")
        .answers(
            line,
            200,
            "{'items':{'zones/us-central1-b':{'instances':[{'id':'18446744073709551615','name':'a-2','status':'NEW_WORD','zone':'x/zones/us-central1-b','networkInterfaces':[{'networkIP':'10.0.0.2'}]}]}}}");

    List<Vm> vms = cloud.list("demo").vms();

    assertThat(vms).hasSize(2);
    assertThat(vms.getFirst())
        .isEqualTo(
            new Vm(
                "7",
                NAME,
                "us-central1-a",
                "e2-small",
                "podium-agent",
                VmState.RUNNING,
                Instant.parse("2026-11-22T11:00:00Z"),
                Map.of("podium-fleet", "demo"),
                "abc=",
                Optional.of("34.0.0.1"),
                40001,
                50,
                false,
                true,
                Optional.of(Duration.ofHours(1)),
                new VmResources("p", "vms@p.example", true, "pd-ssd", 20)));
    assertThat(vms.getFirst().chatUrl()).contains(URI.create("http://34.0.0.1:40001/"));
    assertThat(vms.getLast().id()).isEqualTo("18446744073709551615");
    assertThat(vms.getLast().state()).isEqualTo(VmState.UNKNOWN);
    assertThat(vms.getLast().address()).contains("10.0.0.2");
    assertThat(server.asked(line)).hasSize(3);
    assertThat(server.asked(line).getFirst().query()).contains("labels.podium-fleet = demo");
    assertThat(server.asked(line).getLast().query()).contains("pageToken=p3");
  }

  @Test
  void a_list_in_which_a_zone_is_missing_is_a_list_that_names_the_zone() {
    String line = "GET " + PROJECT + "/aggregated/instances";
    server.answers(
        line,
        200,
        "{'items':{'zones/us-central1-b':{'warning':{'code':'UNREACHABLE','message':'m'}},"
            + "'zones/us-central1-a':{'instances':["
            + INSTANCE_JSON
            + "]}}}");

    VmList list = cloud.list("demo");
    assertThat(list.vms()).hasSize(1);
    assertThat(list.unreached()).containsExactly("us-central1-b");
    assertThat(server.asked(line).getFirst().query()).contains("returnPartialSuccess=true");
  }

  @Test
  void labels_that_somebody_else_changed_first_are_a_conflict() {
    server
        .answers(
            "POST " + INSTANCE + "/setLabels",
            412,
            refusal(412, "conditionNotMet", "Labels fingerprint either invalid"))
        .answers("GET " + INSTANCE, 200, INSTANCE_JSON);
    Vm vm = cloud.get("us-central1-a", NAME).orElseThrow();

    assertThatThrownBy(() -> cloud.setLabels(vm, Map.of("podium-fleet", "demo")))
        .isInstanceOf(PodiumException.Conflict.class);
    assertThat(server.asked("POST " + INSTANCE + "/setLabels").getFirst().body())
        .contains("\"abc=\"");
  }

  @Test
  void metadata_keep_their_other_items_and_a_lost_race_is_run_again() throws Exception {
    String line = "POST " + INSTANCE + "/setMetadata";
    server
        .answers("GET " + INSTANCE, 200, INSTANCE_JSON)
        .answers("GET " + INSTANCE, 200, INSTANCE_JSON.replace("'m1='", "'m2='"))
        .answers(line, 412, refusal(412, "conditionNotMet", "Supplied fingerprint does not match"))
        .answers(line, 200, DONE);

    cloud.editMetadata("us-central1-a", NAME, "podium-invite-keys", _ -> "{}");

    JsonNode body = new ObjectMapper().readTree(server.asked(line).getLast().body());
    assertThat(body.at("/fingerprint").asText()).isEqualTo("m2=");
    assertThat(body.at("/items").toString())
        .contains("podium-port", "podium-image", "podium-invite-keys");
  }

  @Test
  void machine_types_come_smallest_first_with_estimated_prices() {
    server.answers(
        "GET " + ZONE + "/machineTypes",
        200,
        "{'items':[{'name':'e2-standard-2','guestCpus':2,'memoryMb':8192},{'name':'x9-mega','guestCpus':9,'memoryMb':1},{'name':'e2-small','guestCpus':2,'memoryMb':2048},{'name':'old','deprecated':{'state':'DEPRECATED'}}]}");

    var types = cloud.machineTypes("us-central1-a");

    assertThat(types).extracting("name").containsExactly("e2-small", "e2-standard-2", "x9-mega");
    assertThat(types.get(1).costPerHour()).isBetween(0.066, 0.068);
    assertThat(types).extracting("priceKnown").containsExactly(true, true, false);
  }

  @Test
  void a_cloud_that_refuses_connections_is_said_to_be_silent_and_by_which_address() {
    String gone = server.base();
    server.close();

    assertThatThrownBy(() -> cloud.zones())
        .isInstanceOf(PodiumException.Unavailable.class)
        .hasMessageContaining("Compute Engine at " + gone + " refused the connection");
  }

  @Test
  void a_deadline_of_the_client_is_tried_again_and_names_no_class() {
    ErrorContext context = new ErrorContext("The zones cannot be listed", "p", "https://c");
    Throwable deadline =
        ApiExceptionFactory.createException(
            new IllegalStateException("Deadline exceeded"),
            HttpJsonStatusCode.of(StatusCode.Code.DEADLINE_EXCEEDED),
            true);
    assertThat(ComputeErrors.translate(context, deadline))
        .isInstanceOf(PodiumException.Unavailable.class)
        .hasMessageContaining("did not answer in time");
    assertThat(ComputeErrors.translate(context, new IllegalStateException("odd")))
        .hasMessageContaining("(odd)")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void closing_ends_every_wait_at_once() throws Exception {
    server
        .hangs("GET " + PROJECT + "/zones")
        .answers(INSERT, 200, RUNNING)
        .answers(POLL, 200, RUNNING);
    CompletableFuture<?> hanging = CompletableFuture.supplyAsync(() -> cloud.zones());
    CompletableFuture<Void> following = cloud.create(spec(false), UUID.randomUUID()).done();
    org.awaitility.Awaitility.await()
        .until(() -> !server.asked("GET " + PROJECT + "/zones").isEmpty());
    long start = System.nanoTime();

    cloud.close();

    assertThat(failure(hanging)).isInstanceOf(PodiumException.Unavailable.class);
    assertThat(failure(following)).isInstanceOf(PodiumException.Unavailable.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  private static final String INSTANCE_JSON =
      "{'id':'7','name':'a-1','zone':'https://www.googleapis.com/compute/v1/projects/p/zones/us-central1-a',"
          + "'machineType':'https://x/machineTypes/e2-small','status':'RUNNING','creationTimestamp':'2026-11-22T03:00:00.000-08:00',"
          + "'labels':{'podium-fleet':'demo'},'labelFingerprint':'abc=','metadata':{'fingerprint':'m1=','items':[{'key':'podium-port','value':'40001'},{'key':'podium-image','value':'podium-agent'},{'key':'podium-disk-type','value':'pd-ssd'}]},"
          + "'serviceAccounts':[{'email':'vms@p.example'}],'disks':[{'boot':true,'diskSizeGb':'20'},{'diskSizeGb':'500'}],"
          + "'networkInterfaces':[{'networkIP':'10.0.0.1','accessConfigs':[{'natIP':'34.0.0.1'}]}],"
          + "'scheduling':{'provisioningModel':'SPOT','maxRunDuration':{'seconds':'3600'}},'newMember':{'x':1}}";

  /// The error envelope; backticks in the message become the single quotes of Google's texts.
  private static String refusal(int code, String reason, String message) {
    return "{'error':{'code':%d,'message':'%s','errors':[{'message':'m','domain':'global','reason':'%s'}]}}"
        .formatted(code, message.replace("`", "\\u0027"), reason);
  }

  private static Throwable failure(CompletableFuture<?> future) {
    try {
      future.get(20, TimeUnit.SECONDS);
      throw new AssertionError("it did not fail");
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    } catch (Exception e) {
      throw new AssertionError("it did not end", e);
    }
  }

  private static VmSpec spec(boolean spot) {
    return new VmSpec(
        NAME,
        "us-central1-a",
        "e2-small",
        "global/images/family/podium-agent",
        "pd-balanced",
        10,
        spot,
        Duration.ofHours(1),
        Map.of("podium-fleet", "demo"),
        Map.of("podium-fleet", "demo"));
  }
}
