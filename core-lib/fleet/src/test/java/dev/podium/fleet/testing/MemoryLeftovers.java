package dev.podium.fleet.testing;

import dev.podium.fleet.cloud.Leftovers;
import dev.podium.fleet.model.Disk;
import dev.podium.fleet.model.VmSubscription;
import dev.podium.wire.model.PodiumException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Disks and subscriptions in lists, which a test fills.
public final class MemoryLeftovers implements Leftovers {
  public final List<Disk> disks = new CopyOnWriteArrayList<>();
  public final List<VmSubscription> subscriptions = new CopyOnWriteArrayList<>();
  private volatile boolean down;
  private volatile Runnable beforeNextRead = () -> {};
  private final Set<UUID> failed = ConcurrentHashMap.newKeySet();
  private volatile boolean failing;
  private final AtomicInteger reads = new AtomicInteger();

  /// While it is down, every call fails.
  public void down(boolean now) {
    down = now;
  }

  /// While it fails, each deletion of a disk is accepted and then fails, as do its repeats later.
  public void failing(boolean now) {
    failing = now;
  }

  /// Forgets what was read so far.
  public void countFromHere() {
    reads.set(0);
  }

  /// Does this when everything was read once and is read for the second time.
  public void onSecondRead(Runnable change) {
    beforeNextRead = change;
  }

  @Override
  public List<Disk> disks(String fleet) {
    requireUp();
    if (reads.incrementAndGet() == 2) {
      beforeNextRead.run();
    }
    return List.copyOf(disks);
  }

  @Override
  public List<VmSubscription> subscriptions(String fleet) {
    requireUp();
    return List.copyOf(subscriptions);
  }

  @Override
  public List<String> orphanedSubscriptions(String fleet) {
    requireUp();
    return List.of();
  }

  @Override
  public void deleteDisk(Disk disk, UUID requestId) {
    requireUp();
    if (failing) {
      failed.add(requestId);
    }
    if (failed.contains(requestId)) {
      throw new PodiumException.CloudFailed("The disk", "is still in use", "Ask again.", null);
    }
    disks.remove(disk);
  }

  @Override
  public void deleteSubscription(VmSubscription subscription) {
    requireUp();
    subscriptions.remove(subscription);
  }

  private void requireUp() {
    if (down) {
      throw new PodiumException.Unavailable(
          "The disks cannot be listed", "the cloud does not answer", "Wait.", null);
    }
  }

  @Override
  public void close() {}
}
