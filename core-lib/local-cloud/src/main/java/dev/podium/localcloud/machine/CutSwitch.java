package dev.podium.localcloud.machine;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Cuts all wires of a machine at once, or joins them again. Any thread may call.
public final class CutSwitch {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean cut;

  /// Whether they are cut.
  public boolean isCut() {
    return cut;
  }

  /// Cuts them or joins them.
  public void set(boolean nowCut) {
    lock.lock();
    try {
      cut = nowCut;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Returns at once while the wires are joined, and else when they are again.
  ///
  /// @throws InterruptedException if the thread is interrupted
  public void awaitJoined() throws InterruptedException {
    if (!cut) {
      return;
    }
    lock.lockInterruptibly();
    try {
      while (cut) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
