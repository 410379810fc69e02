package dev.podium.fleet.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which images a project has, what they are good for, and which of them nobody needs. A pure
/// reading of what the cloud said.
///
/// @param images all of the project, the newest first
/// @param users VMs by the name of their image
public record ImageInventory(List<DiskImage> images, Map<String, Set<String>> users) {
  public ImageInventory {
    images = List.copyOf(images);
    users = Map.copyOf(users);
  }

  /// Asks the cloud. Blocks.
  public static ImageInventory of(ImageCloud cloud) {
    return new ImageInventory(cloud.list(), cloud.users());
  }

  /// An image, and who needs it.
  ///
  /// @param newest whether new VMs of its family are made from it
  /// @param vms those whose disks were made from it, by name
  public record Row(DiskImage image, boolean newest, Set<String> vms) {
    public Row {
      vms = new TreeSet<>(vms);
    }

    /// What is to be said of its use, in one word.
    public String status() {
      if (image.candidate()) {
        return "CANDIDATE";
      }
      if (!image.ready()) {
        return "PENDING";
      }
      return image.deprecation().orElse(newest ? "CURRENT" : "OLDER");
    }
  }

  /// Those that Podium made, and those of a family.
  public List<Row> rows(String family) {
    return images.stream()
        .filter(image -> image.podiums() || image.family().filter(family::equals).isPresent())
        .map(image -> new Row(image, isNewest(image), users.getOrDefault(image.name(), Set.of())))
        .toList();
  }

  private boolean isNewest(DiskImage image) {
    Optional<String> family = image.family();
    return family.isPresent()
        && images.stream()
            .filter(other -> other.usable() && other.family().equals(family))
            .findFirst()
            .filter(image::equals)
            .isPresent();
  }

  /// Those that may be removed: not the newest of a family, used by no VM, named by no profile, and
  /// not among the newest ones to keep.
  ///
  /// @param keep how many of the family stay in any case, 1 or more
  /// @param named references of profiles and policies, such as `global/images/podium-agent-1`
  public List<DiskImage> prunable(String family, int keep, Set<String> named) {
    List<DiskImage> prunable = new ArrayList<>();
    int kept = 0;
    for (Row row : rows(family)) {
      DiskImage image = row.image();
      boolean ours = image.family().filter(family::equals).isPresent();
      boolean stays = ours && image.usable() && kept < keep;
      if (stays) {
        kept++;
      }
      boolean wanted =
          row.newest()
              || stays
              || !row.vms().isEmpty()
              || named.stream().anyMatch(name -> name.endsWith("/" + image.name()));
      if (!wanted) {
        prunable.add(image);
      }
    }
    return prunable;
  }
}
