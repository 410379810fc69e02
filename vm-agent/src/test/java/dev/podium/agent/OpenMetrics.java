package dev.podium.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the OpenMetrics text format 1.0 and throws at whatever its specification forbids. It knows
/// what an agent can write: gauges, counters and histograms without timestamps or exemplars.
final class OpenMetrics {
  private static final Pattern DESCRIPTOR =
      Pattern.compile("# (TYPE|UNIT|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) ?(.*)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{le=\"([^\"]+)\"})? (\\S+)");

  private final Map<String, Map<String, String>> families = new LinkedHashMap<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();
  private final Map<String, List<double[]>> buckets = new LinkedHashMap<>();
  private String family = "";
  private boolean sampled;

  private OpenMetrics() {}

  /// The samples by name, a bucket's with its bound.
  static Map<String, Double> parse(String text) {
    if (!text.endsWith("\n# EOF\n")) {
      throw new AssertionError("the text does not end with # EOF and a new line");
    }
    OpenMetrics parser = new OpenMetrics();
    text.substring(0, text.length() - "# EOF\n".length()).lines().forEach(parser::line);
    parser.families.forEach(parser::check);
    return parser.samples;
  }

  private void line(String line) {
    Matcher descriptor = DESCRIPTOR.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (descriptor.matches()) {
      describe(descriptor.group(1), descriptor.group(2), descriptor.group(3), line);
    } else if (sample.matches()) {
      sample(sample.group(1), sample.group(2), sample.group(3), line);
    } else {
      throw new AssertionError("neither a descriptor nor a sample: " + line);
    }
  }

  private void describe(String kind, String name, String words, String line) {
    if (!name.equals(family)) {
      require(!families.containsKey(name), "a family is interleaved or told twice", line);
      families.put(name, new LinkedHashMap<>());
      family = name;
      sampled = false;
    }
    require(!sampled, "a descriptor after its samples", line);
    Map<String, String> told = families.getOrDefault(name, new LinkedHashMap<>());
    require(told.put(kind, words) == null, "told twice", line);
    require(!kind.equals("UNIT") || name.endsWith("_" + words), "no unit of that name", line);
  }

  private void sample(String name, @Nullable String le, String number, String line) {
    String type = families.getOrDefault(family, Map.of()).getOrDefault("TYPE", "");
    String suffix = name.startsWith(family) ? name.substring(family.length()) : "of another family";
    List<String> allowed =
        switch (type) {
          case "gauge" -> List.of("");
          case "counter" -> List.of("_total");
          case "histogram" -> List.of("_bucket", "_count", "_sum");
          default -> List.of();
        };
    require(allowed.contains(suffix), "a " + type + " has no such sample", line);
    require(
        (le != null) == suffix.equals("_bucket"), "a bucket and only a bucket has a bound", line);
    double value = Double.parseDouble(number);
    require(type.equals("gauge") || value >= 0, "a count below nothing", line);
    require(samples.put(le == null ? name : name + " " + le, value) == null, "twice", line);
    if (le != null) {
      double bound = le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
      buckets.computeIfAbsent(family, key -> new ArrayList<>()).add(new double[] {bound, value});
    }
    sampled = true;
  }

  private void check(String name, Map<String, String> told) {
    require(told.containsKey("TYPE") && told.containsKey("HELP"), "without TYPE or HELP", name);
    boolean unit = name.endsWith("_seconds") || name.endsWith("_bytes");
    require(!unit || told.containsKey("UNIT"), "a unit that is not told", name);
    if ("histogram".equals(told.get("TYPE"))) {
      List<double[]> rising = buckets.getOrDefault(name, List.of());
      for (int i = 1; i < rising.size(); i++) {
        require(
            rising.get(i)[0] > rising.get(i - 1)[0] && rising.get(i)[1] >= rising.get(i - 1)[1],
            "buckets do not rise",
            name);
      }
      double all = rising.getLast()[1];
      require(Double.isInfinite(rising.getLast()[0]), "no bucket for all", name);
      require(
          samples.getOrDefault(name + "_count", -1.0) == all,
          "the count is not the last bucket's",
          name);
    }
  }

  private static void require(boolean fact, String otherwise, String where) {
    if (!fact) {
      throw new AssertionError(otherwise + ": " + where);
    }
  }
}
