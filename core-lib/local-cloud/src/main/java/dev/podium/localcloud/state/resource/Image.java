package dev.podium.localcloud.state.resource;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Something to boot a disk from.
///
/// @param project whose it is; public ones belong to others
/// @param family of which the newest is taken if no name is given
/// @param diskSizeGb the smallest disk that holds it
/// @param archiveBytes what it takes in storage, which is what it costs by
/// @param architecture of the machines that boot it: `X86_64` or `ARM64`
/// @param agent whether it holds the Podium agent
/// @param guestFeatures what its system can do, such as `UEFI_COMPATIBLE`
/// @param further members that the caller gave and that are given back: what it was made from, and
///   its keys for Secure Boot
/// @param ready whether it is whole
/// @param deprecation what its owner says of its use; none: it is to be used
public record Image(
    String project,
    String name,
    long id,
    Instant created,
    Optional<String> family,
    String description,
    long diskSizeGb,
    long archiveBytes,
    String architecture,
    boolean agent,
    Map<String, String> labels,
    List<String> guestFeatures,
    Map<String, Object> further,
    boolean ready,
    Optional<Deprecation> deprecation) {
  public Image {
    labels = Map.copyOf(labels);
    guestFeatures = List.copyOf(guestFeatures);
    further = Map.copyOf(further);
  }

  /// What an owner says of an image that is not to be used any more.
  ///
  /// @param state `DEPRECATED`, `OBSOLETE` or `DELETED`
  /// @param replacement the image to use, as the owner wrote it
  public record Deprecation(String state, Optional<String> replacement) {
    /// Whether no disk may be made from it.
    public boolean forbidsUse() {
      return !state.equals("DEPRECATED");
    }
  }

  /// Its path below the API's root.
  public String path() {
    return "projects/" + project + "/global/images/" + name;
  }

  /// The same, whole.
  public Image whole() {
    return changed(family, description, labels, true, deprecation);
  }

  /// The same in another family, or in none, with another description.
  public Image described(Optional<String> newFamily, String newDescription) {
    return changed(newFamily, newDescription, labels, ready, deprecation);
  }

  /// The same with other labels.
  public Image labelled(Map<String, String> other) {
    return changed(family, description, other, ready, deprecation);
  }

  /// The same with another word on its use.
  public Image deprecated(Optional<Deprecation> other) {
    return changed(family, description, labels, ready, other);
  }

  private Image changed(
      Optional<String> newFamily,
      String newDescription,
      Map<String, String> newLabels,
      boolean newReady,
      Optional<Deprecation> newDeprecation) {
    return new Image(
        project,
        name,
        id,
        created,
        newFamily,
        newDescription,
        diskSizeGb,
        archiveBytes,
        architecture,
        agent,
        newLabels,
        guestFeatures,
        further,
        newReady,
        newDeprecation);
  }
}
