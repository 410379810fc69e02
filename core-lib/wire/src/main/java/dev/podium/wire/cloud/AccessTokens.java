package dev.podium.wire.cloud;

import java.time.Instant;
import java.util.Optional;

/// What proves to the cloud who asks. May be used from any thread.
public interface AccessTokens {
  /// A token that is good for minutes yet. Blocks while one is fetched.
  ///
  /// @return empty where the cloud asks nobody who they are
  /// @throws dev.podium.wire.model.PodiumException.NotSignedIn if the sign-in has ended
  /// @throws dev.podium.wire.model.PodiumException.Unavailable if the identity server does not
  ///   answer
  String token();

  /// When the last token ends, by this machine's clock, for people to read; [Instant#EPOCH] before
  /// the first one was fetched.
  Instant expires();

  /// The cloud refused that token although it should have been good; the next [#token] is another.
  default void refused(String token) {}

  /// The project that pays for the calls and whose limits count; none for the one that is asked.
  default Optional<String> quotaProject() {
    return Optional.empty();
  }

  /// One that never ends: for a local cloud that asks nobody who they are.
  static AccessTokens fixed(String token) {
    return new AccessTokens() {
      @Override
      public String token() {
        return token;
      }

      @Override
      public Instant expires() {
        return Instant.MAX;
      }
    };
  }
}
