package dev.podium.localcloud.compute.list;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/// The older grammar, which gcloud writes: `field eq pattern` or `field ne pattern`, where an RE2
/// pattern must match the whole value; several stand in brackets beside each other and must all
/// hold.
final class PatternFilters {
  /// One comparison: its field, its operator, and a pattern that is quoted or runs to the closing
  /// bracket or the end.
  private static final java.util.regex.Pattern COMPARISON =
      java.util.regex.Pattern.compile(
          "\\s*([A-Za-z][\\w.-]*)\\s+(eq|ne)\\s+(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|'((?:[^'\\\\]++|\\\\.)*+)'|([^\\s()]+))\\s*");

  private PatternFilters() {}

  static Filter parse(String text) {
    Matcher comparison = COMPARISON.matcher(text);
    if (comparison.matches()) {
      return filter(text, comparison);
    }
    List<Filter> all = new ArrayList<>();
    int at = skipBlanks(text, 0);
    while (at < text.length()) {
      comparison.region(at + 1, text.length());
      if (text.charAt(at) != '(' || !comparison.lookingAt()) {
        throw Filters.malformed(text);
      }
      all.add(filter(text, comparison));
      at = comparison.end();
      if (at >= text.length() || text.charAt(at) != ')') {
        throw Filters.malformed(text);
      }
      at = skipBlanks(text, at + 1);
    }
    return resource -> all.stream().allMatch(filter -> filter.matches(resource));
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static Filter filter(String text, Matcher comparison) {
    String field = comparison.group(1);
    boolean equal = comparison.group(2).equals("eq");
    Pattern pattern = compile(text, quoted(comparison));
    return resource ->
        Filters.values(resource, field).stream().anyMatch(value -> pattern.matches(value.asText()))
            == equal;
  }

  private static String quoted(Matcher comparison) {
    for (int group = 3; group < 5; group++) {
      String inside = comparison.group(group);
      if (inside != null) {
        return inside;
      }
    }
    return String.valueOf(comparison.group(5));
  }

  private static Pattern compile(String text, String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException malformed) {
      throw Filters.malformed(text);
    }
  }
}
