package dev.podium.fleet.cloud;

import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmSpec;
import dev.podium.fleet.model.offer.MachineType;
import dev.podium.fleet.model.offer.PriceList;
import dev.podium.fleet.model.offer.RegionQuota;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/// Virtual machines on demand. All methods may be called from any thread and block; all throw
/// `PodiumException`.
public interface ComputeCloud extends AutoCloseable {
  /// Every VM that carries the fleet's label, in all zones that answer, read page by page.
  VmList list(String fleet);

  /// The VM as it is now, or nothing if the cloud knows none of that name in the zone.
  Optional<Vm> get(String zone, VmName name);

  /// Asks for a VM. Returns when the cloud accepted the request; a refusal is thrown. A failure
  /// after that (quota, stock-out) fails the future with the exception that names the cause, and
  /// nothing of the VM is left.
  ///
  /// @param requestId makes a repeat of the same request harmless
  Started create(VmSpec spec, UUID requestId);

  /// Asks that the VM be deleted, its boot disk with it. A VM that is no more is success.
  Started delete(String zone, VmName name, UUID requestId);

  /// The same, but asked a single time. It is for whoever has just made sure that nobody needs the
  /// VM, and must do so again before asking again.
  Started deleteOnce(String zone, VmName name, UUID requestId);

  /// The deletions of VMs, of whatever fleet, that the cloud accepted since then, as far as it
  /// still knows. Those that failed afterwards are in it too.
  ///
  /// @param since by the cloud's clock
  /// @throws dev.podium.wire.model.PodiumException.NotPermitted if operations may not be read
  default List<PastDeletion> deletions(Instant since) {
    return deletions(since, Set.of());
  }

  /// The same, without those of zones that may be missing.
  ///
  /// @param without short names of zones that need not answer
  /// @throws dev.podium.wire.model.PodiumException.Unavailable if another one does not answer
  List<PastDeletion> deletions(Instant since, Set<String> without);

  /// Replaces the labels, if nobody changed them since `vm` was read.
  ///
  /// @return when the cloud accepted it, by the cloud's clock
  /// @throws dev.podium.wire.model.PodiumException.Conflict if somebody did
  Instant setLabels(Vm vm, Map<String, String> labels);

  /// The texts of all metadata items by name; none if the VM is no more.
  Map<String, String> metadata(String zone, VmName name);

  /// Replaces metadata items at once and keeps the others.
  ///
  /// @param edit gives the new items for those there are; an empty text takes an item away, no item
  ///   leaves the VM alone; asked again if somebody else changed the metadata meanwhile
  /// @throws dev.podium.wire.model.PodiumException.NotFound if the VM is no more
  void editMetadata(String zone, VmName name, UnaryOperator<Map<String, String>> edit);

  /// The text of one metadata item; empty if the VM has none of that name, or is no more.
  default Optional<String> metadata(String zone, VmName name, String item) {
    return Optional.ofNullable(metadata(zone, name).get(item));
  }

  /// Replaces one metadata item and keeps the others.
  ///
  /// @param edit makes the new text of the old one, which is empty if there was none
  /// @throws dev.podium.wire.model.PodiumException.NotFound if the VM is no more
  default void editMetadata(String zone, VmName name, String item, UnaryOperator<String> edit) {
    editMetadata(zone, name, there -> Map.of(item, edit.apply(there.getOrDefault(item, ""))));
  }

  /// The serial console's output from a byte position on; the cloud keeps the last MiB.
  ///
  /// @param start 0 or the `next` of the previous answer
  SerialOutput serialPort(String zone, VmName name, long start);

  /// The zones that this project may use, by name.
  List<String> zones();

  /// The quotas of a region, as they are now; none where the cloud tells of none.
  ///
  /// @param region such as `europe-west1`
  default List<RegionQuota> quotas(String region) {
    return List.of();
  }

  /// Whether the VMs that it makes have addresses that the internet reaches.
  default boolean externalAddresses() {
    return true;
  }

  /// The machine types that the zone offers, smallest first.
  List<MachineType> machineTypes(String zone);

  /// What is charged beside machines. Answers at once.
  default PriceList prices() {
    return PriceList.FREE;
  }

  @Override
  void close();

  /// Work that the cloud has accepted.
  ///
  /// @param operation the operation's name in the cloud
  /// @param done completes when the cloud says that it is done; fails with a `PodiumException`
  record Started(String operation, CompletableFuture<Void> done) {}

  /// A deletion that the cloud accepted.
  ///
  /// @param vmId the cloud's number for the VM
  /// @param requestId what the caller sent, if it was a UUID
  /// @param accepted by the cloud's clock
  record PastDeletion(String vmId, Optional<UUID> requestId, Instant accepted) {}

  /// A piece of the serial console's output.
  ///
  /// @param next where to go on reading
  record SerialOutput(String contents, long next) {}
}
