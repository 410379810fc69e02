package dev.podium.agent.duty;

import dev.podium.wire.cloud.Ticker;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows this VM's key to the consoles, with a fresh token of its metadata server. It does so when
/// the pulse topic is there, and whenever a console asks. What fails is tried again, and nothing
/// waits for it. May be used from any thread.
public final class Announcer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

  /// A token that was read before the topic was there is still fresh.
  private static final Duration FRESH = Duration.ofSeconds(30);

  private static final Duration PUBLISHING = Duration.ofSeconds(60);

  private final Supplier<String> token;
  private final Function<String, CompletableFuture<String>> publish;
  private final BooleanSupplier listed;
  private final Ticker ticker;
  private final AnnouncementSchedule schedule = new AnnouncementSchedule();
  private final AtomicReference<@Nullable Ready> ahead = new AtomicReference<>();
  private final Thread thread;

  /// @param token reads a fresh one; blocks
  /// @param publish shows the key with that token
  /// @param listed whether the VM's roster has the key
  public Announcer(
      Supplier<String> token,
      Function<String, CompletableFuture<String>> publish,
      BooleanSupplier listed,
      Ticker ticker) {
    this.token = token;
    this.publish = publish;
    this.listed = listed;
    this.ticker = ticker;
    this.thread = Thread.ofVirtual().name("announcement").unstarted(this::run);
  }

  /// Reads the first token, that the first announcement need not wait for it.
  public void start() {
    thread.start();
  }

  /// The pulse topic is there: shows the key at once if the token has come, else soon. Returns at
  /// once.
  @SuppressWarnings("FutureReturnValueIgnored") // Both ways to end are handled.
  public void topicIsUp() {
    Ready ready = ahead.getAndSet(null);
    if (ready == null || ticker.nanos() - ready.atNanos > FRESH.toNanos()) {
      ask(Duration.ZERO);
      return;
    }
    synchronized (this) {
      schedule.begun(ticker.nanos());
    }
    publish.apply(ready.token).whenComplete((id, failure) -> told(failure));
  }

  /// A console wants to see it.
  ///
  /// @param all whether it asked all VMs
  public void wanted(boolean all) {
    double chance = all ? ThreadLocalRandom.current().nextDouble() : 0;
    ask(Duration.ofNanos((long) (AnnouncementSchedule.SPREAD.toNanos() * chance)));
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private synchronized void ask(Duration wait) {
    schedule.ask(ticker.nanos(), wait);
    notifyAll();
  }

  private void run() {
    try {
      ahead.set(new Ready(token.get(), ticker.nanos()));
    } catch (RuntimeException failure) {
      LOG.debug("No identity token yet", failure); // Asked for again when it is needed.
    }
    try {
      while (!Thread.currentThread().isInterrupted()) {
        awaitTurn();
        announce();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void awaitTurn() throws InterruptedException {
    for (OptionalLong left = schedule.left(ticker.nanos());
        left.isEmpty() || left.getAsLong() > 0 || isNeedless();
        left = schedule.left(ticker.nanos())) {
      if (left.isPresent() && left.getAsLong() == 0) {
        // Due only for a roster that has it by now.
        schedule.drop();
      } else if (left.isEmpty()) {
        wait();
      } else {
        TimeUnit.NANOSECONDS.timedWait(this, left.getAsLong());
      }
    }
    schedule.begun(ticker.nanos());
  }

  private boolean isNeedless() {
    return schedule.isForRoster() && listed.getAsBoolean();
  }

  private void announce() {
    try {
      publish
          .apply(token.get())
          .orTimeout(PUBLISHING.toSeconds(), TimeUnit.SECONDS)
          .handle((id, failure) -> {
            told(failure);
            return id;
          })
          .join();
    } catch (RuntimeException failure) {
      told(failure);
    }
  }

  private synchronized void told(@Nullable Throwable failure) {
    if (failure == null) {
      schedule.succeeded(ticker.nanos());
      notifyAll();
      return;
    }
    double chance = ThreadLocalRandom.current().nextDouble();
    if (schedule.failed(ticker.nanos(), chance)) {
      LOG.warn("The VM's key was not shown and will be again: {}", failure.getMessage());
    }
    notifyAll();
  }

  private record Ready(String token, long atNanos) {}
}
