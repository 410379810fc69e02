package dev.podium.desktop;

import dev.podium.desktop.image.ImagePort;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.image.DiskImage;
import dev.podium.fleet.image.desk.ImageDesk;
import dev.podium.fleet.image.publish.Cancellation;
import dev.podium.fleet.image.publish.ImageRelease;
import dev.podium.fleet.image.publish.PublishProgress;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyMember;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The window's images: those of the project that is open, and the policy of its fleet, which says
/// what new VMs are made from.
record ConsoleImages(ImageDesk desk, Fleet fleet) implements ImagePort {
  @Override
  public Seen look() {
    String used = fleet.policy().scaling().image();
    List<DiskImage> prunable =
        desk.prunable().stream().filter(image -> !used.endsWith("/" + image.name())).toList();
    return new Seen(used, desk.list(), prunable);
  }

  @Override
  public ImageRelease.Released publish(
      Path archive, Consumer<PublishProgress> told, Cancellation cancellation) {
    return desk.publish(archive, told, cancellation);
  }

  @Override
  public void use(String reference) {
    Map<PolicyMember, String> faults =
        fleet.setPolicy(PolicyDraft.of(fleet.policy()).with(Map.of(PolicyMember.IMAGE, reference)));
    if (!faults.isEmpty()) {
      throw PolicyDraft.refused(faults);
    }
  }

  @Override
  public void remove(List<DiskImage> images) {
    images.forEach(image -> desk.delete(image.name()));
  }
}
