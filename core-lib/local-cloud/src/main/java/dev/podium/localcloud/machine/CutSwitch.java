package dev.podium.localcloud.machine;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Cuts all wires of a machine at once, or joins them again. Any thread may call.
final class CutSwitch {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean cut;

  boolean isCut() {
    return cut;
  }

  void set(boolean nowCut) {
    lock.lock();
    try {
      cut = nowCut;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Returns at once while the wires are joined, and else when they are again.
  void awaitJoined() throws InterruptedException {
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
