package dev.podium.fleet.image;

import dev.podium.wire.model.Labels;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// An image of the project, as the cloud tells of it.
///
/// @param family that it is in; new VMs get the newest of theirs
/// @param architecture `X86_64` or `ARM64`
/// @param created by the cloud's clock
/// @param archiveBytes what it takes in storage, by which it is charged
/// @param ready whether it is whole
/// @param deprecation what its owner says of its use, such as `DEPRECATED`; none: it is to be used
/// @param labelFingerprint what a change of its labels must name
/// @param costPerMonth US dollars; empty if the price is not known
public record DiskImage(
    String name,
    Optional<String> family,
    String architecture,
    Instant created,
    long diskSizeGb,
    long archiveBytes,
    boolean ready,
    Optional<String> deprecation,
    Map<String, String> labels,
    String labelFingerprint,
    OptionalDouble costPerMonth) {
  /// The value of [Labels#IMAGE] until a VM of the image was seen to serve.
  public static final String CANDIDATE = "candidate";

  /// Its value from then on.
  public static final String PUBLISHED = "published";

  public DiskImage {
    labels = Map.copyOf(labels);
  }

  /// What a profile or a policy names it by.
  public String reference() {
    return "global/images/" + name;
  }

  /// Whether a publication made it that has not ended well.
  public boolean candidate() {
    return CANDIDATE.equals(labels.get(Labels.IMAGE));
  }

  /// Whether Podium made it, in whatever family it is.
  public boolean podiums() {
    return labels.containsKey(Labels.IMAGE);
  }

  /// Whether it may be the newest of its family.
  public boolean usable() {
    return ready && deprecation.isEmpty();
  }
}
