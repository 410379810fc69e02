package dev.podium.localcloud.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// StreamingPull as the wire has it, on a raw stub.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamTest {
  private final PubSubClients pubsub = new PubSubClients();

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
    pubsub.close();
  }

  @Test
  void an_empty_request_is_answered_so_that_an_idle_stream_stays_up() {
    pubsub.subscribe(
        "s-1", "chat", it -> it.setEnableMessageOrdering(true).setEnableExactlyOnceDelivery(true));
    Stream stream = new Stream("s-1", 0);

    stream.requests.onNext(StreamingPullRequest.getDefaultInstance());

    await().until(() -> !stream.responses.isEmpty());
    StreamingPullResponse answer = stream.responses.getFirst();
    assertThat(answer.getReceivedMessagesList()).isEmpty();
    assertThat(answer.getSubscriptionProperties().getExactlyOnceDeliveryEnabled()).isTrue();
    assertThat(answer.getSubscriptionProperties().getMessageOrderingEnabled()).isTrue();
  }

  @Test
  void the_first_request_must_name_the_subscription_and_a_deadline_and_later_ones_must_not() {
    pubsub.subscribe("s-1", "chat", it -> {});
    assertEnds(new Stream(first("s-1", 0).clearSubscription()), Status.Code.INVALID_ARGUMENT);
    assertEnds(
        new Stream(first("s-1", 0).setStreamAckDeadlineSeconds(9)), Status.Code.INVALID_ARGUMENT);
    assertEnds(new Stream("missing", 0), Status.Code.NOT_FOUND);
    Stream good = new Stream("s-1", 0);
    good.requests.onNext(first("s-1", 0).build());
    assertEnds(good, Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void no_more_messages_come_than_the_client_permits_until_it_acknowledges() {
    pubsub.subscribe("s-1", "chat", it -> {});
    Stream stream = new Stream("s-1", 2);
    pubsub.publish("chat", "", "a", "b", "c");

    await().until(() -> stream.messages().size() == 2);
    pingAndWait(stream);
    assertThat(stream.messages()).hasSize(2);

    pubsub.acknowledge("s-1", stream.messages().subList(0, 1));
    await().until(() -> stream.messages().size() == 3);
  }

  @Test
  void streams_share_a_subscription_and_each_key_stays_with_one() {
    pubsub.subscribe("s-1", "chat", it -> it.setEnableMessageOrdering(true));
    Stream left = new Stream("s-1", 0);
    Stream right = new Stream("s-1", 0);
    pingAndWait(left);
    pingAndWait(right);

    for (int round = 0; round < 5; round++) {
      for (int key = 0; key < 10; key++) {
        pubsub.publish("chat", "key-" + key, "message-" + round);
      }
    }

    await().until(() -> left.messages().size() + right.messages().size() == 50);
    assertThat(left.messages()).hasSize(25);
    for (int key = 0; key < 10; key++) {
      String name = "key-" + key;
      List<String> whole = new ArrayList<>(left.bodies(name));
      whole.addAll(right.bodies(name));
      assertThat(whole)
          .containsExactlyElementsOf(
              IntStream.range(0, 5).mapToObj(round -> "message-" + round).toList());
      assertThat(left.bodies(name).isEmpty()).isNotEqualTo(right.bodies(name).isEmpty());
    }
  }

  @Test
  void deleting_the_subscription_ends_its_streams() {
    pubsub.subscribe("s-1", "chat", it -> {});
    Stream stream = new Stream("s-1", 0);
    pingAndWait(stream);

    var _ =
        pubsub.subscriptions.deleteSubscription(
            DeleteSubscriptionRequest.newBuilder()
                .setSubscription(PubSubClients.subscription("s-1"))
                .build());

    assertEnds(stream, Status.Code.NOT_FOUND);
  }

  @Test
  void a_message_of_nearly_ten_megabytes_arrives_whole() {
    pubsub.subscribe("s-1", "chat", it -> {});
    Stream stream = new Stream("s-1", 0);

    pubsub.publish("chat", "", "x".repeat(9_900_000));

    await().until(() -> stream.messages().size() == 1);
    assertThat(stream.messages().getFirst().getMessage().getData().size()).isEqualTo(9_900_000);
  }

  private static void pingAndWait(Stream stream) {
    int before = stream.responses.size();
    stream.requests.onNext(StreamingPullRequest.getDefaultInstance());
    await().until(() -> stream.responses.size() > before);
  }

  private static void assertEnds(Stream stream, Status.Code code) {
    await().until(() -> stream.ended != null);
    assertThat(Status.fromThrowable(stream.ended).getCode()).isEqualTo(code);
  }

  private static StreamingPullRequest.Builder first(String id, long maxOutstanding) {
    return StreamingPullRequest.newBuilder()
        .setSubscription(PubSubClients.subscription(id))
        .setStreamAckDeadlineSeconds(60)
        .setMaxOutstandingMessages(maxOutstanding)
        .setClientId("test");
  }

  private final class Stream implements StreamObserver<StreamingPullResponse> {
    final List<StreamingPullResponse> responses = new CopyOnWriteArrayList<>();
    final StreamObserver<StreamingPullRequest> requests;
    volatile @Nullable Throwable ended;

    Stream(String id, long maxOutstanding) {
      this(first(id, maxOutstanding));
    }

    Stream(StreamingPullRequest.Builder first) {
      requests = SubscriberGrpc.newStub(pubsub.channel).streamingPull(this);
      requests.onNext(first.build());
    }

    List<ReceivedMessage> messages() {
      return responses.stream()
          .flatMap(response -> response.getReceivedMessagesList().stream())
          .toList();
    }

    List<String> bodies(String key) {
      return PubSubClients.bodies(
          messages().stream()
              .filter(each -> each.getMessage().getOrderingKey().equals(key))
              .toList());
    }

    @Override
    public void onNext(StreamingPullResponse response) {
      responses.add(response);
    }

    @Override
    public void onError(Throwable error) {
      ended = error;
    }

    @Override
    public void onCompleted() {
      ended = Status.OK.asException();
    }
  }
}
