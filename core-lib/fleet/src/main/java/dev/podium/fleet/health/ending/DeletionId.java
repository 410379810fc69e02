package dev.podium.fleet.health.ending;

import dev.podium.fleet.cloud.ComputeCloud.PastDeletion;
import dev.podium.fleet.model.Vm;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// The request id of a VM's deletion. It is the same from every console and at every repeat, so
/// that the cloud sees one request. It changes only after a deletion that was accepted and then
/// failed. A repeat of the old id would get the old failure as its answer.
///
/// The cloud keeps the id with the operation that it led to. For as long as it remembers the
/// operation, the id tells that a VM of this fleet ended for its health. Its first half says what
/// it is for, the second how many deletions failed before.
public final class DeletionId {
  /// The bits by which RFC 9562 tells one layout of the second half from another.
  private static final long VARIANT = 1L << 63;

  private DeletionId() {}

  /// @param forHealth whether the throttle counts it; see
  ///   [dev.podium.fleet.health.record.HealthAction.End#forHealth]
  /// @param failures how many deletions of this VM were accepted and then failed; 0 or more
  public static UUID of(String fleet, Vm vm, boolean forHealth, int failures) {
    return new UUID(purpose(fleet, vm.id(), forHealth), VARIANT | failures);
  }

  /// Whether that deletion ended a VM of the fleet for its health.
  static boolean forHealth(String fleet, PastDeletion deletion) {
    return deletion
        .requestId()
        .filter(id -> id.getMostSignificantBits() == purpose(fleet, deletion.vmId(), true))
        .isPresent();
  }

  private static long purpose(String fleet, String vmId, boolean forHealth) {
    String text = "podium-delete/" + fleet + "/" + vmId + (forHealth ? "/health" : "");
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
  }
}
