package dev.podium.agent.bridge;

import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Watches the way that people's messages go. Now and then a marker goes out through a room's
/// queue. It has to come back by this VM's own subscription, to where messages are shown.
/// Heartbeats take another topic, and say nothing of this one. May be used from any thread.
public final class PathCheck {
  /// From one marker that came back to the next. A fleet of 100 VMs sends seven a second.
  static final Duration EVERY = Duration.ofSeconds(15);

  /// How long a marker may take. People who wait longer for their own words say them again.
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /// What takes longer than this is worth a look at the topic.
  static final Duration LATE = Duration.ofSeconds(3);

  /// After one that did not come back.
  static final Duration AGAIN = Duration.ofSeconds(2);

  /// So many in a row that do not come back call for a new subscription, whatever is known of the
  /// topic: about a minute.
  private static final int SILENT = 5;

  private final Way way;
  private final Ticker ticker;
  private final Consumer<Finding> told;
  private boolean up;
  private boolean underWay;
  private boolean late;
  private long sentNanos;
  private long dueNanos;
  private int failures;

  /// Counts the subscriptions: what was sent for an earlier one says nothing.
  private int number;

  /// @param told what came of a marker; returns at once
  public PathCheck(Way way, Ticker ticker, Consumer<Finding> told) {
    this.way = way;
    this.ticker = ticker;
    this.told = told;
  }

  /// The way out and back.
  @FunctionalInterface
  public interface Way {
    /// Sends a marker.
    ///
    /// @param arrived told when it came back, or why it did not
    void send(Duration patience, Consumer<@Nullable Throwable> arrived);
  }

  /// What came of a marker.
  public sealed interface Finding {
    /// It came back.
    record Came() implements Finding {}

    /// It has not yet, and that is unusual.
    record Late() implements Finding {}

    /// It did not.
    ///
    /// @param why a sentence without its full stop
    /// @param forLong whether for so long that only a new subscription can help
    record Lost(String why, boolean forLong) implements Finding {}
  }

  /// The subscription has brought all that was said before.
  public synchronized void begin() {
    number++;
    up = true;
    underWay = false;
    failures = 0;
    dueNanos = ticker.nanos() + EVERY.toNanos();
  }

  /// The subscription has ended.
  public synchronized void end() {
    number++;
    up = false;
  }

  /// Sends a marker if one is due; to be called every second.
  public void look() {
    if (becomesLate()) {
      told.accept(new Finding.Late());
    }
    OptionalInt sent = becomesDue();
    if (sent.isPresent()) {
      way.send(PATIENCE, failure -> arrived(sent.getAsInt(), failure));
    }
  }

  private synchronized boolean becomesLate() {
    boolean becomes = underWay && !late && ticker.nanos() - sentNanos > LATE.toNanos();
    late |= becomes;
    return becomes;
  }

  private synchronized OptionalInt becomesDue() {
    if (!up || underWay || ticker.nanos() - dueNanos < 0) {
      return OptionalInt.empty();
    }
    underWay = true;
    late = false;
    sentNanos = ticker.nanos();
    return OptionalInt.of(number);
  }

  private void arrived(int sent, @Nullable Throwable failure) {
    Finding finding;
    synchronized (this) {
      if (sent != number) {
        return;
      }
      underWay = false;
      failures = failure == null ? 0 : failures + 1;
      dueNanos = ticker.nanos() + (failure == null ? EVERY : AGAIN).toNanos();
      finding =
          failure == null
              ? new Finding.Came()
              : new Finding.Lost(sentence(failure), failures % SILENT == 0);
    }
    told.accept(finding);
  }

  private static String sentence(Throwable failure) {
    return PodiumException.in(failure)
        .map(PodiumException::sentence)
        .orElse(
            "what this VM says on the chat topic has not come back for "
                + PATIENCE.toSeconds()
                + " s");
  }
}
