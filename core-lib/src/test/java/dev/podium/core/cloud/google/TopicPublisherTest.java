package dev.podium.core.cloud.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.TopicName;
import dev.podium.core.cloud.MessageBus.Outgoing;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Against a Pub/Sub that answers when the test wants it to.
@Timeout(30)
class TopicPublisherTest {
  @Test
  void nothing_said_later_gets_through_before_a_message_that_failed() throws Exception {
    HeldPubsub pubsub = new HeldPubsub();
    Server server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(pubsub)
            .build()
            .start();
    String endpoint = "127.0.0.1:" + server.getPort();
    try (PubsubConnection connection = new PubsubConnection(endpoint, true, Optional.empty())) {
      TopicPublisher publisher =
          new TopicPublisher(
              connection.publisher().publishCallable(),
              TopicName.of("p", "chat"),
              new Asked("It failed", "p", endpoint));
      CompletableFuture<String> first = publisher.publish(said("first"));
      await().until(() -> pubsub.held.size() == 1);
      // More than one batch of them waits behind the first.
      List<CompletableFuture<String>> later =
          IntStream.range(0, 250).mapToObj(n -> publisher.publish(said("later " + n))).toList();
      pubsub.held.getFirst().onError(Status.INVALID_ARGUMENT.asRuntimeException());
      await().until(() -> first.isDone() && later.stream().allMatch(CompletableFuture::isDone));
      assertThat(first).isCompletedExceptionally();
      assertThat(later).allMatch(CompletableFuture::isCompletedExceptionally);

      pubsub.accepts = true;
      publisher.publish(said("first")).join();
      assertThat(pubsub.accepted).containsExactly("first");
      publisher.shutDown();
    } finally {
      server.shutdownNow();
    }
  }

  /// As a program does that publishes from several threads: something new is said at the very
  /// moment when the first failure is told, while others behind it are still to be told of theirs.
  @Test
  void what_is_said_while_failures_are_told_waits_until_all_of_them_are_known() throws Exception {
    HeldPubsub pubsub = new HeldPubsub();
    Server server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(pubsub)
            .build()
            .start();
    String endpoint = "127.0.0.1:" + server.getPort();
    try (PubsubConnection connection = new PubsubConnection(endpoint, true, Optional.empty())) {
      TopicPublisher publisher =
          new TopicPublisher(
              connection.publisher().publishCallable(),
              TopicName.of("p", "chat"),
              new Asked("It failed", "p", endpoint));
      List<CompletableFuture<String>> batch =
          IntStream.range(0, 20).mapToObj(n -> publisher.publish(said("early " + n))).toList();
      await().until(() -> pubsub.held.size() == 1);
      List<CompletableFuture<String>> newer = new CopyOnWriteArrayList<>();
      CompletableFuture<?> told =
          batch.getFirst().whenComplete((id, why) -> newer.add(publisher.publish(said("newer"))));
      pubsub.held.getFirst().onError(Status.INVALID_ARGUMENT.asRuntimeException());
      await().until(() -> told.isDone() && batch.stream().allMatch(CompletableFuture::isDone));
      await().until(() -> newer.size() == 1 && newer.getFirst().isDone());
      assertThat(newer.getFirst()).isCompletedExceptionally();
      assertThat(pubsub.accepted).isEmpty();

      publisher.publish(said("early 0")).get(10, java.util.concurrent.TimeUnit.SECONDS);
      assertThat(pubsub.accepted).containsExactly("early 0");
      publisher.shutDown();
    } finally {
      server.shutdownNow();
    }
  }

  private static Outgoing said(String text) {
    return new Outgoing(text, Map.of(), Optional.of("lobby"));
  }

  private static final class HeldPubsub extends PublisherGrpc.PublisherImplBase {
    private final List<StreamObserver<PublishResponse>> held = new CopyOnWriteArrayList<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private volatile boolean accepts;

    @Override
    public void publish(PublishRequest request, StreamObserver<PublishResponse> answer) {
      if (held.isEmpty() && !accepts) {
        held.add(answer);
        return;
      }
      PublishResponse.Builder ids = PublishResponse.newBuilder();
      request
          .getMessagesList()
          .forEach(
              message -> {
                accepted.add(message.getData().toStringUtf8());
                ids.addMessageIds(String.valueOf(accepted.size()));
              });
      answer.onNext(ids.build());
      answer.onCompleted();
    }
  }
}
