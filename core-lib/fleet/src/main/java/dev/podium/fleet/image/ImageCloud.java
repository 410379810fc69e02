package dev.podium.fleet.image;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The images of a project. All methods may be called from any thread, block until the cloud has
/// done what was asked, and throw `PodiumException`.
public interface ImageCloud extends AutoCloseable {
  /// All of the project, the newest first.
  List<DiskImage> list();

  /// One by its name.
  Optional<DiskImage> find(String name);

  /// Makes an image. If that fails, none of its name is left.
  ///
  /// @throws dev.podium.wire.model.PodiumException.QuotaExceeded if there may be no more images
  void create(NewImage image);

  /// Puts an image into a family and gives it other labels: VMs are made from it from then on.
  void release(DiskImage image, String family, Map<String, String> labels);

  /// Says that an image is not to be used any more. VMs that were made from it go on.
  ///
  /// @param replacement the name of the one to use
  void retire(String name, String replacement);

  /// Removes an image. One that is no more is success.
  void delete(String name);

  /// The VMs of every fleet, by the name of the image that their disks were made from.
  Map<String, Set<String>> users();

  @Override
  void close();
}
