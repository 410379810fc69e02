package dev.podium.localcloud.state.instance;

import dev.podium.localcloud.state.OrderedCopies;
import java.time.Instant;
import java.util.Map;

/// What instances can be made from without saying it all again.
///
/// @param properties what the caller sent: an instance without a name, as a JSON-like tree
public record InstanceTemplate(
    String name, long id, Instant created, String description, Map<String, Object> properties) {
  public InstanceTemplate {
    properties = OrderedCopies.copyOf(properties);
  }

  /// Its path below the project.
  public String path() {
    return path(name);
  }

  /// The path below the project of the one with a name.
  public static String path(String name) {
    return "global/instanceTemplates/" + name;
  }
}
