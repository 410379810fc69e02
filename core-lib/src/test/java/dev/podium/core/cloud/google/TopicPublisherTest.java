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
              connection, TopicName.of("p", "chat"), true, new Asked("It failed", "p", endpoint));
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
