package dev.podium.localcloud.state.storage;

import java.time.Instant;
import java.util.Map;

/// An object as it is at one moment. Immutable.
///
/// @param generation another number whenever the bytes change; later ones are larger
/// @param metageneration counts the changes of its settings, from 1
/// @param created when these bytes were complete
/// @param updated when its settings were changed last
/// @param components how many objects it was put together from; 0 if it was uploaded
/// @param settings what its maker may choose, as members of its JSON form
public record StoredObject(
    String bucket,
    String name,
    long generation,
    long metageneration,
    Instant created,
    Instant updated,
    int components,
    Content content,
    Map<String, Object> settings) {
  /// What its bytes are, as its maker said.
  public String contentType() {
    return settings.get("contentType") instanceof String type ? type : "application/octet-stream";
  }

  /// One of its settings that is a text; empty if it is not set.
  public String setting(String member) {
    return settings.get(member) instanceof String text ? text : "";
  }

  StoredObject with(Map<String, Object> changed, Instant now) {
    return new StoredObject(
        bucket, name, generation, metageneration + 1, created, now, components, content, changed);
  }
}
