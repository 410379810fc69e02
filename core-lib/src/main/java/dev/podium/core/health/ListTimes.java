package dev.podium.core.health;

import java.time.Duration;

/// When Compute Engine's list is read, and how old what it said is.
final class ListTimes {
  private static final Duration HUNG = Duration.ofSeconds(30);

  private final Duration interval;
  private boolean once;
  private boolean reading;
  private long started;
  private boolean soon = true;
  // A list that was asked for before the console slept says nothing of now.
  private int wakes;
  private int readingOfWake;
  private int readOfWake = -1;

  ListTimes(Duration interval) {
    this.interval = interval;
  }

  /// Whether the list was read since the console started or woke.
  boolean fresh() {
    return readOfWake == wakes;
  }

  /// The next one is due now.
  void soon() {
    soon = true;
  }

  void woke() {
    wakes++;
    soon = true;
  }

  /// Whether a call seems never to come back; it is given up, so that it does not stop the list for
  /// good.
  boolean hung(Moment now) {
    boolean hung =
        reading && now.past(started, interval.multipliedBy(2), 1) && now.past(started, HUNG, 1);
    if (hung) {
      reading = false;
    }
    return hung;
  }

  /// Whether it must be read now; the caller then does so.
  boolean due(Moment now) {
    if (reading || !(soon || readOfWake < 0 || now.past(started, interval, 1))) {
      return false;
    }
    reading = true;
    soon = false;
    started = now.nanos();
    readingOfWake = wakes;
    return true;
  }

  /// It came back.
  ///
  /// @return whether one had come back before
  boolean came() {
    boolean before = once;
    once = true;
    reading = false;
    readOfWake = readingOfWake;
    return before;
  }

  /// It did not come back.
  void failed() {
    reading = false;
  }
}
