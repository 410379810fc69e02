package dev.podium.fleet.acceptance;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.Leftovers;
import dev.podium.fleet.cloud.VmList;
import dev.podium.fleet.model.Disk;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmSubscription;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.CountText;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/// Removes whatever acceptance runs made: their VMs, disks, subscriptions and topics, and nothing
/// else. Blocks; may be asked again and again.
///
/// @param compute whose VMs carry the runs' label
public record AcceptanceCleanup(ComputeCloud compute, Leftovers leftovers, MessageBus bus) {
  private static final FleetTopics TOPICS = new FleetTopics(AcceptanceRun.FLEET);

  /// Asks for the end of every VM, and waits for none.
  ///
  /// @return their deletions
  public List<ComputeCloud.Started> begin() {
    List<ComputeCloud.Started> begun = new ArrayList<>();
    for (Vm vm : compute.list(AcceptanceRun.FLEET).vms()) {
      begun.add(compute.delete(vm.zone(), vm.name(), UUID.randomUUID()));
    }
    return begun;
  }

  /// Removes everything, and says what there was.
  ///
  /// @throws PodiumException if something is still there, or could not be looked for
  public String run() {
    int vms = ended(begin());
    VmList left = compute.list(AcceptanceRun.FLEET);
    if (!left.vms().isEmpty() || !left.unreached().isEmpty()) {
      throw new PodiumException.CloudFailed(
          "Not all was removed",
          CountText.vms(left.vms().size())
              + " of an acceptance run left"
              + left.unreachedInWords().map(zones -> ", and " + zones + " not reached").orElse(""),
          "Run 'podium acceptance --clean' again; a VM ends by itself within 20 minutes.",
          null);
    }
    List<Disk> disks = leftovers.disks(AcceptanceRun.FLEET);
    disks.forEach(disk -> leftovers.deleteDisk(disk, UUID.randomUUID()));
    List<VmSubscription> subscriptions = leftovers.subscriptions(AcceptanceRun.FLEET);
    subscriptions.forEach(leftovers::deleteSubscription);
    bus.deleteTopic(TOPICS.chat());
    bus.deleteTopic(TOPICS.pulse());
    leftovers.orphanedSubscriptions(AcceptanceRun.FLEET).forEach(bus::deleteSubscription);
    return vms + disks.size() + subscriptions.size() == 0
        ? "there was nothing to remove"
        : "removed: "
            + CountText.vms(vms)
            + ", "
            + CountText.of(disks.size(), "disk")
            + ", "
            + CountText.of(subscriptions.size(), "subscription")
            + " and the topics";
  }

  private static int ended(List<ComputeCloud.Started> deletions) {
    for (ComputeCloud.Started deletion : deletions) {
      try {
        deletion.done().join();
      } catch (CompletionException failed) {
        throw PodiumException.in(failed).orElseThrow(() -> failed);
      }
    }
    return deletions.size();
  }
}
