package dev.podium.wire.google;

import dev.podium.wire.cloud.Backoff;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.Optional;

/// When a failed call is made again: a pure decision. Only what may work later is repeated, with
/// pauses that double, up to a whole time after which the person is told.
///
/// @param firstPause before the second attempt
/// @param attempts how often the call is made at most, 1 or more
/// @param whole no attempt begins later than this after the first
public record RetryPolicy(Duration firstPause, int attempts, Duration whole) {
  /// A rate limit counts whole minutes, so asking again at once only spends more of it.
  private static final int RATE_LIMIT_FACTOR = 4;

  public static RetryPolicy standard() {
    return new RetryPolicy(Duration.ofMillis(250), 5, Duration.ofSeconds(30));
  }

  /// @param attempt how often the call was made already, 1 or more
  /// @param elapsed since the first attempt began
  /// @param jitter 0 to 1, random, so that many callers do not come back together
  /// @return how long to wait; nothing if the failure is final
  Optional<Duration> pause(int attempt, PodiumException failure, Duration elapsed, double jitter) {
    int factor =
        switch (failure) {
          case PodiumException.Unavailable _ -> 1;
          case PodiumException.RateLimited _ -> RATE_LIMIT_FACTOR;
          case PodiumException.Invalid _,
              PodiumException.NotFound _,
              PodiumException.AlreadyExists _,
              PodiumException.NoCapacity _,
              PodiumException.PlaceForbidden _,
              PodiumException.QuotaExceeded _,
              PodiumException.NotPermitted _,
              PodiumException.NotSignedIn _,
              PodiumException.InUse _,
              PodiumException.Conflict _,
              PodiumException.CloudFailed _ ->
              0;
        };
    if (factor == 0 || attempt >= attempts) {
      return Optional.empty();
    }
    Backoff backoff = new Backoff(firstPause.multipliedBy(factor), 2, whole, 0.25);
    Duration pause = backoff.after(attempt, jitter);
    return elapsed.plus(pause).compareTo(whole) > 0 ? Optional.empty() : Optional.of(pause);
  }
}
