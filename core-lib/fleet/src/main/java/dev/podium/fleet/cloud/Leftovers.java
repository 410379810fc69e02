package dev.podium.fleet.cloud;

import dev.podium.fleet.model.Disk;
import dev.podium.fleet.model.VmSubscription;
import java.util.List;
import java.util.UUID;

/// What a fleet has in the cloud beside its VMs, and can leave behind there: disks, and the
/// subscriptions that VMs made for themselves. All methods may be called from any thread and block;
/// all throw `PodiumException`.
public interface Leftovers extends AutoCloseable {
  /// Every disk that carries the fleet's label, in all zones, attached or not.
  List<Disk> disks(String fleet);

  /// Every subscription that carries the fleet's label and names its VM. One whose labels are not
  /// in the form that Podium writes is not among them.
  List<VmSubscription> subscriptions(String fleet);

  /// The names of all subscriptions of the fleet, of consoles and VMs alike, whose topic was
  /// deleted. Nothing comes to them any more, even if a topic of that name is made again.
  List<String> orphanedSubscriptions(String fleet);

  /// Deletes a disk and returns when it is gone. One that is no more is success; one that a VM has
  /// by now is refused by the cloud itself.
  ///
  /// @param requestId makes a repeat of the same request harmless
  void deleteDisk(Disk disk, UUID requestId);

  /// Deletes a subscription; one that is no more is success.
  void deleteSubscription(VmSubscription subscription);

  @Override
  void close();
}
