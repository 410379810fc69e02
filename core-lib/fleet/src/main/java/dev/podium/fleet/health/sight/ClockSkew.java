package dev.podium.fleet.health.sight;

import dev.podium.wire.cloud.CloudTicker;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.util.Optional;

/// Whether this computer's clock is so wrong that its operator should know. Podium goes by the
/// cloud's clock and is right all the same. What else the operator does by this one is not. Not for
/// more than one thread.
public final class ClockSkew {
  private Duration told = Duration.ZERO;

  /// What the operator is told, for as long as it holds.
  ///
  /// @param cloudAhead how far the cloud's clock is ahead of this computer's
  public Optional<String> banner(Duration cloudAhead) {
    return isWorthAWord(cloudAhead) ? Optional.of(sentence(cloudAhead) + ".") : Optional.empty();
  }

  /// What the operator is told once, and again when it is another by much.
  public Optional<String> news(Duration cloudAhead) {
    if (!isWorthAWord(cloudAhead.minus(told))) {
      return Optional.empty();
    }
    told = cloudAhead;
    return Optional.of(
        isWorthAWord(cloudAhead)
            ? sentence(cloudAhead)
            : "this computer's clock is right again, as far as the cloud's tells");
  }

  private static boolean isWorthAWord(Duration span) {
    return span.abs().compareTo(CloudTicker.WORTH_A_WORD) > 0;
  }

  private static String sentence(Duration cloudAhead) {
    return "this computer's clock is "
        + DurationText.rounded(cloudAhead.abs())
        + (cloudAhead.isNegative() ? " ahead of" : " behind")
        + " the cloud's. Podium goes by the cloud's; set this one right";
  }
}
