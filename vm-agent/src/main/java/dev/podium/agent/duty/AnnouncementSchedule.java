package dev.podium.agent.duty;

import dev.podium.wire.cloud.Backoff;
import java.time.Duration;
import java.util.OptionalLong;

/// When this VM shows its key next: soon after it was asked, and not too often, whoever asks. A
/// pure decision over moments that its caller reads. Not for more than one thread.
final class AnnouncementSchedule {
  static final Duration APART = Duration.ofSeconds(2);

  /// A console that asks all VMs of a big fleet is not answered by all at once.
  static final Duration SPREAD = Duration.ofSeconds(2);

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0.25);

  private OptionalLong due = OptionalLong.empty();
  private OptionalLong last = OptionalLong.empty();
  private int failures;

  /// It is to be shown.
  ///
  /// @param wait from now on
  void ask(long nowNanos, Duration wait) {
    long wanted = nowNanos + wait.toNanos();
    if (last.isPresent()) {
      long allowed = last.getAsLong() + APART.toNanos();
      wanted = wanted - allowed < 0 ? allowed : wanted;
    }
    if (due.isEmpty() || wanted - due.getAsLong() < 0) {
      due = OptionalLong.of(wanted);
    }
  }

  /// How long until it is due; empty if nobody asked.
  OptionalLong left(long nowNanos) {
    return due.isEmpty() ? due : OptionalLong.of(Math.max(0, due.getAsLong() - nowNanos));
  }

  /// It is being shown now.
  void begun(long nowNanos) {
    due = OptionalLong.empty();
    last = OptionalLong.of(nowNanos);
  }

  void succeeded() {
    failures = 0;
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
