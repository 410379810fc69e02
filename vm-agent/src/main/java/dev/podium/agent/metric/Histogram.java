package dev.podium.agent.metric;

/// How often a value was at most so much: a histogram of OpenMetrics.
public final class Histogram {
  private final double[] bounds;
  private final long[] counts;
  private long count;
  private double sum;

  /// @param bounds upper ones, rising; what is above the last is counted too
  Histogram(double... bounds) {
    this.bounds = bounds.clone();
    this.counts = new long[bounds.length];
  }

  void observe(double value) {
    count++;
    sum += value;
    for (int i = bounds.length - 1; i >= 0 && value <= bounds[i]; i--) {
      counts[i]++; // Cumulative, as it is told.
    }
  }

  /// Writes its samples.
  public void write(StringBuilder out, String name) {
    for (int i = 0; i < bounds.length; i++) {
      bucket(out, name, Double.toString(bounds[i]), counts[i]);
    }
    bucket(out, name, "+Inf", count);
    out.append(name).append("_count ").append(count).append('\n');
    out.append(name).append("_sum ").append(sum).append('\n');
  }

  private static void bucket(StringBuilder out, String name, String bound, long count) {
    out.append(name).append("_bucket{le=\"").append(bound).append("\"} ").append(count);
    out.append('\n');
  }
}
