package dev.podium.desktop.ending;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;

/// What was asked for and can still be taken back.
public final class PendingEnd {
  private final EndRequest request;
  private long dueMillis;
  private final ReadOnlyIntegerWrapper secondsLeft = new ReadOnlyIntegerWrapper();

  PendingEnd(EndRequest request, long nowMillis, long graceMillis) {
    this.request = request;
    this.dueMillis = nowMillis + graceMillis;
    countDown(nowMillis);
  }

  /// What was asked for.
  public EndRequest request() {
    return request;
  }

  /// Seconds until the request goes out, rounded up; 0 once it is due.
  public ReadOnlyIntegerProperty secondsLeft() {
    return secondsLeft.getReadOnlyProperty();
  }

  /// Moves the end of the countdown away, for as long as it stood still.
  void postpone(long millis) {
    dueMillis += millis;
  }

  /// Moves the countdown on.
  ///
  /// @return whether it is due
  boolean countDown(long nowMillis) {
    long left = Math.max(0, dueMillis - nowMillis);
    secondsLeft.set((int) ((left + 999) / 1_000));
    return left == 0;
  }
}
