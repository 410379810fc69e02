package dev.podium.fleet.image;

import java.util.List;
import java.util.Map;

/// An image to make, in no family yet.
///
/// @param source what it is made from
/// @param architecture `X86_64` or `ARM64`
/// @param guestFeatures what its system can do, in Compute Engine's names, such as
///   `UEFI_COMPATIBLE`
public record NewImage(
    String name,
    String description,
    Map<String, String> labels,
    Source source,
    String architecture,
    List<String> guestFeatures) {
  public NewImage {
    labels = Map.copyOf(labels);
    guestFeatures = List.copyOf(guestFeatures);
  }

  /// What an image can be made from.
  public sealed interface Source {
    /// An archive in Cloud Storage.
    ///
    /// @param url in the form that Compute Engine takes
    record Archive(String url) implements Source {}

    /// The disk of a VM that is off.
    record Disk(String zone, String name) implements Source {}
  }
}
