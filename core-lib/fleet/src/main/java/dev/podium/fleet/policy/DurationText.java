package dev.podium.fleet.policy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time as people write them: a number and its unit, `90 s`, `2.5 s`, `30 min`, `8 h`.
public final class DurationText {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)\\s*(ms|s|min|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "min", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private DurationText() {}

  /// The length that the text says, to the millisecond; nothing if it says none.
  public static Optional<Duration> parse(String text) {
    Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      return Optional.empty();
    }
    Duration unit = UNITS.getOrDefault(form.group(2), Duration.ZERO);
    return Optional.of(
        Duration.ofMillis(
            new BigDecimal(form.group(1))
                .multiply(BigDecimal.valueOf(unit.toMillis()))
                .longValue()));
  }

  /// In the largest unit that says it exactly; what was parsed is said as the same length.
  public static String text(Duration span) {
    long millis = span.toMillis();
    if (millis == 0 || millis % 1_000 != 0) {
      return seconds(span) + " s";
    }
    long seconds = millis / 1_000;
    if (seconds % 60 != 0) {
      return seconds + " s";
    }
    if (seconds % 3_600 != 0) {
      return seconds / 60 + " min";
    }
    return seconds % 86_400 != 0 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
  }

  /// Seconds with as many decimal places as they need.
  public static String seconds(Duration span) {
    return BigDecimal.valueOf(span.toMillis())
        .movePointLeft(3)
        .stripTrailingZeros()
        .toPlainString();
  }
}
