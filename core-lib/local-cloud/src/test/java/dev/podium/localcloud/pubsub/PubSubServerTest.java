package dev.podium.localcloud.pubsub;

import static dev.podium.localcloud.pubsub.SubscriptionTest.assertStatus;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.ListTopicsResponse;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import dev.podium.localcloud.state.token.IssuedTokens;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Limits, pages, rights, and REST on the same port.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PubSubServerTest {
  private static final long MEMORY_LIMIT = 30_000_000;

  private final IssuedTokens tokens = new IssuedTokens(InstantSource.system());
  private final PubSubClients pubsub = new PubSubClients(MEMORY_LIMIT, Optional.empty());
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    pubsub.createTopic("chat");
  }

  @AfterEach
  void clear() throws Exception {
    pubsub.clear();
  }

  @AfterAll
  void stop() throws Exception {
    http.close();
    pubsub.close();
  }

  @Test
  void message_ids_rise() {
    List<String> ids = pubsub.publish("chat", "", "a", "b", "c");

    assertThat(ids).isSortedAccordingTo((left, right) -> Long.compare(id(left), id(right)));
    assertThat(id(pubsub.publish("chat", "", "d").getFirst())).isGreaterThan(id(ids.getLast()));
  }

  @Test
  void a_full_memory_refuses_to_publish_until_messages_are_acknowledged() {
    pubsub.subscribe("s-1", "chat", it -> {});
    String large = "x".repeat(9_000_000);
    for (int i = 0; i < 3; i++) {
      pubsub.publish("chat", "", large);
    }

    assertStatus(Status.Code.RESOURCE_EXHAUSTED, () -> pubsub.publish("chat", "", large));

    pubsub.acknowledge("s-1", pubsub.pull("s-1", 1));
    assertThat(pubsub.publish("chat", "", large)).hasSize(1);
  }

  @Test
  void a_dead_letter_that_finds_no_memory_stays_and_goes_on_when_there_is_some() {
    pubsub.createTopic("dead");
    pubsub.subscribe("d-1", "dead", it -> {});
    pubsub.createTopic("other");
    pubsub.subscribe("filler", "other", it -> {});
    pubsub.subscribe(
        "s-1",
        "chat",
        it ->
            it.setDeadLetterPolicy(
                DeadLetterPolicy.newBuilder()
                    .setDeadLetterTopic(PubSubClients.topic("dead"))
                    .setMaxDeliveryAttempts(5)));
    pubsub.publish("chat", "", "x".repeat(8_000_000));
    pubsub.publish("other", "", "x".repeat(9_000_000));
    pubsub.publish("other", "", "x".repeat(9_000_000));

    for (int attempt = 0; attempt < 6; attempt++) {
      pubsub.modifyDeadline("s-1", pubsub.pull("s-1", 1).getFirst(), 0);
    }
    assertThat(pubsub.pullBodies("d-1")).isEmpty();

    pubsub.acknowledge("filler", pubsub.pull("filler", 100));
    pubsub.modifyDeadline("s-1", pubsub.pull("s-1", 1).getFirst(), 0);
    assertThat(pubsub.pull("d-1", 1)).hasSize(1);
  }

  @Test
  void messages_beyond_a_limit_are_refused() {
    refused(message -> {});
    refused(message -> message.setData(bytes(10_000_001)));
    refused(message -> message.putAttributes("k".repeat(257), "v"));
    refused(message -> message.putAttributes("k", "v".repeat(1025)));
    refused(message -> message.putAttributes("google", "v"));
    refused(message -> message.setData(bytes(1)).setOrderingKey("k".repeat(1025)));
    refused(message -> {
      for (int i = 0; i <= 100; i++) {
        message.putAttributes("k" + i, "v");
      }
    });
    String[] many = new String[1001];
    java.util.Arrays.fill(many, "x");
    assertStatus(Status.Code.INVALID_ARGUMENT, () -> pubsub.publish("chat", "", many));
    assertStatus(Status.Code.NOT_FOUND, () -> pubsub.publish("missing", "", "x"));
  }

  @Test
  void names_and_settings_out_of_range_are_refused() {
    for (String name : List.of("ab", "1abc", "googol", "a/b/c", "a b c", "x".repeat(256))) {
      assertStatus(Status.Code.INVALID_ARGUMENT, () -> pubsub.createTopic(name));
    }
    assertStatus(Status.Code.ALREADY_EXISTS, () -> pubsub.createTopic("chat"));
    assertStatus(
        Status.Code.INVALID_ARGUMENT,
        () -> pubsub.createTopic("short", it -> it.setMessageRetentionDuration(seconds(599))));
    assertStatus(
        Status.Code.INVALID_ARGUMENT,
        () -> pubsub.subscribe("s-1", "chat", it -> it.setAckDeadlineSeconds(9)));
    assertStatus(
        Status.Code.INVALID_ARGUMENT,
        () -> pubsub.subscribe("s-1", "chat", it -> it.setAckDeadlineSeconds(601)));
    assertStatus(
        Status.Code.INVALID_ARGUMENT,
        () ->
            pubsub.subscribe(
                "s-1", "chat", it -> it.getExpirationPolicyBuilder().setTtl(seconds(3600))));
    assertStatus(
        Status.Code.INVALID_ARGUMENT,
        () ->
            pubsub.subscribe(
                "s-1",
                "chat",
                it ->
                    it.getDeadLetterPolicyBuilder()
                        .setDeadLetterTopic(PubSubClients.topic("dead"))
                        .setMaxDeliveryAttempts(4)));
    assertStatus(Status.Code.NOT_FOUND, () -> pubsub.subscribe("s-1", "missing", it -> {}));
  }

  @Test
  void lists_come_in_pages() {
    for (int i = 0; i < 5; i++) {
      pubsub.createTopic("topic-" + i);
    }
    ListTopicsResponse first = pubsub.topics.listTopics(page(""));
    ListTopicsResponse second = pubsub.topics.listTopics(page(first.getNextPageToken()));

    assertThat(first.getTopicsList()).hasSize(4);
    assertThat(second.getTopicsList()).hasSize(2);
    assertThat(second.getNextPageToken()).isEmpty();
    assertStatus(Status.Code.INVALID_ARGUMENT, () -> pubsub.topics.listTopics(page("no token!")));
  }

  @Test
  void lists_come_in_pages_over_rest_too_and_a_size_that_is_none_is_refused() throws Exception {
    for (int i = 0; i < 3; i++) {
      pubsub.createTopic("topic-" + i);
    }
    String topics = "/v1/projects/podium-local/topics";
    JsonNode first = json(send("GET", topics + "?pageSize=3&alt=json", ""));
    String token = first.path("nextPageToken").asText();
    JsonNode second = json(send("GET", topics + "?page_size=3&pageToken=" + token, ""));

    assertThat(first.path("topics")).hasSize(3);
    assertThat(second.path("topics")).hasSize(1);
    for (String size : List.of("many", "-1", "99999999999")) {
      HttpResponse<String> refused = send("GET", topics + "?pageSize=" + size, "");
      assertThat(refused.statusCode()).as(size).isEqualTo(400);
      assertThat(refused.body()).contains("\"status\" : \"INVALID_ARGUMENT\"");
    }
  }

  @Test
  void where_rights_are_required_a_call_needs_a_token_with_a_scope_for_pubsub() throws Exception {
    PubSubClients guarded = new PubSubClients(MEMORY_LIMIT, Optional.of(tokens));
    var any = GetTopicRequest.newBuilder().setTopic(PubSubClients.topic("none")).build();

    assertStatus(Status.Code.UNAUTHENTICATED, () -> guarded.topics.getTopic(any));
    assertStatus(Status.Code.PERMISSION_DENIED, () -> with(guarded, "compute").getTopic(any));
    assertStatus(Status.Code.NOT_FOUND, () -> with(guarded, "pubsub").getTopic(any));
    guarded.close();
  }

  @Test
  void rest_speaks_of_the_same_topics_as_grpc() throws Exception {
    String topic = "/v1/projects/podium-local/topics/rest?alt=json";
    assertThat(send("PUT", topic, "{}").statusCode()).isEqualTo(200);
    String subscription = "/v1/projects/podium-local/subscriptions/rest";
    String body = "{\"topic\":\"projects/podium-local/topics/rest\"}";
    assertThat(send("PUT", subscription + "?alt=json", body).statusCode()).isEqualTo(200);
    pubsub.publish("rest", "", "over gRPC");

    HttpResponse<String> pulled =
        send("POST", subscription + ":pull?alt=json", "{\"maxMessages\":10}");
    JsonNode message = json(pulled).get("receivedMessages").get(0);

    assertThat(message.get("message").get("data").binaryValue())
        .isEqualTo("over gRPC".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    String ackIds = "{\"ackIds\":[\"" + message.get("ackId").asText() + "\"]}";
    assertThat(send("POST", subscription + ":acknowledge", ackIds).statusCode()).isEqualTo(200);
    assertThat(pubsub.pull("rest", 1)).isEmpty();
    String longer =
        "{\"subscription\":{\"name\":\"projects/podium-local/subscriptions/rest\","
            + "\"ackDeadlineSeconds\":30},\"updateMask\":\"ackDeadlineSeconds\"}";
    assertThat(json(send("PATCH", subscription + "?alt=json", longer)).get("ackDeadlineSeconds"))
        .hasToString("30");
  }

  @Test
  void a_snapshot_and_a_subscription_without_a_name_get_one() {
    String topic = PubSubClients.topic("unnamed");
    pubsub.topics.createTopic(com.google.pubsub.v1.Topic.newBuilder().setName(topic).build());
    String subscription =
        pubsub
            .subscriptions
            .createSubscription(
                com.google.pubsub.v1.Subscription.newBuilder().setTopic(topic).build())
            .getName();
    String snapshot =
        pubsub
            .subscriptions
            .createSnapshot(
                com.google.pubsub.v1.CreateSnapshotRequest.newBuilder()
                    .setSubscription(subscription)
                    .build())
            .getName();

    assertThat(subscription).startsWith(PubSubClients.PROJECT + "/subscriptions/subscription-");
    assertThat(snapshot).startsWith(PubSubClients.PROJECT + "/snapshots/snapshot-");
  }

  @Test
  void rest_errors_have_googles_form() throws Exception {
    HttpResponse<String> missing = send("GET", "/v1/projects/podium-local/topics/none", "");

    assertThat(missing.statusCode()).isEqualTo(404);
    JsonNode error = new ObjectMapper().readTree(missing.body()).get("error");
    assertThat(error.get("code").asInt()).isEqualTo(404);
    assertThat(error.get("status").asText()).isEqualTo("NOT_FOUND");
    assertThat(send("PUT", "/v1/projects/podium-local/topics/t-1", "{bad").statusCode())
        .isEqualTo(400);
  }

  private PublisherGrpc.PublisherBlockingStub with(PubSubClients guarded, String scope) {
    String token =
        tokens.issue(
            "vm@podium.local",
            List.of("https://www.googleapis.com/auth/" + scope),
            java.time.Duration.ofHours(1));
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return guarded.topics.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private void refused(Consumer<PubsubMessage.Builder> content) {
    PubsubMessage.Builder message = PubsubMessage.newBuilder();
    content.accept(message);
    PublishRequest request =
        PublishRequest.newBuilder()
            .setTopic(PubSubClients.topic("chat"))
            .addMessages(message)
            .build();
    assertStatus(Status.Code.INVALID_ARGUMENT, () -> pubsub.topics.publish(request));
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + pubsub.server.port() + path);
    return http.send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body());
  }

  private static ListTopicsRequest page(String token) {
    return ListTopicsRequest.newBuilder()
        .setProject(PubSubClients.PROJECT)
        .setPageSize(4)
        .setPageToken(token)
        .build();
  }

  private static long id(String text) {
    return Long.parseLong(text);
  }

  private static ByteString bytes(int count) {
    return ByteString.copyFrom(new byte[count]);
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }
}
