package dev.podium.desktop.image;

import dev.podium.fleet.image.DiskImage;
import dev.podium.fleet.image.ImageInventory;
import dev.podium.fleet.image.publish.Cancellation;
import dev.podium.fleet.image.publish.ImageRelease;
import dev.podium.fleet.image.publish.PublishProgress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// What is done with the images of the project that is open. Implemented where things are
/// constructed. All methods block on the network and throw a `PodiumException` with what to do.
public interface ImagePort {
  /// What there is.
  Seen look();

  /// Publishes an archive.
  ///
  /// @param told how far it is, on any thread
  ImageRelease.Released publish(
      Path archive, Consumer<PublishProgress> told, Cancellation cancellation);

  /// Makes new VMs from that one on.
  ///
  /// @param reference such as `global/images/podium-agent-1`
  void use(String reference);

  /// Removes images for good.
  void remove(List<DiskImage> images);

  /// The images of a project.
  ///
  /// @param used what new VMs are made from: an image or a family
  /// @param prunable those that nobody needs
  record Seen(String used, List<ImageInventory.Row> rows, List<DiskImage> prunable) {
    public Seen {
      rows = List.copyOf(rows);
      prunable = List.copyOf(prunable);
    }
  }
}
