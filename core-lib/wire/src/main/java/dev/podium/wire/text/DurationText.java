package dev.podium.wire.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time as text: read from what people write, and said in the form that a place needs.
///
/// - what was configured: [#exact]
/// - in a sentence for a person who reads on: [#rounded], or [#coarse] while it grows
/// - in the window: [#twoUnits]; in a column of the command line: [#compact]
/// - in one unit that the sentence's meaning asks for: [#inSeconds], [#inMinutes], [#inHours]
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

  /// The length that the text says, to the millisecond; nothing if it says none. A text is a number
  /// and its unit: `90 s`, `2.5 s`, `30 min`, `8h`.
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

  /// In the largest unit that says it exactly, days included. What was parsed is said as the same
  /// length: `2.5 s`, `90 s`, `30 min`, `36 h`, `2 d`.
  public static String exact(Duration length) {
    long millis = length.toMillis();
    if (millis == 0 || millis % 1_000 != 0) {
      return decimalSeconds(length) + " s";
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

  /// In one unit, the next where there are enough of it: `850 ms`, `119 s`, `12 min`, `2 days`.
  public static String rounded(Duration length) {
    long millis = length.toMillis();
    if (millis > 0 && millis < 1_000) {
      return millis + " ms";
    }
    long seconds = length.toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = length.toMinutes();
    if (minutes < 120) {
      return minutes + " min";
    }
    long hours = length.toHours();
    return hours < 48 ? hours + " h" : length.toDays() + " days";
  }

  /// [#rounded] of so many nanoseconds.
  public static String roundedNanos(long nanos) {
    return rounded(Duration.ofNanos(nanos));
  }

  /// [#rounded] of so many seconds.
  public static String roundedSeconds(long seconds) {
    return rounded(Duration.ofSeconds(seconds));
  }

  /// A length that grows, in steps so large that a sentence with it changes seldom: whole tens of
  /// seconds, then minutes.
  public static String coarse(long seconds) {
    return roundedSeconds(seconds < 10 || seconds >= 120 ? seconds : seconds / 10 * 10);
  }

  /// In its two largest units at most: `42 s`, `12 min`, `3 h 5 min`, `2 d 4 h`. Negative lengths,
  /// which clocks that disagree produce, read as `0 s`.
  public static String twoUnits(Duration length) {
    long seconds = Math.max(0, length.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    long minutes = seconds / 60;
    if (minutes < 60) {
      return minutes + " min";
    }
    long hours = minutes / 60;
    if (hours < 24) {
      return two(hours, "h", minutes % 60, "min");
    }
    return two(hours / 24, "d", hours % 24, "h");
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    String first = large + " " + largeUnit;
    return small == 0 ? first : first + " " + small + " " + smallUnit;
  }

  /// For a column, without blanks and never longer than hours: `48s`, `12m`, `3h07m`.
  public static String compact(Duration length) {
    if (length.toMinutes() < 1) {
      return length.toSeconds() + "s";
    }
    if (length.toHours() < 1) {
      return length.toMinutes() + "m";
    }
    return "%dh%02dm".formatted(length.toHours(), length.toMinutesPart());
  }

  /// Whole seconds, however many: `90 s`, `7200 s`.
  public static String inSeconds(Duration length) {
    return length.toSeconds() + " s";
  }

  /// Whole seconds, or milliseconds where seconds would not be exact: `5 s`, `300 ms`, `2500 ms`.
  public static String inSecondsOrMillis(Duration length) {
    return length.toMillis() % 1_000 == 0 ? inSeconds(length) : length.toMillis() + " ms";
  }

  /// Whole minutes as a word: `1 minute`, `5 minutes`.
  public static String inMinutes(Duration length) {
    return CountText.of(length.toMinutes(), "minute");
  }

  /// Whole hours as a word: `1 hour`, `12 hours`.
  public static String inHours(Duration length) {
    return CountText.of(length.toHours(), "hour");
  }

  /// The number of seconds alone, with as many decimal places as it needs: `2.5`.
  public static String decimalSeconds(Duration length) {
    return BigDecimal.valueOf(length.toMillis())
        .movePointLeft(3)
        .stripTrailingZeros()
        .toPlainString();
  }
}
