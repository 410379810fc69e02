package dev.podium.bench;

/// Something that a round measures, and what is asked of it.
///
/// @param what in words, such as `publish → receive, p50`
/// @param unit as it is printed behind the number, such as `ms`
/// @param better which of two values is the better one
/// @param goal what the value of ours must reach
/// @param limit what keeps it from being better still, in one sentence; empty where that is not
///   known
public record Figure(String what, String unit, Better better, Goal goal, String limit) {

  /// Which of two values is the better one.
  public enum Better {
    /// Such as times and sizes.
    LOWER,
    /// Such as rates.
    HIGHER
  }

  /// What a value must reach.
  public sealed interface Goal {
    /// Ours, divided by that of the first peer.
    record Ratio(double bound) implements Goal {}

    /// Ours by itself, in the figure's unit.
    record Value(double bound) implements Goal {}

    /// It is only reported.
    record None() implements Goal {}
  }

  /// A time or a size that is only reported.
  public static Figure lower(String what, String unit) {
    return new Figure(what, unit, Better.LOWER, new Goal.None(), "");
  }

  /// A rate that is only reported.
  public static Figure higher(String what, String unit) {
    return new Figure(what, unit, Better.HIGHER, new Goal.None(), "");
  }

  /// The same, to be at most (or, of a rate, at least) `bound` times that of the first peer.
  public Figure ratio(double bound) {
    return new Figure(what, unit, better, new Goal.Ratio(bound), limit);
  }

  /// The same, to be at most (or, of a rate, at least) `bound`.
  public Figure value(double bound) {
    return new Figure(what, unit, better, new Goal.Value(bound), limit);
  }

  /// The same with what limits it.
  public Figure limitedBy(String sentence) {
    return new Figure(what, unit, better, goal, sentence);
  }

  /// A value with its unit, in as many digits as say something.
  String shown(double value) {
    if (Double.isNaN(value)) {
      return "—";
    }
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return ("%,." + decimals + "f %s").formatted(value, unit).strip();
  }

  /// The goal and whether it was reached.
  ///
  /// @param theirs not a number where there is no peer
  String goal(double ours, double theirs) {
    return switch (goal) {
      case Goal.None _ -> "";
      case Goal.Value(double bound) -> sign() + " " + shown(bound) + verdict(ours, bound);
      case Goal.Ratio(double bound) -> sign() + " " + bound + "×" + verdict(ours / theirs, bound);
    };
  }

  private String verdict(double value, double bound) {
    if (Double.isNaN(value)) {
      return " ?";
    }
    boolean reached = better == Better.LOWER ? value <= bound : value >= bound;
    return reached ? " ✓" : " MISSED";
  }

  private String sign() {
    return better == Better.LOWER ? "≤" : "≥";
  }
}
