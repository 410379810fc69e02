package dev.podium.agent.duty;

import dev.podium.wire.cloud.Backoff;
import java.time.Duration;
import java.util.OptionalLong;

/// When this VM shows its key next: soon after it was asked, and not too often, whoever asks. It is
/// shown again each minute until a roster lists it. What was shown may be lost with its topic, and
/// who does not hear cannot be asked. A pure decision over moments that its caller reads. Not for
/// more than one thread.
final class AnnouncementSchedule {
  static final Duration APART = Duration.ofSeconds(2);

  /// A console that asks all VMs of a big fleet is not answered by all at once.
  static final Duration SPREAD = Duration.ofSeconds(2);

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0.25);

  /// Long before a console takes a VM that it does not believe for dead.
  static final Duration UNTIL_LISTED = Duration.ofMinutes(1);

  private OptionalLong due = OptionalLong.empty();
  private boolean asked;
  private OptionalLong last = OptionalLong.empty();
  private int failures;

  /// It is to be shown.
  ///
  /// @param wait from now on
  void ask(long nowNanos, Duration wait) {
    asked = true;
    showIn(nowNanos, wait);
  }

  private void showIn(long nowNanos, Duration wait) {
    long wanted = nowNanos + wait.toNanos();
    if (last.isPresent()) {
      long allowed = last.getAsLong() + APART.toNanos();
      wanted = wanted - allowed < 0 ? allowed : wanted;
    }
    if (due.isEmpty() || wanted - due.getAsLong() < 0) {
      due = OptionalLong.of(wanted);
    }
  }

  /// How long until it is due; empty if it is not.
  OptionalLong left(long nowNanos) {
    return due.isEmpty() ? due : OptionalLong.of(Math.max(0, due.getAsLong() - nowNanos));
  }

  /// Whether a roster that lists the key makes it needless to show it.
  boolean isForRoster() {
    return !asked;
  }

  /// It is not to be shown for now.
  void drop() {
    due = OptionalLong.empty();
  }

  /// It is being shown now.
  void begun(long nowNanos) {
    asked = false;
    due = OptionalLong.empty();
    last = OptionalLong.of(nowNanos);
  }

  /// It was shown. Nobody knows yet whether a console read it.
  void succeeded(long nowNanos) {
    failures = 0;
    if (due.isEmpty()) {
      showIn(nowNanos, UNTIL_LISTED);
    }
  }

  /// It was not shown, and is tried again after a pause.
  ///
  /// @param chance random, 0 to 1
  /// @return whether this is the first failure in a row
  boolean failed(long nowNanos, double chance) {
    failures++;
    ask(nowNanos, BACKOFF.after(failures, chance));
    return failures == 1;
  }
}
