package dev.podium.localcloud.state.resource;

import dev.podium.localcloud.state.instance.InstanceKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A persistent disk; local disks hold no bytes, only the record.
///
/// @param key zone and name
/// @param type short name, such as `pd-balanced`
/// @param sizeGb 1 or more
/// @param sourceImage path of the image below the API's root, `projects/…`
/// @param user the instance that has it attached
public record PersistentDisk(
    InstanceKey key,
    long id,
    Instant created,
    String type,
    long sizeGb,
    Optional<String> sourceImage,
    Optional<InstanceKey> user,
    Map<String, String> labels) {
  public PersistentDisk {
    labels = Map.copyOf(labels);
  }

  /// Its path below the project.
  public String path() {
    return "zones/" + key.zone() + "/disks/" + key.name();
  }

  /// The same disk, free to be attached.
  public PersistentDisk detached() {
    return new PersistentDisk(
        key, id, created, type, sizeGb, sourceImage, Optional.empty(), labels);
  }
}
