package dev.podium.agent;

import dev.podium.agent.duty.SelfCheck;
import dev.podium.wire.cloud.Backoff;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.model.AccessProblem;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One of this VM's subscriptions. It is brought up, and again whenever it ends, or is found to
/// bring nothing any more, until the agent ends. May be used from any thread.
final class KeptSubscription {
  private static final Logger LOG = LoggerFactory.getLogger(KeptSubscription.class);

  /// Spread, because a fleet's VMs lose Pub/Sub in the same moment.
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(10), 0.25);

  private final String topic;
  private final Steps steps;
  private final SelfCheck selfCheck;
  private final BooleanSupplier agentClosed;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile Optional<MessageBus.Subscription> running = Optional.empty();

  /// @param topic by the name that [SelfCheck] knows it by
  KeptSubscription(String topic, Steps steps, SelfCheck selfCheck, BooleanSupplier agentClosed) {
    this.topic = topic;
    this.steps = steps;
    this.selfCheck = selfCheck;
    this.agentClosed = agentClosed;
  }

  /// What is done for it; each blocks.
  interface Steps {
    /// Subscribes, leaving what was there before.
    MessageBus.Subscription subscribe();

    /// What follows; returns too when it has ended.
    void up(MessageBus.Subscription subscription) throws InterruptedException;

    /// It has ended.
    void down();

    /// Whether its topic was deleted, though perhaps made again.
    boolean topicIsGone();

    /// Takes in what the subscription of a deleted topic still holds, before it is left.
    void drain(MessageBus.Subscription subscription) throws InterruptedException;
  }

  /// Begins, on a thread of its own.
  void start() {
    Thread.ofVirtual().name(topic).start(this::keep);
  }

  /// Nothing came back of late. If the topic is another one by now, the subscription is made anew.
  /// Returns at once; the look at the topic goes on.
  ///
  /// @param anyway whether it is to be made anew in any case
  void suspect(boolean anyway) {
    if (running.isPresent() && looking.compareAndSet(false, true)) {
      Thread.ofVirtual()
          .name(topic + " look")
          .start(() -> {
            try {
              look(anyway);
            } catch (InterruptedException stop) {
              Thread.currentThread().interrupt();
            } finally {
              looking.set(false);
            }
          });
    }
  }

  private void look(boolean anyway) throws InterruptedException {
    MessageBus.Subscription suspected = running.orElse(null);
    boolean gone = suspected != null && steps.topicIsGone();
    if (suspected == null || !(gone || anyway)) {
      return;
    }
    LOG.warn(
        "The {} topic: {}; subscribing again",
        topic,
        gone ? "it was deleted" : "nothing came of it for a minute");
    if (gone) {
      steps.drain(suspected);
    }
    suspected.close();
  }

  private void keep() {
    int failures = 0;
    while (!agentClosed.getAsBoolean()) {
      try {
        MessageBus.Subscription subscription = steps.subscribe();
        running = Optional.of(subscription);
        steps.up(subscription);
        failures = 0;
        subscription.ended().join();
        failed("the " + topic + " subscription ended");
      } catch (PodiumException refused) {
        failed(refused.sentence(), refused.accessProblem());
      } catch (RuntimeException ended) {
        // Whatever ended the subscription, only a new one brings messages again; were this thread
        // to end, the VM would stay deaf for good.
        failed(
            "the " + topic + " subscription ended: " + ended.getMessage(),
            PodiumException.in(ended).flatMap(PodiumException::accessProblem));
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        running = Optional.empty();
        steps.down();
      }
      double chance = ThreadLocalRandom.current().nextDouble();
      LockSupport.parkNanos(BACKOFF.after(++failures, chance).toNanos());
    }
  }

  private void failed(String sentence) {
    failed(sentence, Optional.empty());
  }

  private void failed(String sentence, Optional<AccessProblem> access) {
    if (!agentClosed.getAsBoolean()) {
      LOG.warn("The {} topic: {}", topic, sentence);
      selfCheck.busFailed(topic, sentence, access);
    }
  }
}
