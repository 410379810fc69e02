package dev.podium.fleet.preflight.check;

import dev.podium.wire.model.PodiumException;
import java.util.Optional;

/// What a check makes of the facts.
///
/// @param found one sentence, without a full stop
/// @param remedy what helps, where it is not well
public record Finding(CheckState state, String found, Optional<Remedy> remedy) {
  static Finding ok(String found) {
    return new Finding(CheckState.OK, found, Optional.empty());
  }

  static Finding warning(String found, Remedy remedy) {
    return new Finding(CheckState.WARNING, found, Optional.of(remedy));
  }

  static Finding failed(String found, Remedy remedy) {
    return new Finding(CheckState.FAILED, found, Optional.of(remedy));
  }

  static Finding unknown(String found, Remedy remedy) {
    return new Finding(CheckState.UNKNOWN, found, Optional.of(remedy));
  }

  /// What a check finds that could not be made: what may not be read, or did not answer, may be
  /// well. Whatever else the cloud says of it is against it.
  public static Finding of(PodiumException failure) {
    boolean open =
        failure instanceof PodiumException.NotPermitted
            || failure instanceof PodiumException.NotSignedIn
            || failure instanceof PodiumException.Unavailable
            || failure instanceof PodiumException.RateLimited
            || failure instanceof PodiumException.CloudFailed;
    Remedy remedy = Remedy.of(failure.remedy());
    return open ? unknown(failure.sentence(), remedy) : failed(failure.sentence(), remedy);
  }
}
