package dev.podium.fleet.health.sight;

import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.wire.cloud.ClockReading;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// When Compute Engine's list is read, and how old what it said is.
public final class ListTimes {
  private static final Duration HUNG = Duration.ofSeconds(30);

  /// So many failures in a row are no accident.
  private static final int TROUBLE = 2;

  private final Duration interval;
  private final Duration gap;
  private final Duration settling;
  private int failed;
  private int inARow;
  private String why = "";
  private boolean once;
  private long last;
  private long asked;
  private long steadySince;
  private boolean reading;
  private long started;
  private boolean soon = true;
  // A list that was asked for before the console slept says nothing of now.
  private int wakes;
  private int readingOfWake;
  private int readOfWake = -1;
  private boolean firstOfWake;
  private Set<String> unreached = Set.of();

  /// Zones that no list has shown since the console started or woke.
  private Set<String> unseen = Set.of();

  /// @param limits whose list's interval, silence that condemns and pause between deletions count:
  ///   no VM comes, dies and is ended in less than that silence
  ListTimes(HealthLimits limits) {
    this.interval = limits.watching().list();
    Duration silence = limits.silence().condemned();
    Duration some = interval.multipliedBy(3);
    this.gap = silence.compareTo(some) > 0 ? silence : some;
    this.settling = limits.ends().every();
  }

  /// Whether the list was read since the console started or woke.
  public boolean fresh() {
    return readOfWake == wakes;
  }

  /// Whether it was ever read.
  public boolean once() {
    return once;
  }

  /// Zones that did not answer when it was read last.
  public Set<String> unreached() {
    return unreached;
  }

  /// It came back without these zones.
  ///
  /// @return those that were missing before
  public Set<String> cameWithout(Set<String> zones) {
    Set<String> before = unreached;
    Set<String> left = new HashSet<>(firstOfWake ? zones : unseen);
    left.retainAll(zones);
    unseen = Set.copyOf(left);
    unreached = zones;
    return before;
  }

  /// Zones that it never showed since the console started or woke: what was ended there before
  /// nobody knows.
  public Set<String> unseen() {
    return unseen;
  }

  /// Why it cannot be read at present, in sentences, if that is worth a word.
  public Optional<String> trouble() {
    if (!once) {
      return inARow > 0 ? Optional.of(why) : Optional.empty();
    }
    return inARow >= TROUBLE
        ? Optional.of(why + " What you see may be out of date.")
        : Optional.empty();
  }

  /// When the newest that came back was asked for, monotonic nanoseconds; meaningless before the
  /// first.
  public long asked() {
    return asked;
  }

  /// Whether nobody can have ended a VM for its health of late without this console's notice. While
  /// the list stayed away, one may have come, died and been ended; whoever then ends another must
  /// keep the pause all the same.
  public boolean steady(ClockReading now) {
    return once && !now.past(last, gap, 1) && now.past(steadySince, settling, 1);
  }

  /// The next one is due now.
  public void dueNow() {
    soon = true;
  }

  void woke() {
    wakes++;
    soon = true;
  }

  /// How many reads failed since this was last asked.
  int failures() {
    int failures = failed;
    failed = 0;
    return failures;
  }

  /// A call that seems never to come back is given up, so that it does not stop the list for good.
  private void giveUp(ClockReading now) {
    if (reading && now.past(started, interval.multipliedBy(2), 1) && now.past(started, HUNG, 1)) {
      failed("The VMs cannot be listed: the cloud does not answer. Look at your network.");
    }
  }

  /// Whether it must be read now; the caller then does so.
  public boolean due(ClockReading now) {
    giveUp(now);
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
  public boolean succeeded(ClockReading now) {
    boolean before = once;
    if (!once || now.past(last, gap, 1)) {
      steadySince = now.nanos();
    }
    last = now.nanos();
    asked = started;
    once = true;
    reading = false;
    inARow = 0;
    firstOfWake = readOfWake != readingOfWake;
    readOfWake = readingOfWake;
    return before;
  }

  /// It did not come back.
  ///
  /// @param because sentences
  public void failed(String because) {
    reading = false;
    inARow++;
    why = because;
    failed++;
  }

  /// One VM could not be read.
  public void readFailed() {
    failed++;
  }
}
