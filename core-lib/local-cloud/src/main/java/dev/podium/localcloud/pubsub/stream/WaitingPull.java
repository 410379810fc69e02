package dev.podium.localcloud.pubsub.stream;

import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PullResponse;
import dev.podium.localcloud.pubsub.form.ResourceNames;
import dev.podium.localcloud.pubsub.form.Statuses;
import dev.podium.localcloud.state.messaging.Messaging;
import dev.podium.localcloud.state.messaging.delivery.Delivery;
import dev.podium.localcloud.state.messaging.delivery.Receiver;
import io.grpc.stub.ServerCallStreamObserver;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// One unary pull: answers as soon as there is a message, and empty when none comes for a while.
/// All its methods run on the call's event loop.
public final class WaitingPull {
  /// Google says "a bounded time". Short enough for a person at a command line, and a client that
  /// wants more asks again.
  private static final long WAIT_SECONDS = 10;

  /// So that an answer stays well below what clients accept, 20 MiB for Google's Java client.
  private static final long MOST_BYTES = 8_000_000;

  private final Messaging messaging;
  private final ServerCallStreamObserver<PullResponse> observer;
  private final Receiver receiver;
  private boolean answered;

  private WaitingPull(
      Messaging messaging,
      PullRequest request,
      ServerCallStreamObserver<PullResponse> observer,
      EventLoop eventLoop) {
    this.messaging = messaging;
    this.observer = observer;
    this.receiver =
        new Receiver(
            request.getMaxMessages(),
            MOST_BYTES,
            Optional.empty(),
            () -> eventLoop.execute(() -> answer(false)));
  }

  public static void start(
      Messaging messaging,
      PullRequest request,
      ServerCallStreamObserver<PullResponse> observer,
      EventLoop eventLoop) {
    WaitingPull pull = new WaitingPull(messaging, request, observer, eventLoop);
    observer.setOnCancelHandler(() -> messaging.close(pull.receiver));
    messaging.open(ResourceNames.subscription(request.getSubscription()), pull.receiver);
    @SuppressWarnings("deprecation") // Clients still send it, and gcloud does by default.
    boolean atOnce = request.getReturnImmediately();
    pull.answer(atOnce);
    if (!pull.answered) {
      var _ = eventLoop.schedule(() -> pull.answer(true), WAIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void answer(boolean evenIfEmpty) {
    if (answered) {
      return;
    }
    try {
      List<Delivery> deliveries = messaging.take(receiver);
      if (!deliveries.isEmpty() || evenIfEmpty) {
        answered = true;
        messaging.close(receiver);
        PullResponse.Builder response = PullResponse.newBuilder();
        deliveries.forEach(delivery -> response.addReceivedMessages(Deliveries.wire(delivery)));
        observer.onNext(response.build());
        observer.onCompleted();
      }
    } catch (RuntimeException failure) {
      // Whatever happens, this call gets a status.
      answered = true;
      messaging.close(receiver);
      observer.onError(Statuses.of(failure));
    }
  }
}
