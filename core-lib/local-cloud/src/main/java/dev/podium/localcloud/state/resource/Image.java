package dev.podium.localcloud.state.resource;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Something to boot a disk from.
///
/// @param project whose it is; public ones belong to others
/// @param family of which the newest is taken if no name is given
/// @param diskSizeGb the smallest disk that holds it
/// @param architecture of the machines that boot it: `X86_64` or `ARM64`
/// @param agent whether it holds the Podium agent
/// @param source what it was made from, as the caller named it
public record Image(
    String project,
    String name,
    long id,
    Instant created,
    Optional<String> family,
    String description,
    long diskSizeGb,
    String architecture,
    boolean agent,
    Map<String, String> labels,
    Map<String, Object> source) {
  public Image {
    labels = Map.copyOf(labels);
    source = Map.copyOf(source);
  }

  /// Its path below the API's root.
  public String path() {
    return "projects/" + project + "/global/images/" + name;
  }
}
