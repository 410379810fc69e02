package dev.podium.localcloud.state.storage;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// A bucket, without what is in it. Immutable.
///
/// @param name unique in the whole cloud
/// @param created when it was made
/// @param updated when its settings were changed last
/// @param metageneration counts the changes of its settings, from 1
/// @param settings what its maker may choose, as members of its JSON form
/// @param readers members that may read its objects, such as `allUsers`, by role
public record Bucket(
    String name,
    Instant created,
    Instant updated,
    long metageneration,
    Map<String, Object> settings,
    Map<String, Set<String>> readers) {
  /// Whoever they are.
  public static final String EVERYBODY = "allUsers";

  private static final Set<String> READING =
      Set.of(
          "roles/storage.objectViewer",
          "roles/storage.legacyObjectReader",
          "roles/storage.objectUser",
          "roles/storage.objectAdmin",
          "roles/storage.admin");

  /// Whether anybody may read what is in it, without a token.
  public boolean isPublic() {
    return readers.entrySet().stream()
        .anyMatch(
            bound -> READING.contains(bound.getKey()) && bound.getValue().contains(EVERYBODY));
  }

  /// Whether nothing in it may be made public.
  public boolean preventsPublicAccess() {
    return settings.get("iamConfiguration") instanceof Map<?, ?> configuration
        && "enforced".equals(configuration.get("publicAccessPrevention"));
  }

  Bucket with(Map<String, Object> changed, Instant now) {
    return new Bucket(name, created, now, metageneration + 1, changed, readers);
  }

  Bucket withReaders(Map<String, Set<String>> changed, Instant now) {
    return new Bucket(name, created, now, metageneration + 1, settings, changed);
  }
}
