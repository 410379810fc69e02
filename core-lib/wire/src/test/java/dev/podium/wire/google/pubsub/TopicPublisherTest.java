package dev.podium.wire.google.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutures;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.ApiCallContext;
import com.google.api.gax.rpc.UnaryCallable;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import dev.podium.wire.cloud.MessageBus.Outgoing;
import dev.podium.wire.google.ErrorContext;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Against a Pub/Sub that answers when the test wants it to.
@Timeout(30)
class TopicPublisherTest {
  private final HeldPubsub pubsub = new HeldPubsub();
  private Server server;
  private PubsubConnection connection;
  private TopicPublisher publisher;

  @BeforeEach
  void open() throws IOException {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(pubsub)
            .build()
            .start();
    String endpoint = "127.0.0.1:" + server.getPort();
    connection = new PubsubConnection(endpoint, true, NoCredentialsProvider.create());
    publisher = publisher(connection.publisher().publishCallable());
  }

  @AfterEach
  void close() {
    publisher.shutDown();
    connection.close();
    server.shutdownNow();
  }

  private static TopicPublisher publisher(UnaryCallable<PublishRequest, PublishResponse> over) {
    return new TopicPublisher(
        over, TopicName.of("p", "chat"), new ErrorContext("It failed", "p", "test"));
  }

  @Test
  void nothing_said_later_gets_through_before_a_message_that_failed() throws Exception {
    CompletableFuture<String> first = publish("first");
    await().until(() -> pubsub.held.size() == 1);
    // The key is not free until the first is answered.
    List<CompletableFuture<String>> later =
        IntStream.range(0, 250).mapToObj(n -> publish("later " + n)).toList();
    pubsub.held.getFirst().onError(Status.INVALID_ARGUMENT.asRuntimeException());
    await().until(() -> first.isDone() && later.stream().allMatch(CompletableFuture::isDone));
    assertThat(first).isCompletedExceptionally();
    assertThat(later).allMatch(CompletableFuture::isCompletedExceptionally);

    pubsub.accepts = true;
    publish("first").join();
    assertThat(pubsub.accepted).containsExactly("first");
  }

  /// As a program does that publishes from several threads: something new is said at the very
  /// moment when a failure is told.
  @Test
  void what_is_said_while_failures_are_told_waits_until_all_of_them_are_known() throws Exception {
    List<CompletableFuture<String>> batch =
        publisher.publish(IntStream.range(0, 20).mapToObj(n -> said("early " + n)).toList());
    await().until(() -> pubsub.held.size() == 1);
    List<CompletableFuture<String>> newer = new CopyOnWriteArrayList<>();
    CompletableFuture<?> told =
        batch.getFirst().whenComplete((id, why) -> newer.add(publish("newer")));
    pubsub.held.getFirst().onError(Status.INVALID_ARGUMENT.asRuntimeException());
    await().until(() -> told.isDone() && batch.stream().allMatch(CompletableFuture::isDone));
    await().until(() -> newer.size() == 1 && newer.getFirst().isDone());
    assertThat(newer.getFirst()).isCompletedExceptionally();
    assertThat(pubsub.accepted).isEmpty();

    publish("early 0").get(10, TimeUnit.SECONDS);
    assertThat(pubsub.accepted).containsExactly("early 0");
  }

  @Test
  void a_key_takes_the_next_call_when_the_last_is_answered_and_no_sooner() {
    CompletableFuture<String> first = publish("first");
    await().until(() -> pubsub.held.size() == 1);
    assertThat(publish("too soon")).isCompletedExceptionally();
    assertThat(publisher.publish(List.of(new Outgoing("of no key", Map.of(), Optional.empty()))))
        .allSatisfy(one -> assertThat(one).succeedsWithin(Duration.ofSeconds(10)));

    CompletableFuture<String> next = first.thenCompose(_ -> publish("as soon as it is answered"));
    pubsub.answer("first");
    assertThat(next).succeedsWithin(Duration.ofSeconds(10));
    assertThat(pubsub.accepted).containsExactly("of no key", "first", "as soon as it is answered");
  }

  @Test
  void a_key_takes_the_next_call_when_the_last_failure_is_told_and_no_sooner() {
    List<CompletableFuture<String>> call = publisher.publish(List.of(said("a"), said("b")));
    await().until(() -> pubsub.held.size() == 1);
    List<CompletableFuture<String>> next = new CopyOnWriteArrayList<>();
    var _ = call.getFirst().whenComplete((_, _) -> next.add(publish("too soon")));
    var _ = call.getLast().whenComplete((_, _) -> next.add(publish("when all are told")));
    pubsub.held.getFirst().onError(Status.INVALID_ARGUMENT.asRuntimeException());
    await().until(() -> next.size() == 2);
    assertThat(next.getFirst()).isCompletedExceptionally();
    assertThat(next.getLast()).succeedsWithin(Duration.ofSeconds(10));
    assertThat(pubsub.accepted).containsExactly("when all are told");
  }

  /// A connection that fails while a flight is still being handed over has failed all of it.
  @Test
  void what_is_handed_over_together_fails_together_although_the_first_fails_at_once() {
    List<String> accepted = new ArrayList<>();
    TopicPublisher hasty =
        publisher(
            new UnaryCallable<>() {
              private boolean failed;

              @Override
              public ApiFuture<PublishResponse> futureCall(
                  PublishRequest request, @Nullable ApiCallContext context) {
                if (!failed) {
                  failed = true;
                  return ApiFutures.immediateFailedFuture(
                      Status.INVALID_ARGUMENT.asRuntimeException());
                }
                PublishResponse.Builder ids = PublishResponse.newBuilder();
                for (PubsubMessage message : request.getMessagesList()) {
                  accepted.add(message.getData().toStringUtf8());
                  ids.addMessageIds(String.valueOf(accepted.size()));
                }
                return ApiFutures.immediateFuture(ids.build());
              }
            });
    // More than one request of them.
    List<Outgoing> flight = IntStream.range(0, 250).mapToObj(n -> said("said " + n)).toList();
    assertThat(hasty.publish(flight)).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(accepted).isEmpty();

    assertThat(hasty.publish(flight))
        .allMatch(one -> one.isDone() && !one.isCompletedExceptionally());
    assertThat(accepted).containsExactlyElementsOf(flight.stream().map(Outgoing::body).toList());
  }

  private CompletableFuture<String> publish(String text) {
    return publisher.publish(List.of(said(text))).getFirst();
  }

  private static Outgoing said(String text) {
    return new Outgoing(text, Map.of(), Optional.of("lobby"));
  }

  private static final class HeldPubsub extends PublisherGrpc.PublisherImplBase {
    private final List<StreamObserver<PublishResponse>> held = new CopyOnWriteArrayList<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private volatile boolean accepts;

    void answer(String text) {
      accepted.add(text);
      StreamObserver<PublishResponse> answer = held.getFirst();
      answer.onNext(PublishResponse.newBuilder().addMessageIds("held").build());
      answer.onCompleted();
    }

    @Override
    public void publish(PublishRequest request, StreamObserver<PublishResponse> answer) {
      if (held.isEmpty() && !accepts) {
        held.add(answer);
        return;
      }
      PublishResponse.Builder ids = PublishResponse.newBuilder();
      request
          .getMessagesList()
          .forEach(message -> {
            accepted.add(message.getData().toStringUtf8());
            ids.addMessageIds(String.valueOf(accepted.size()));
          });
      answer.onNext(ids.build());
      answer.onCompleted();
    }
  }
}
