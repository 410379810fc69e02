package dev.podium.localcloud.conformance.pubsub;

import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A raw StreamingPull, because the client library hides the very protocol that is to be proven.
final class PullStream implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 8;

  private final LinkedBlockingQueue<StreamingPullResponse> responses = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private final StreamObserver<StreamingPullRequest> requests;

  PullStream(PubsubEndpoint pubsub, StreamingPullRequest first) {
    requests =
        SubscriberGrpc.newStub(pubsub.channel())
            .streamingPull(
                new StreamObserver<>() {
                  @Override
                  public void onNext(StreamingPullResponse response) {
                    responses.add(response);
                  }

                  @Override
                  public void onError(Throwable fault) {
                    end.complete(Status.fromThrowable(fault));
                  }

                  @Override
                  public void onCompleted() {
                    end.complete(Status.OK);
                  }
                });
    requests.onNext(first);
  }

  /// As Google's Java client 1.153.0 opens one.
  static StreamingPullRequest opening(String subscription) {
    return StreamingPullRequest.newBuilder()
        .setSubscription(subscription)
        .setStreamAckDeadlineSeconds(60)
        .setClientId("podium-contract")
        .setMaxOutstandingMessages(1000)
        .setMaxOutstandingBytes(100L * 1024 * 1024)
        .setProtocolVersion(1)
        .build();
  }

  void send(StreamingPullRequest request) {
    requests.onNext(request);
  }

  /// The next response, with messages or without.
  StreamingPullResponse next() {
    try {
      @Nullable StreamingPullResponse response = responses.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (response == null) {
        throw new AssertionError("The stream said nothing for " + PATIENCE_SECONDS + " s");
      }
      return response;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// Messages until there are `count`, however the service bundles them.
  List<ReceivedMessage> take(int count) {
    List<ReceivedMessage> all = new ArrayList<>();
    while (all.size() < count) {
      all.addAll(next().getReceivedMessagesList());
    }
    return all;
  }

  boolean silent() {
    return responses.stream().allMatch(r -> r.getReceivedMessagesCount() == 0);
  }

  /// How the service ended the stream.
  Status ended() {
    return end.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  void finish() {
    requests.onCompleted();
  }

  @Override
  public void close() {
    if (!end.isDone()) {
      requests.onError(Status.CANCELLED.asRuntimeException());
    }
  }
}
