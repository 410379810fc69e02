package dev.podium.fleet.model;

import java.time.Duration;

/// How sentences speak of spans and counts: rounded, for a person who reads on.
public final class Amounts {
  private Amounts() {}

  /// `850 ms`, `23 s`, `12 min`, `3 h`, `2 days`: one unit, the largest that loses less than half.
  public static String span(Duration span) {
    long millis = span.toMillis();
    if (millis > 0 && millis < 1_000) {
      return millis + " ms";
    }
    long seconds = span.toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = span.toMinutes();
    if (minutes < 120) {
      return minutes + " min";
    }
    long hours = span.toHours();
    return hours < 48 ? hours + " h" : span.toDays() + " days";
  }

  public static String spanNanos(long nanos) {
    return span(Duration.ofNanos(nanos));
  }

  public static String seconds(long seconds) {
    return span(Duration.ofSeconds(seconds));
  }

  public static String people(int count) {
    return count == 1 ? "1 person" : count + " people";
  }

  /// A span that grows, in steps so large that a sentence with it changes seldom: whole tens of
  /// seconds, then minutes.
  public static String coarse(long seconds) {
    return seconds(seconds < 10 || seconds >= 120 ? seconds : seconds / 10 * 10);
  }

  /// `1 failed probe`, `3 failed probes`.
  public static String count(int count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
