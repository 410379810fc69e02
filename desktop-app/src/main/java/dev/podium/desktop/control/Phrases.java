package dev.podium.desktop.control;

import dev.podium.fleet.model.Verdict;
import dev.podium.fleet.model.Vm;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// Ages, times and money as a person reads them, the same everywhere in the window.
public final class Phrases {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter DATE_AND_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private Phrases() {}

  /// A length of time in its two largest units at most: `42 s`, `12 min`, `3 h 5 min`, `2 d 4 h`.
  /// Negative lengths, which clocks that disagree produce, read as `0 s`.
  public static String length(Duration length) {
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

  /// How long ago, `now` for less than a second.
  public static String ago(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    return age.toSeconds() < 1 ? "now" : length(age) + " ago";
  }

  /// US dollars: cents from a dollar on, a tenth of a cent below, `free` for nothing.
  public static String money(double dollars) {
    if (dollars <= 0) {
      return "free";
    }
    return String.format(Locale.ROOT, dollars < 1 ? "$%.3f" : "$%,.2f", dollars);
  }

  /// What is charged an hour: as [#money], `price not known` where nothing of it is known, `more
  /// than $0.10 an hour` where a part is not.
  ///
  /// @param dollars US dollars, of all whose price is known
  /// @param known whether that is all
  public static String hourly(double dollars, boolean known) {
    if (dollars <= 0) {
      return known ? money(0) : "price not known";
    }
    return (known ? "" : "more than ") + money(dollars) + " an hour";
  }

  /// The time of day, in the person's zone.
  public static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }

  /// Date and time of day, in the person's zone.
  public static String dateAndTime(Instant instant, ZoneId zone) {
    return DATE_AND_TIME.format(instant.atZone(zone));
  }

  /// Why Podium does not end a VM on its own: `held, 12 min left`; empty if it may.
  public static Optional<String> kept(Vm vm, Instant now) {
    if (vm.pinned()) {
      return Optional.of("pinned, Podium never ends it");
    }
    return vm.heldUntil()
        .filter(now::isBefore)
        .map(end -> "held, " + length(Duration.between(now, end)) + " left");
  }

  /// `1 VM`, `3 VMs`.
  public static String vms(int count) {
    return count == 1 ? "1 VM" : count + " VMs";
  }

  /// `1 person`, `3 people`.
  public static String people(int count) {
    return count == 1 ? "1 person" : count + " people";
  }

  /// Why a VM is in its state, for a place that names the state beside it: `no heartbeat for 72 s`.
  public static String why(Verdict verdict) {
    String state = verdict.health().word() + ": ";
    String reason = verdict.reason();
    return reason.regionMatches(true, 0, state, 0, state.length())
        ? reason.substring(state.length())
        : reason;
  }
}
