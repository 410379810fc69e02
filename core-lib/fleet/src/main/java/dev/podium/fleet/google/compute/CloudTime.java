package dev.podium.fleet.google.compute;

import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.model.PodiumException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// Moments as Compute Engine writes them: RFC 3339, with an offset.
public final class CloudTime {
  private CloudTime() {}

  /// Nothing if the cloud does not say.
  public static Optional<Instant> of(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// @throws PodiumException.CloudFailed if the cloud does not say: this computer's clock, which
  ///   may be wrong, must not stand for the cloud's
  static Instant required(ErrorContext context, String text) {
    return of(text)
        .orElseThrow(() ->
            new PodiumException.CloudFailed(
                context.what(), "the cloud did not say when it did it", "Try again.", null));
  }
}
