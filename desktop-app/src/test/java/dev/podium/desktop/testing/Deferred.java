package dev.podium.desktop.testing;

import java.util.ArrayDeque;
import java.util.Deque;

/// As [SameThread], but work in the background waits until the test lets it run.
public final class Deferred extends SameThread {
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  @Override
  public void inBackground(Runnable work) {
    waiting.add(work);
  }

  /// Runs what waits, and what comes of it.
  public void run() {
    while (!waiting.isEmpty()) {
      waiting.poll().run();
    }
  }
}
