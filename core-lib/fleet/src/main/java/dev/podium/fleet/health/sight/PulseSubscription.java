package dev.podium.fleet.health.sight;

import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.pulse.PulseTopic;
import dev.podium.wire.pulse.ReceivedPulse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The console's own subscription to the pulse topic: made at the start, made again whenever it
/// ends, taken away at the end.
public final class PulseSubscription {
  private static final Logger LOG = LoggerFactory.getLogger(PulseSubscription.class);
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final PulseTopic topic;
  private final String name;
  private final Consumer<ReceivedPulse> receiver;
  private final CompletableFuture<Void> closing = new CompletableFuture<>();
  private final Thread thread;

  /// @param console whose subscription it is
  /// @param receiver told each message, on a thread of the bus
  public PulseSubscription(PulseTopic topic, String console, Consumer<ReceivedPulse> receiver) {
    this.topic = topic;
    this.name = topic.topics().subscription(topic.topics().pulse(), console);
    this.receiver = receiver;
    this.thread = Thread.ofVirtual().name("podium-pulses").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    boolean told = false;
    while (!closing.isDone()) {
      try {
        receive();
      } catch (PodiumException e) {
        if (!told && !closing.isDone()) {
          LOG.warn("The heartbeats' subscription failed and is tried again: {}", e.sentence());
          told = true;
        }
      } catch (RuntimeException e) {
        // A console that is deaf to every heartbeat for a fault of the client's library would take
        // the whole fleet for dead.
        LOG.error("The heartbeats' subscription ended unexpectedly and is made again", e);
      }
      pause();
    }
    try {
      topic.bus().deleteSubscription(name);
    } catch (PodiumException e) {
      // Pub/Sub forgets it by itself after a day.
      LOG.debug("The subscription '{}' was left behind: {}", name, e.sentence());
    }
  }

  private void receive() {
    try (MessageBus.Subscription subscription = topic.subscribe(name, Map.of(), receiver)) {
      CompletableFuture.anyOf(subscription.ended(), closing).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof PodiumException known) {
        throw known;
      }
      throw e;
    }
  }

  private void pause() {
    try {
      closing.get(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException _) {
      // It is time to try again.
    }
  }

  public void close(Duration patience) {
    closing.complete(null);
    try {
      thread.join(patience);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
