package dev.podium.fleet.preflight.check;

import dev.podium.wire.model.PodiumException;
import java.util.Optional;

/// What a check makes of the facts.
///
/// @param found one sentence, without a full stop
/// @param remedy what helps, where it is not well
public record CheckFinding(CheckState state, String found, Optional<Remedy> remedy) {
  static CheckFinding ok(String found) {
    return new CheckFinding(CheckState.OK, found, Optional.empty());
  }

  static CheckFinding warning(String found, Remedy remedy) {
    return new CheckFinding(CheckState.WARNING, found, Optional.of(remedy));
  }

  static CheckFinding failed(String found, Remedy remedy) {
    return new CheckFinding(CheckState.FAILED, found, Optional.of(remedy));
  }

  static CheckFinding unknown(String found, Remedy remedy) {
    return new CheckFinding(CheckState.UNKNOWN, found, Optional.of(remedy));
  }

  /// What a check finds that could not be made: what may not be read, or did not answer, may be
  /// well. Whatever else the cloud says of it is against it.
  public static CheckFinding of(PodiumException failure) {
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
