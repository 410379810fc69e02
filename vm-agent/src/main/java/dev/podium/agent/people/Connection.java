package dev.podium.agent.people;

import java.util.Optional;

/// One open page of a person.
public interface Connection {
  /// The page's own secret, if it has told one: the same whenever it connects again.
  Optional<String> device();

  /// When something last came from it, by the [dev.podium.wire.cloud.Ticker].
  long heardNanos();

  /// The person opened more pages than one may have, and this one must end.
  void replaced();
}
