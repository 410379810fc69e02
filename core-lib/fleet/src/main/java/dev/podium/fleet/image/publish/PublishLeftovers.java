package dev.podium.fleet.image.publish;

import dev.podium.fleet.image.DiskImage;
import dev.podium.fleet.image.ImageCloud;
import dev.podium.fleet.image.ObjectStore;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.CountText;
import java.util.List;

/// Removes what publications left that were killed: VMs, images in no family, objects. Blocks; may
/// be asked again and again.
public record PublishLeftovers(OwnVms vms, ImageCloud images, ObjectStore store) {
  /// @param but what the names of objects begin with that are to stay
  /// @return what there was, for people; empty if nothing
  public String remove(String but) {
    int machines = vms.removeAll();
    List<DiskImage> candidates = images.list().stream().filter(DiskImage::candidate).toList();
    candidates.forEach(image -> images.delete(image.name()));
    List<ObjectStore.Stored> objects =
        store.list(FileUpload.ROOT).stream()
            .filter(object -> !object.name().startsWith(but))
            .toList();
    objects.forEach(object -> store.delete(object.name()));
    return machines + candidates.size() + objects.size() == 0
        ? ""
        : CountText.vms(machines)
            + ", "
            + CountText.of(candidates.size(), "image")
            + " and "
            + CountText.of(objects.size(), "object")
            + " of an earlier one "
            + "removed";
  }

  /// Removes the objects of one publication, as well as it goes: the bucket itself removes what is
  /// two days old.
  public void removeObjects(String folder) {
    try {
      store.list(folder).forEach(object -> store.delete(object.name()));
    } catch (PodiumException unreached) {
      System.getLogger(PublishLeftovers.class.getName())
          .log(System.Logger.Level.WARNING, unreached.sentence());
    }
  }
}
