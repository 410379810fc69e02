package dev.podium.fleet.api.key;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What is known of a key beside its secret, which nobody keeps.
///
/// @param id `key-` and twelve hexadecimal digits, made of the secret's hash
/// @param name for people: who or what uses it; no two keys have the same
/// @param created when it was made; none for a key of an early release
/// @param lastUsed the hour in which it was used last, as its first moment
/// @param expires from when on it is good no more
/// @param file where a console keeps its own key; none for a key that a person made
public record ApiKey(
    String id,
    String name,
    Set<ApiKeys.Scope> scopes,
    Optional<Instant> created,
    Optional<Instant> lastUsed,
    Optional<Instant> expires,
    Optional<Path> file) {
  public ApiKey {
    scopes = Set.copyOf(scopes);
  }

  /// Whether its time is over.
  public boolean expired(Instant now) {
    return expires.filter(end -> !now.isBefore(end)).isPresent();
  }

  /// Whether it may change the fleet.
  public boolean writes() {
    return scopes.contains(ApiKeys.Scope.WRITE);
  }

  ApiKey usedIn(Instant hour) {
    return new ApiKey(id, name, scopes, created, Optional.of(hour), expires, file);
  }

  ApiKey keptIn(Path plainFile) {
    return new ApiKey(id, name, scopes, created, lastUsed, expires, Optional.of(plainFile));
  }
}
