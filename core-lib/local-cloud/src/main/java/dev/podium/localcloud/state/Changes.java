package dev.podium.localcloud.state;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Wakes those who wait for the state to change. Any thread may call.
public final class Changes {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long revision;

  public void signal() {
    lock.lock();
    try {
      revision++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Rises with every change. Take it before reading the state, to miss nothing afterwards.
  public long revision() {
    lock.lock();
    try {
      return revision;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until something has changed since `seen`, or for `longest`; says whether it has.
  public boolean awaitAfter(long seen, Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    lock.lockInterruptibly();
    try {
      while (revision == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
      return revision != seen;
    } finally {
      lock.unlock();
    }
  }
}
