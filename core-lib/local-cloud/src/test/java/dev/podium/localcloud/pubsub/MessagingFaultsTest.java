package dev.podium.localcloud.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc;
import dev.podium.localcloud.state.fault.Faults;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What goes wrong with messages on demand.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessagingFaultsTest {
  private static final Faults.PubSub WELL = Faults.PubSub.none();
  private static final Faults.PubSub DOWN = new Faults.PubSub(Duration.ZERO, 0, 0, true);
  private static final Faults.PubSub TWICE = new Faults.PubSub(Duration.ZERO, 1, 0, false);
  private static final Faults.PubSub LATE = new Faults.PubSub(Duration.ofSeconds(5), 0, 0, false);

  private final PubSubClients pubsub = new PubSubClients();

  @BeforeEach
  void start() {
    pubsub.createTopic("chat");
  }

  @AfterEach
  void clear() throws Exception {
    set(WELL);
    pubsub.clear();
  }

  @AfterAll
  void stop() throws Exception {
    pubsub.close();
  }

  private void set(Faults.PubSub faults) {
    pubsub.messaging.plan().set(Faults.none().with(faults));
  }

  private List<String> bodies(String subscription) {
    return bodies(pubsub.pull(subscription, 100));
  }

  private static List<String> bodies(List<ReceivedMessage> messages) {
    return messages.stream().map(each -> each.getMessage().getData().toStringUtf8()).toList();
  }

  @Test
  void a_service_that_is_down_refuses_every_call_over_grpc_and_rest() throws Exception {
    pubsub.subscribe("s-1", "chat", it -> {});
    set(DOWN);

    assertThatThrownBy(() -> pubsub.publish("chat", "", "lost"))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure ->
                assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    HttpResponse<String> rest = rest();
    assertThat(rest.statusCode()).isEqualTo(503);
    assertThat(rest.body()).contains("\"status\" : \"UNAVAILABLE\"");
    set(WELL);
    pubsub.publish("chat", "", "heard");
    assertThat(bodies("s-1")).containsExactly("heard");
  }

  @Test
  void a_seek_that_takes_its_time_is_answered_at_once_and_brings_what_was_before_later() {
    pubsub.createTopic(
        "kept",
        it ->
            it.setMessageRetentionDuration(
                com.google.protobuf.Duration.newBuilder().setSeconds(3_600)));
    pubsub.publish("kept", "", "old");
    pubsub.advance(Duration.ofSeconds(1));
    pubsub.subscribe("s-1", "kept", it -> {});
    set(new Faults.PubSub(Duration.ZERO, 0, 0, false, Duration.ofSeconds(60)));

    pubsub.messaging.seek(PubSubClients.subscription("s-1"), Instant.EPOCH);
    pubsub.publish("kept", "", "new");
    assertThat(bodies("s-1")).containsExactly("new");
    pubsub.advance(Duration.ofSeconds(61));
    assertThat(bodies("s-1")).contains("old");
  }

  private HttpResponse<String> rest() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create(
                      "http://127.0.0.1:"
                          + pubsub.server.port()
                          + "/v1/"
                          + PubSubClients.topic("chat")))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void a_stream_that_is_open_when_the_service_goes_down_ends_with_unavailable() throws Exception {
    pubsub.subscribe("s-1", "chat", it -> {});
    CompletableFuture<Status.Code> end = new CompletableFuture<>();
    List<String> received = new CopyOnWriteArrayList<>();
    var unused = open("s-1", received, end);
    pubsub.publish("chat", "", "before");
    await().until(() -> received.equals(List.of("before")));

    set(DOWN);

    assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(unused).isNotNull();
  }

  private StreamObserver<StreamingPullRequest> open(
      String subscription, List<String> received, CompletableFuture<Status.Code> end) {
    StreamObserver<StreamingPullRequest> requests =
        SubscriberGrpc.newStub(pubsub.channel)
            .streamingPull(
                new StreamObserver<>() {
                  @Override
                  public void onNext(StreamingPullResponse response) {
                    received.addAll(bodies(response.getReceivedMessagesList()));
                  }

                  @Override
                  public void onError(Throwable failure) {
                    end.complete(Status.fromThrowable(failure).getCode());
                  }

                  @Override
                  public void onCompleted() {
                    end.complete(Status.Code.OK);
                  }
                });
    requests.onNext(
        StreamingPullRequest.newBuilder()
            .setSubscription(PubSubClients.subscription(subscription))
            .setStreamAckDeadlineSeconds(60)
            .build());
    return requests;
  }

  @Test
  void a_delayed_message_comes_when_its_time_has_come_and_in_its_order() {
    pubsub.subscribe("s-1", "chat", it -> it.setEnableMessageOrdering(true));
    set(LATE);
    pubsub.publish("chat", "k", "one", "two");
    assertThat(bodies("s-1")).isEmpty();

    pubsub.advance(Duration.ofSeconds(6));
    assertThat(bodies("s-1")).containsExactly("one", "two");
  }

  @Test
  void an_open_stream_gets_a_delayed_message_without_asking() {
    pubsub.subscribe("s-1", "chat", it -> {});
    List<String> received = new CopyOnWriteArrayList<>();
    var requests = open("s-1", received, new CompletableFuture<>());
    requests.onNext(StreamingPullRequest.getDefaultInstance());
    set(LATE);
    pubsub.publish("chat", "", "late");
    pubsub.advance(Duration.ofSeconds(4));
    assertThat(received).isEmpty();
    pubsub.advance(Duration.ofSeconds(2));

    await().until(() -> received.equals(List.of("late")));
    requests.onCompleted();
  }

  @Test
  void a_message_whose_acknowledgement_gets_lost_comes_once_more_and_no_more() {
    pubsub.subscribe("s-1", "chat", it -> {});
    set(TWICE);
    pubsub.publish("chat", "", "one");

    List<ReceivedMessage> first = pubsub.pull("s-1", 10);
    pubsub.acknowledge("s-1", first);
    List<ReceivedMessage> again = pubsub.pull("s-1", 10);
    assertThat(bodies(again)).containsExactly("one");
    assertThat(again.getFirst().getMessage().getMessageId())
        .isEqualTo(first.getFirst().getMessage().getMessageId());
    pubsub.acknowledge("s-1", again);
    assertThat(bodies("s-1")).isEmpty();
  }

  @Test
  void nothing_comes_twice_where_exactly_once_was_promised() {
    pubsub.subscribe("s-1", "chat", it -> it.setEnableExactlyOnceDelivery(true));
    set(TWICE);
    pubsub.publish("chat", "", "one");
    pubsub.acknowledge("s-1", pubsub.pull("s-1", 10));

    assertThat(bodies("s-1")).isEmpty();
  }
}
