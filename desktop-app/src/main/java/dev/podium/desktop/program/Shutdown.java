package dev.podium.desktop.program;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stops what was started, the last part first. Each part has what is left of the time, and one
/// that fails or hangs does not keep the others up.
///
/// Parts are added as they start, so that a stop half-way through a start leaves nothing behind.
/// All methods may be called from any thread.
public final class Shutdown implements AutoCloseable {
  /// Scripts count on 5 s from the signal to the end of the process; the JVM's own end takes some.
  static final Duration LIMIT = Duration.ofMillis(4_500);

  private final Deque<Part> parts = new ArrayDeque<>();
  private final List<String> failures = new ArrayList<>();
  private final CountDownLatch done = new CountDownLatch(1);
  private boolean started;
  private boolean serving;

  /// Adds a part that has just started. If the stop has begun already, the part is stopped at once
  /// and the start ends here.
  ///
  /// @throws IllegalStateException if the stop has begun
  public <T extends AutoCloseable> T add(String name, T part) {
    synchronized (this) {
      if (!started) {
        parts.push(new Part(name, part));
        return part;
      }
    }
    stop(new Part(name, part), LIMIT.toNanos());
    throw new IllegalStateException("Podium is being stopped.");
  }

  /// Stops a part before the others and forgets it.
  public void drop(AutoCloseable part) {
    @Nullable Part found;
    synchronized (this) {
      found = parts.stream().filter(each -> each.closeable.equals(part)).findFirst().orElse(null);
      parts.remove(found);
    }
    if (found != null) {
      stop(found, LIMIT.toNanos());
    }
  }

  /// From now on the process is there to be stopped: a signal that stops it is its proper end.
  public synchronized void serve() {
    serving = true;
  }

  /// Whether being stopped is the proper end of what runs, and not the end of work half done.
  public synchronized boolean serving() {
    return serving && !parts.isEmpty();
  }

  /// Stops all parts. Whoever calls it second waits for the first.
  @Override
  public void close() {
    if (begin()) {
      long end = System.nanoTime() + LIMIT.toNanos();
      for (Part part = next(); part != null; part = next()) {
        stop(part, end - System.nanoTime());
      }
      done.countDown();
    }
    await(done, LIMIT.toNanos());
  }

  /// What did not stop as it should, one sentence each; empty after a clean stop.
  public synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  private synchronized boolean begin() {
    boolean first = !started;
    started = true;
    return first;
  }

  private synchronized @Nullable Part next() {
    return parts.poll();
  }

  private void stop(Part part, long nanos) {
    CountDownLatch stopped = new CountDownLatch(1);
    // A thread of its own, because a part that hangs must not keep the others up.
    Thread.ofPlatform()
        .daemon()
        .name("stop " + part.name)
        .start(() -> {
          try {
            part.closeable.close();
          } catch (Exception failure) {
            // Whatever a part throws, the parts below it must still be stopped.
            fail(part.name + " did not stop cleanly: " + failure);
          } finally {
            stopped.countDown();
          }
        });
    if (!await(stopped, Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(100)))) {
      fail(part.name + " did not stop in time");
    }
  }

  private synchronized void fail(String sentence) {
    failures.add(sentence);
  }

  private static boolean await(CountDownLatch latch, long nanos) {
    try {
      return latch.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private record Part(String name, AutoCloseable closeable) {}
}
