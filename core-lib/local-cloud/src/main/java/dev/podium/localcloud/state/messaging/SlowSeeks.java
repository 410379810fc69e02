package dev.podium.localcloud.state.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/// Seeks that were answered and have not taken effect yet. The service says that this takes up to a
/// minute; until then messages come as before. For the messaging's turn alone.
///
/// Source: https://cloud.google.com/pubsub/docs/replay-overview, "Eventual consistency".
final class SlowSeeks {
  private record Waiting(Instant due, Consumer<Instant> effect) {}

  private final Queue<Waiting> waiting = new ArrayDeque<>();

  /// Lets it take effect now, or after the delay.
  void begin(Duration delay, Instant now, Consumer<Instant> effect) {
    if (delay.isPositive()) {
      waiting.add(new Waiting(now.plus(delay), effect));
    } else {
      effect.accept(now);
    }
  }

  /// Lets all take effect whose time has come.
  void tick(Instant now) {
    waiting.removeIf(one -> {
      boolean due = !now.isBefore(one.due());
      if (due) {
        one.effect().accept(now);
      }
      return due;
    });
  }
}
