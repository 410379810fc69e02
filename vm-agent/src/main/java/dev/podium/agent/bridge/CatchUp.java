package dev.podium.agent.bridge;

import dev.podium.wire.cloud.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Knows when everything has come that was published before this VM's marker.
///
/// Pub/Sub keeps order within one ordering key only, so the marker may overtake messages of some
/// rooms. After it has come, messages older than it must have stopped coming for a moment. And each
/// room of which anything old came must be shown to be complete, by a marker in the room.
final class CatchUp {
  /// A marker that was lost is set again.
  private static final Duration MARKER_PATIENCE = Duration.ofSeconds(5);

  /// Somebody may name any number of rooms on the topic, and a marker in each takes its time. Of
  /// more rooms than these the VM keeps no history that could be incomplete: the latest count.
  static final int MOST_ROOMS = 1_024;

  private final Ticker ticker;
  private @Nullable Instant markerPublished;
  private long lastOldNanos;

  /// The longest silent first.
  private final SequencedSet<String> oldRooms = new LinkedHashSet<>();

  CatchUp(Ticker ticker) {
    this.ticker = ticker;
  }

  synchronized void markerCame(Instant published) {
    if (markerPublished == null) {
      markerPublished = published;
      lastOldNanos = ticker.nanos();
      notifyAll();
    }
  }

  synchronized void messageCame(String room, Instant published) {
    if (markerPublished == null || !published.isAfter(markerPublished)) {
      lastOldNanos = ticker.nanos();
      oldRooms.addLast(room);
      if (oldRooms.size() > MOST_ROOMS) {
        oldRooms.removeFirst();
      }
    }
  }

  /// The rooms of which something older than the marker came since this was last asked, or since
  /// the subscription began; at most [#MOST_ROOMS].
  synchronized Set<String> takeOldRooms() {
    Set<String> taken = Set.copyOf(oldRooms);
    oldRooms.clear();
    return taken;
  }

  /// A new subscription has to show anew that everything comes.
  synchronized void begin() {
    markerPublished = null;
    lastOldNanos = ticker.nanos();
    oldRooms.clear();
  }

  /// Returns too when the subscription has ended: nothing more will come of it.
  ///
  /// @param setMarker publishes the marker
  void await(
      Duration quiet, CompletableFuture<Void> ended, Supplier<CompletableFuture<String>> setMarker)
      throws InterruptedException {
    CompletableFuture<Boolean> over = ended.handle((nothing, failure) -> true);
    // Dependents run after their source is done, so whoever wakes finds it done.
    CompletableFuture<Void> woken = over.thenAccept(done -> wake());
    await(quiet, setMarker, over);
    assert woken != null;
  }

  private synchronized void wake() {
    notifyAll();
  }

  private synchronized void await(
      Duration quiet,
      Supplier<CompletableFuture<String>> setMarker,
      CompletableFuture<Boolean> ended)
      throws InterruptedException {
    while (markerPublished == null && !ended.isDone()) {
      CompletableFuture<String> set = setMarker.get();
      long until = ticker.nanos() + MARKER_PATIENCE.toNanos();
      while (markerPublished == null && !ended.isDone() && !set.isCompletedExceptionally()) {
        long left = until - ticker.nanos();
        if (left <= 0) {
          break;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      if (set.isCompletedExceptionally()) {
        TimeUnit.SECONDS.timedWait(this, 1);
      }
    }
    for (long left = quietLeft(quiet); left > 0 && !ended.isDone(); left = quietLeft(quiet)) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private long quietLeft(Duration quiet) {
    return quiet.toNanos() - (ticker.nanos() - lastOldNanos);
  }
}
