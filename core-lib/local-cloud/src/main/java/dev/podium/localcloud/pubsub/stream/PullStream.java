package dev.podium.localcloud.pubsub.stream;

import static dev.podium.localcloud.pubsub.form.Statuses.require;

import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.StreamingPullResponse.SubscriptionProperties;
import dev.podium.localcloud.pubsub.form.Durations;
import dev.podium.localcloud.pubsub.form.ResourceNames;
import dev.podium.localcloud.pubsub.form.Statuses;
import dev.podium.localcloud.state.messaging.Messaging;
import dev.podium.localcloud.state.messaging.delivery.Delivery;
import dev.podium.localcloud.state.messaging.delivery.Receiver;
import dev.podium.localcloud.state.messaging.model.AckOutcome;
import dev.podium.localcloud.state.messaging.model.SubscriptionSettings;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One StreamingPull call, from its first request to its end.
///
/// All its methods run on the call's event loop, so it needs no lock. What is pushed while the
/// client does not read stays chosen but unsent, and the state stops choosing for this stream.
public final class PullStream implements StreamObserver<StreamingPullRequest> {
  /// One answer's size. Google's Java client accepts 20 MiB; a larger single message goes alone.
  private static final int MOST_RESPONSE_BYTES = 4_000_000;

  private final Messaging messaging;
  private final ServerCallStreamObserver<StreamingPullResponse> observer;
  private final EventLoop eventLoop;
  private String subscription = "";
  private @Nullable Receiver receiver;
  private boolean ended;

  public PullStream(
      Messaging messaging,
      ServerCallStreamObserver<StreamingPullResponse> observer,
      EventLoop eventLoop) {
    this.messaging = messaging;
    this.observer = observer;
    this.eventLoop = eventLoop;
    observer.setOnReadyHandler(this::push);
    observer.setOnCancelHandler(this::close);
  }

  @Override
  public void onNext(StreamingPullRequest request) {
    if (ended) {
      return;
    }
    try {
      if (receiver == null) {
        begin(request);
      } else {
        proceed(receiver, request);
      }
    } catch (RuntimeException failure) {
      // Whatever happens, this stream ends with a status and the connection's others go on.
      fail(failure);
    }
  }

  @Override
  public void onError(Throwable cancelled) {
    close();
  }

  @Override
  public void onCompleted() {
    if (!ended) {
      close();
      observer.onCompleted();
    }
  }

  private void begin(StreamingPullRequest request) {
    subscription = ResourceNames.subscription(request.getSubscription());
    Duration ackDeadline = ackDeadline(request.getStreamAckDeadlineSeconds());
    Receiver starting =
        new Receiver(
            request.getMaxOutstandingMessages(),
            request.getMaxOutstandingBytes(),
            Optional.of(ackDeadline),
            () -> eventLoop.execute(this::push));
    settle(request);
    messaging.open(subscription, starting);
    receiver = starting;
    push();
  }

  private void proceed(Receiver started, StreamingPullRequest request) {
    require(
        request.getSubscription().isEmpty(),
        "The subscription may be named only in the first request of a stream.");
    require(
        request.getMaxOutstandingMessages() == 0 && request.getMaxOutstandingBytes() == 0,
        "Flow control may be set only in the first request of a stream.");
    if (request.getStreamAckDeadlineSeconds() != 0) {
      started.setAckDeadline(ackDeadline(request.getStreamAckDeadlineSeconds()));
    }
    if (request.getSerializedSize() == 0) {
      // The client's keepalive: it cancels a stream that stays silent for 15 s after it.
      observer.onNext(response().build());
      return;
    }
    settle(request);
  }

  private void settle(StreamingPullRequest request) {
    List<String> modified = request.getModifyDeadlineAckIdsList();
    List<Integer> seconds = request.getModifyDeadlineSecondsList();
    require(
        modified.size() == seconds.size(),
        "modify_deadline_seconds must have as many elements as modify_deadline_ack_ids.");
    if (request.getAckIdsCount() > 0) {
      AckOutcome outcome = messaging.acknowledge(subscription, request.getAckIdsList());
      if (outcome.exactlyOnce()) {
        observer.onNext(StreamConfirmations.ofAcks(response(), request.getAckIdsList(), outcome));
      }
    }
    for (int i = 0; i < modified.size(); i++) {
      List<String> one = List.of(modified.get(i));
      Duration deadline = Durations.modifiedDeadline(seconds.get(i));
      AckOutcome outcome = messaging.modifyDeadline(subscription, one, deadline);
      if (outcome.exactlyOnce()) {
        observer.onNext(StreamConfirmations.ofDeadlines(response(), one, outcome));
      }
    }
  }

  private void push() {
    Receiver started = receiver;
    if (ended || started == null) {
      return;
    }
    try {
      while (observer.isReady()) {
        List<Delivery> deliveries = messaging.take(started);
        if (deliveries.isEmpty()) {
          return;
        }
        send(deliveries);
      }
    } catch (RuntimeException failure) {
      // Whatever happens, this stream ends with a status and the connection's others go on.
      fail(failure);
    }
  }

  private void send(List<Delivery> deliveries) {
    StreamingPullResponse.Builder response = response();
    int bytes = 0;
    for (Delivery delivery : deliveries) {
      int size = delivery.message().content().size();
      if (bytes > 0 && bytes + size > MOST_RESPONSE_BYTES) {
        observer.onNext(response.build());
        response.clearReceivedMessages();
        bytes = 0;
      }
      response.addReceivedMessages(Deliveries.wire(delivery));
      bytes += size;
    }
    observer.onNext(response.build());
  }

  private StreamingPullResponse.Builder response() {
    SubscriptionSettings settings = messaging.subscription(subscription).settings();
    return StreamingPullResponse.newBuilder()
        .setSubscriptionProperties(
            SubscriptionProperties.newBuilder()
                .setExactlyOnceDeliveryEnabled(settings.exactlyOnce())
                .setMessageOrderingEnabled(settings.ordered()));
  }

  private void fail(RuntimeException failure) {
    if (!ended) {
      close();
      observer.onError(Statuses.of(failure));
    }
  }

  private void close() {
    ended = true;
    if (receiver != null) {
      messaging.close(receiver);
    }
  }

  private static Duration ackDeadline(int seconds) {
    require(
        seconds >= 10 && seconds <= 600,
        "stream_ack_deadline_seconds must be at least 10 and at most 600, not " + seconds + ".");
    return Duration.ofSeconds(seconds);
  }
}
