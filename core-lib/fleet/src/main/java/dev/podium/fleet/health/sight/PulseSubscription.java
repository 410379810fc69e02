package dev.podium.fleet.health.sight;

import dev.podium.wire.cloud.KnownTopic;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;
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

/// The console's own subscription to the pulse topic: made at the start, taken away at the end. It
/// is made again whenever it ends, and when it falls silent because its topic was deleted. A
/// console hears at least its own message to itself every few seconds.
public final class PulseSubscription {
  private static final Logger LOG = LoggerFactory.getLogger(PulseSubscription.class);
  private static final Duration AGAIN = Duration.ofSeconds(2);

  /// Between two looks at whether anything comes.
  private static final Duration LOOK = Duration.ofSeconds(5);

  /// What is silent for so long may have lost its topic.
  private static final Duration SILENT = Duration.ofSeconds(20);

  /// What is silent for so long is made again in any case.
  private static final Duration USELESS = Duration.ofMinutes(2);

  private final PulseTopic topic;
  private final String name;
  private final Consumer<ReceivedPulse> receiver;
  private final CompletableFuture<Void> closing = new CompletableFuture<>();
  private final Thread thread;
  private final Ticker ticker;
  private final KnownTopic known;
  private final Duration look;
  private volatile long heardNanos;

  /// @param console whose subscription it is
  /// @param receiver told each message, on a thread of the bus
  public PulseSubscription(
      PulseTopic topic, String console, Ticker ticker, Consumer<ReceivedPulse> receiver) {
    this(topic, console, ticker, LOOK, receiver);
  }

  /// @param look between two looks at whether anything comes
  PulseSubscription(
      PulseTopic topic,
      String console,
      Ticker ticker,
      Duration look,
      Consumer<ReceivedPulse> receiver) {
    this.topic = topic;
    this.ticker = ticker;
    this.look = look;
    this.known = new KnownTopic(topic.bus(), topic.topics().pulse());
    this.name = topic.topics().subscription(topic.topics().pulse(), console);
    this.receiver =
        pulse -> {
          heardNanos = ticker.nanos();
          receiver.accept(pulse);
        };
    this.thread = Thread.ofVirtual().name("podium-pulses").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    boolean told = false;
    boolean again = false;
    while (!closing.isDone()) {
      try {
        if (again) {
          // It may be detached or without its topic, and nothing mends that.
          topic.bus().deleteSubscription(name);
        }
        again = true;
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
      boolean replaced = known.isReplaced();
      LOG.debug("Hears the pulse topic, another than before: {}", replaced);
      heardNanos = ticker.nanos();
      CompletableFuture<Object> over = CompletableFuture.anyOf(subscription.ended(), closing);
      boolean goesOn = true;
      while (goesOn) {
        goesOn = !isOver(over) && !isUseless();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      closing.complete(null);
    }
  }

  /// Waits for its end, a while.
  private boolean isOver(CompletableFuture<Object> over) throws InterruptedException {
    try {
      over.get(look.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw PodiumException.in(e)
          .map(RuntimeException.class::cast)
          .orElseGet(() -> new CompletionException(e.getCause()));
    }
  }

  private boolean isUseless() {
    long silent = ticker.nanos() - heardNanos;
    boolean useless = silent > USELESS.toNanos() || (silent > SILENT.toNanos() && known.isGone());
    if (useless) {
      LOG.warn("The heartbeats' subscription brings nothing and is made again");
    }
    return useless;
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
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join(patience);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
