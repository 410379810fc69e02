package dev.podium.fleet.acceptance;

import dev.podium.fleet.acceptance.AcceptanceStep.Result;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A run, to be read and to be attached to a report of a fault. It holds no token, no invite and no
/// address of a person.
///
/// @param version of Podium
/// @param most US dollars that the run could cost at list prices, at most; negative if not known
public record AcceptanceReport(
    String version,
    String project,
    String zone,
    Instant began,
    double most,
    List<AcceptanceStep> steps) {
  private static final Pattern ADDRESS = Pattern.compile("[\\w.+-]+@([\\w.-]+)");
  private static final Pattern SECRET = Pattern.compile("(#[tc]=|ya29\\.|eyJ|Bearer )[\\w.~+/=-]+");

  public AcceptanceReport {
    steps =
        steps.stream()
            .map(step ->
                new AcceptanceStep(
                    step.promise(), step.result(), step.span(), withoutSecrets(step.finding())))
            .toList();
  }

  /// Whether every promise was kept.
  public boolean passed() {
    return !steps.isEmpty() && steps.stream().allMatch(step -> step.result() == Result.KEPT);
  }

  /// A text without what must not leave the computer: tokens, invites, people's addresses.
  static String withoutSecrets(String text) {
    return ADDRESS.matcher(SECRET.matcher(text).replaceAll("$1…")).replaceAll("…@$1");
  }

  /// As lines for a terminal or a file.
  public String text() {
    StringBuilder lines = new StringBuilder();
    lines.append("Podium ").append(version).append(", acceptance run of ").append(began);
    lines.append("\nProject ").append(project).append(", zone ").append(zone);
    lines.append("\nIt could cost ").append(cost()).append(" at list prices.\n\n");
    for (AcceptanceStep step : steps) {
      lines.append(
          String.format(
              Locale.ROOT,
              "%-9s  %-52s  %7s  %s%n",
              word(step.result()),
              step.promise(),
              step.span().isZero() ? "" : DurationText.inSeconds(step.span()),
              step.finding()));
    }
    lines.append('\n').append(passed() ? "Every promise was kept." : "Not every promise was kept.");
    return lines.append('\n').toString();
  }

  private String cost() {
    return most < 0
        ? "an amount that is not known"
        : String.format(Locale.ROOT, "$%.2f at most", most);
  }

  private static String word(Result result) {
    return switch (result) {
      case KEPT -> "kept";
      case BROKEN -> "BROKEN";
      case NOT_TRIED -> "not tried";
    };
  }

  /// How long the steps took, all together.
  public Duration span() {
    return steps.stream().map(AcceptanceStep::span).reduce(Duration.ZERO, Duration::plus);
  }
}
