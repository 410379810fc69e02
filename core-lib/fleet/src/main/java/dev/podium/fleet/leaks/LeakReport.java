package dev.podium.fleet.leaks;

import dev.podium.fleet.leaks.Leak.Fate;
import dev.podium.fleet.leaks.Leak.Kind;
import dev.podium.wire.text.CountText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What the fleet has in the cloud at one moment, and what becomes of each.
///
/// @param at by the console's clock
/// @param problem why something could not be read or cleaned; empty if nothing went wrong
public record LeakReport(Instant at, List<Leak> leaks, String problem) {
  public LeakReport {
    leaks = List.copyOf(leaks);
  }

  /// US dollars an hour, at list prices, of what is still there.
  public double costPerHour() {
    return leaks.stream()
        .filter(leak -> leak.fate() != Fate.CLEANED)
        .mapToDouble(Leak::costPerHour)
        .sum();
  }

  /// Whether anything was found, or kept from being found.
  public boolean worthTelling() {
    return !leaks.isEmpty() || !problem.isEmpty();
  }

  /// Whether something has yet to end or to be cleaned.
  public boolean open() {
    return leaks.stream().anyMatch(Leak::open);
  }

  /// Everything in a few sentences: what there is, by whom, at what cost, and what becomes of it.
  public String sentence() {
    List<String> sentences = new ArrayList<>();
    if (leaks.isEmpty() && problem.isEmpty()) {
      return "Nothing was left in the cloud.";
    }
    if (!leaks.isEmpty()) {
      sentences.add("Found in the cloud" + byWhom() + ": " + count(_ -> true) + cost() + ".");
    }
    said(sentences, Fate.CLEANED, "Cleaned: %s.");
    said(sentences, Fate.CLEANABLE, "To clean: %s.");
    said(sentences, Fate.YOUNG, "Looked at again when older: %s.");
    said(sentences, Fate.ENDING, "The health monitor is ending %s.");
    said(sentences, Fate.KEPT, "Kept: %s.");
    if (!problem.isEmpty()) {
      sentences.add(problem);
    }
    return String.join(" ", sentences);
  }

  private void said(List<String> sentences, Fate fate, String form) {
    String count = count(leak -> leak.fate() == fate);
    if (!count.isEmpty()) {
      sentences.add(String.format(Locale.ROOT, form, count));
    }
  }

  private String byWhom() {
    String owners =
        leaks.stream()
            .map(Leak::owner)
            .filter(owner -> !owner.isEmpty())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return owners.isEmpty() ? "" : " by " + owners;
  }

  private String cost() {
    double cost = costPerHour();
    return cost <= 0 ? "" : String.format(Locale.ROOT, ", $%.2f an hour", cost);
  }

  private String count(Predicate<Leak> which) {
    List<String> parts = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      long count = leaks.stream().filter(leak -> leak.kind() == kind).filter(which).count();
      if (count > 0) {
        String word = kind == Kind.VM ? "VM" : kind.name().toLowerCase(Locale.ROOT);
        parts.add(CountText.of(count, word));
      }
    }
    return String.join(", ", parts);
  }
}
