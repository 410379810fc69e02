package dev.podium.localcloud.state.compute;

import dev.podium.localcloud.state.instance.AttachedDisk;
import dev.podium.localcloud.state.instance.Instance;
import dev.podium.localcloud.state.instance.InstanceKey;
import java.util.Set;

/// Which image an instance boots. A pure reading of the state.
final class BootImages {
  private BootImages() {}

  /// Whether a fault says that nothing boots from it.
  static boolean isUnbootable(ComputeState state, Instance instance) {
    Set<String> unbootable = state.faults().unbootableImages();
    return instance.spec().disks().stream()
        .filter(AttachedDisk::boot)
        .flatMap(disk -> state.disk(new InstanceKey(instance.key().zone(), disk.disk())).stream())
        .flatMap(disk -> disk.sourceImage().stream())
        .anyMatch(path -> unbootable.contains(path.substring(path.lastIndexOf('/') + 1)));
  }
}
