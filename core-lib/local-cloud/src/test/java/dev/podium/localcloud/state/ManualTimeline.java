package dev.podium.localcloud.state;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/// A time that a test moves by hand, on its own thread.
public final class ManualTimeline implements Timeline {
  private record Step(Instant due, long order, Runnable action) implements Comparable<Step> {
    @Override
    public int compareTo(Step other) {
      int byTime = due.compareTo(other.due);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Step> steps = new PriorityQueue<>();
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private long count;

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void after(Duration delay, Runnable action) {
    steps.add(new Step(now.plus(delay), count++, action));
  }

  /// Lets everything happen that is due within `duration`, each at its time.
  public void pass(Duration duration) {
    Instant end = now.plus(duration);
    while (!steps.isEmpty() && !steps.peek().due().isAfter(end)) {
      Step step = steps.remove();
      now = step.due();
      step.action().run();
    }
    now = end;
  }
}
