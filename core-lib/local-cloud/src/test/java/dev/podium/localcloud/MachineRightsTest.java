package dev.podium.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auth.oauth2.TokenVerifier;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.Topic;
import dev.podium.localcloud.state.token.MachineRole;
import dev.podium.testing.PersonToken;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What a machine may do with its service account's token, and what its identity token proves,
/// where tokens are required.
@DisabledOnOs(OS.WINDOWS)
class MachineRightsTest {
  private static final String DENIED = "User not authorized to perform this action.";
  private static final String ACCOUNT =
      "\"serviceAccounts\":[{\"email\":\"default\","
          + "\"scopes\":[\"https://www.googleapis.com/auth/cloud-platform\"]}],";

  private static LocalCloud cloud;
  private static String person;
  private static String one;
  private static String other;
  private static String nobody;
  private static String machine;

  @BeforeAll
  static void start() throws Exception {
    cloud =
        LocalCloud.start(
            LocalCloudOptions.defaults()
                .withRequireAuth(true)
                .withAgentCommand(List.of("sh", "-c", "echo at $GCE_METADATA_HOST; exec cat")));
    person = PersonToken.of(cloud.identity());
    one = metadataOf("one", ACCOUNT);
    other = metadataOf("other", ACCOUNT);
    nobody = metadataOf("nobody", "");
    machine =
        Wire.JSON
            .readTree(metadata(one, "service-accounts/default/token").body())
            .path("access_token")
            .asText();
    assertThat(pubsub(person, "PUT", "topics/chat", "{}").status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  /// Creates a machine.
  ///
  /// @return where its metadata server is
  private static String metadataOf(String name, String members) {
    String zone = "zones/us-central1-a/instances";
    Wire.Answer made = compute(person, "POST", zone, Wire.instance(name, members));
    assertThat(made.status()).as(made.toString()).isEqualTo(200);
    Pattern address = Pattern.compile("at (127\\.0\\.0\\.1:[0-9]+)");
    String serial = zone + "/" + name + "/serialPort";
    await()
        .until(() ->
            address
                .matcher(compute(person, "GET", serial, "").body().path("contents").asText())
                .find());
    Matcher found =
        address.matcher(compute(person, "GET", serial, "").body().path("contents").asText());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private static HttpResponse<String> metadata(String host, String path) {
    return Wire.text(
        HttpRequest.newBuilder(
                URI.create("http://" + host + "/computeMetadata/v1/instance/" + path))
            .header("Metadata-Flavor", "Google")
            .build());
  }

  private static Wire.Answer compute(String token, String method, String path, String body) {
    return new Wire(cloud).send(method, path, body, "Authorization", "Bearer " + token);
  }

  private static Wire.Answer pubsub(String token, String method, String path, String body) {
    URI uri =
        URI.create("http://" + cloud.pubsub() + "/v1/projects/" + cloud.project() + "/" + path);
    return Wire.send(
        method, uri, body, "Authorization", "Bearer " + token, "Content-Type", "application/json");
  }

  @Test
  void a_machine_publishes_and_makes_reads_and_deletes_its_subscription() {
    String topic = "{\"topic\":\"projects/" + cloud.project() + "/topics/chat\"}";
    assertThat(pubsub(machine, "GET", "topics/chat", "").status()).isEqualTo(200);
    assertThat(pubsub(machine, "PUT", "subscriptions/own", topic).status()).isEqualTo(200);
    assertThat(
            pubsub(machine, "POST", "topics/chat:publish", "{\"messages\":[{\"data\":\"aGk=\"}]}")
                .status())
        .isEqualTo(200);
    Wire.Answer pulled = pubsub(machine, "POST", "subscriptions/own:pull", "{\"maxMessages\":1}");
    assertThat(pulled.body().at("/receivedMessages/0/message/data").asText()).isEqualTo("aGk=");
    String seek = "{\"time\":\"2030-01-01T00:00:00Z\"}";
    assertThat(pubsub(machine, "POST", "subscriptions/own:seek", seek).status()).isEqualTo(200);
    assertThat(pubsub(machine, "DELETE", "subscriptions/own", "").status()).isEqualTo(200);
    assertThat(pubsub(machine, "GET", "topics/none", "").status()).isEqualTo(404);
  }

  @Test
  void a_machine_whose_account_lacks_the_role_does_nothing_on_pubsub() throws Exception {
    String email = metadata(other, "service-accounts/default/email").body();
    String token =
        Wire.JSON
            .readTree(metadata(other, "service-accounts/default/token").body())
            .path("access_token")
            .asText();
    Wire wire = new Wire(cloud);
    try {
      wire.local("PUT", "faults", "{\"accountsWithoutRole\":[\"" + email + "\"]}");
      Wire.Answer refused = pubsub(token, "GET", "topics/chat", "");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.message()).isEqualTo(DENIED);
      assertThat(pubsub(person, "GET", "topics/chat", "").status()).isEqualTo(200);
    } finally {
      wire.local("DELETE", "faults", "");
    }
    assertThat(pubsub(token, "GET", "topics/chat", "").status()).isEqualTo(200);
  }

  @Test
  void a_machine_does_nothing_else_on_pubsub() {
    String topic = "{\"topic\":\"projects/" + cloud.project() + "/topics/chat\"}";
    assertThat(pubsub(person, "PUT", "subscriptions/kept", topic).status()).isEqualTo(200);
    String kept = "{\"subscription\":\"projects/" + cloud.project() + "/subscriptions/kept\"}";
    assertThat(pubsub(person, "PUT", "snapshots/kept", kept).status()).isEqualTo(200);
    String snapshot = "{\"snapshot\":\"projects/" + cloud.project() + "/snapshots/kept\"}";
    Stream.of(
            List.of("PUT", "topics/mine", "{}"),
            List.of("DELETE", "topics/chat", ""),
            List.of(
                "PATCH",
                "topics/chat",
                "{\"topic\":{},\"updateMask\":\"messageRetentionDuration\"}"),
            List.of("GET", "topics", ""),
            List.of("GET", "topics/chat/subscriptions", ""),
            List.of("GET", "topics/chat/snapshots", ""),
            List.of("GET", "subscriptions", ""),
            List.of("GET", "subscriptions/kept", ""),
            List.of(
                "PATCH",
                "subscriptions/kept",
                "{\"subscription\":{},\"updateMask\":\"ackDeadlineSeconds\"}"),
            List.of("POST", "subscriptions/kept:detach", ""),
            List.of("POST", "subscriptions/kept:modifyPushConfig", "{}"),
            List.of("POST", "subscriptions/kept:seek", snapshot),
            List.of("PUT", "snapshots/mine", kept),
            List.of("GET", "snapshots", ""),
            List.of("DELETE", "snapshots/kept", ""))
        .forEach(call -> {
          Wire.Answer answer = pubsub(machine, call.get(0), call.get(1), call.get(2));
          assertThat(answer.status()).as(call + " " + answer).isEqualTo(403);
          assertThat(answer.message()).as(call.toString()).isEqualTo(DENIED);
          assertThat(answer.body().at("/error/status").asText()).isEqualTo("PERMISSION_DENIED");
        });
    assertThat(pubsub(person, "GET", "topics/chat", "").status()).isEqualTo(200);
    assertThat(pubsub(person, "DELETE", "snapshots/kept", "").status()).isEqualTo(200);
  }

  @Test
  void grpc_refuses_a_machine_in_the_same_words() {
    ManagedChannel channel = ManagedChannelBuilder.forTarget(cloud.pubsub()).usePlaintext().build();
    try {
      var publisher = PublisherGrpc.newBlockingStub(channel).withInterceptors(bearer(machine));
      String chat = "projects/" + cloud.project() + "/topics/chat";
      assertThat(publisher.getTopic(GetTopicRequest.newBuilder().setTopic(chat).build()).getName())
          .isEqualTo(chat);
      assertThatThrownBy(
              () -> publisher.deleteTopic(DeleteTopicRequest.newBuilder().setTopic(chat).build()))
          .isInstanceOf(StatusRuntimeException.class)
          .hasMessage("PERMISSION_DENIED: " + DENIED);
      assertThatThrownBy(
              () -> publisher.createTopic(Topic.newBuilder().setName(chat + "2").build()))
          .hasMessage("PERMISSION_DENIED: " + DENIED);
    } finally {
      channel.shutdownNow();
    }
  }

  private static ClientInterceptor bearer(String token) {
    return new ClientInterceptor() {
      @Override
      public <Q, S> ClientCall<Q, S> interceptCall(
          MethodDescriptor<Q, S> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
          @Override
          public void start(Listener<S> listener, Metadata headers) {
            headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + token);
            super.start(listener, headers);
          }
        };
      }
    };
  }

  @Test
  void a_machine_does_nothing_on_compute_engine() {
    String project = "projects/" + cloud.project();
    String zone = "zones/us-central1-a/instances";
    Map<List<String>, String> calls =
        Map.of(
            List.of("GET", zone),
            "Required 'compute.instances.list' permission for '" + project + "'",
            List.of("POST", zone),
            "Required 'compute.instances.create' permission for '" + project + "'",
            List.of("GET", "aggregated/instances"),
            "Required 'compute.instances.list' permission for '" + project + "'",
            List.of("GET", zone + "/one"),
            "Required 'compute.instances.get' permission for '" + project + "/" + zone + "/one'",
            List.of("DELETE", zone + "/other"),
            "Required 'compute.instances.delete' permission for '"
                + project
                + "/"
                + zone
                + "/other'",
            List.of("POST", zone + "/one/setMetadata"),
            "Required 'compute.instances.setMetadata' permission for '"
                + project
                + "/"
                + zone
                + "/one'",
            List.of("GET", "zones"),
            "Required 'compute.zones.list' permission for '" + project + "'",
            List.of("GET", ""),
            "Required 'compute.projects.get' permission for '" + project + "/'");
    calls.forEach((call, sentence) -> {
      Wire.Answer answer = compute(machine, call.get(0), call.get(1), "");
      assertThat(answer.status()).as(call.toString()).isEqualTo(403);
      assertThat(answer.reason()).isEqualTo("forbidden");
      assertThat(answer.message()).isEqualTo(sentence);
    });
    assertThat(compute(person, "GET", zone + "/other", "").status()).isEqualTo(200);
  }

  @Test
  void the_role_is_the_one_that_people_make_from_the_file() throws IOException {
    Path file = Path.of("..", "..", "installer", "google", "podium-vm-role.yaml");
    assertThat(Files.readAllLines(file).stream().filter(line -> line.startsWith("- ")))
        .containsExactlyInAnyOrderElementsOf(
            MachineRole.PERMISSIONS.stream().map(permission -> "- " + permission).toList());
  }

  @Test
  void an_identity_token_names_that_very_machine_and_googles_own_client_verifies_it()
      throws Exception {
    String id = metadata(one, "id").body();
    String audience = "podium/class-a/0123abcd";
    TokenVerifier verifier = verifier(cloud, audience);
    JsonNode engine = engine(verifier, identity(one, audience));
    assertThat(engine.path("instance_id").asText()).isEqualTo(id);
    assertThat(engine.path("instance_name").asText()).isEqualTo("one");
    assertThat(engine.path("zone").asText()).isEqualTo("us-central1-a");
    assertThat(engine.path("project_id").asText()).isEqualTo(cloud.project());

    JsonNode others = engine(verifier, identity(other, audience));
    assertThat(others.path("instance_name").asText()).isEqualTo("other");
    assertThat(others.path("instance_id").asText())
        .isEqualTo(metadata(other, "id").body())
        .isNotEqualTo(id);
    assertThatThrownBy(() -> verifier.verify(identity(one, "podium/class-b/0123abcd")))
        .isInstanceOf(TokenVerifier.VerificationException.class);
    String token = identity(one, audience);
    String forged = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";
    assertThatThrownBy(() -> verifier.verify(forged))
        .isInstanceOf(TokenVerifier.VerificationException.class);
  }

  @Test
  void no_audience_and_no_account_are_no_identity() {
    assertThat(metadata(one, "service-accounts/default/identity").statusCode()).isEqualTo(400);
    assertThat(metadata(one, "service-accounts/default/identity?audience=").statusCode())
        .isEqualTo(400);
    assertThat(metadata(nobody, "service-accounts/default/identity?audience=a").statusCode())
        .isEqualTo(404);
    assertThat(metadata(nobody, "service-accounts/default/token").statusCode()).isEqualTo(404);
    assertThat(metadata(one, "service-accounts/other@example.com/identity?audience=a").statusCode())
        .isEqualTo(404);
  }

  @Test
  void clients_may_keep_the_keys_and_see_by_the_id_that_a_new_start_has_another() throws Exception {
    HttpResponse<String> certs = certs(cloud);
    assertThat(certs.headers().firstValue("Cache-Control").orElse(""))
        .matches("public, max-age=[0-9]+, must-revalidate, no-transform");
    String before = identity(one, "a");
    verifier(cloud, "a").verify(before);
    try (LocalCloud next = LocalCloud.start(LocalCloudOptions.defaults())) {
      assertThat(Wire.JSON.readTree(certs(next).body()).at("/keys/0/kid").asText())
          .isNotEqualTo(Wire.JSON.readTree(certs.body()).at("/keys/0/kid").asText());
      assertThatThrownBy(() -> verifier(next, "a").verify(before))
          .isInstanceOf(TokenVerifier.VerificationException.class)
          .hasMessageContaining("Could not find PublicKey");
    }
  }

  private static HttpResponse<String> certs(LocalCloud of) {
    return Wire.text(HttpRequest.newBuilder(of.identity().resolve("oauth2/v3/certs")).build());
  }

  private static TokenVerifier verifier(LocalCloud of, String audience) {
    return TokenVerifier.newBuilder()
        .setIssuer("https://accounts.google.com")
        .setAudience(audience)
        .setCertificatesLocation(of.identity().resolve("oauth2/v3/certs").toString())
        .build();
  }

  private static String identity(String host, String audience) {
    return metadata(
            host,
            "service-accounts/default/identity?format=full&audience="
                + URLEncoder.encode(audience, StandardCharsets.UTF_8))
        .body();
  }

  private static JsonNode engine(TokenVerifier verifier, String token)
      throws TokenVerifier.VerificationException {
    return Wire.JSON
        .valueToTree(verifier.verify(token).getPayload().get("google"))
        .path("compute_engine");
  }
}
