package dev.podium.desktop.control;

import dev.podium.fleet.model.Verdict;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// Times and money as a person reads them, the same everywhere in the window.
public final class Phrases {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter DATE_AND_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private Phrases() {}

  /// How long ago, `now` for less than a second.
  public static String ago(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    return age.toSeconds() < 1 ? "now" : DurationText.twoUnits(age) + " ago";
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
        .map(end -> "held, " + DurationText.twoUnits(Duration.between(now, end)) + " left");
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
