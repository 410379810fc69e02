package dev.podium.localcloud.compute.list;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.localcloud.state.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Chooses between Compute Engine's two filter grammars, which must not be mixed.
final class Filters {
  /// `field eq pattern` with an optional bracket before it.
  private static final Pattern OLD =
      Pattern.compile("\\s*\\(*\\s*[A-Za-z][\\w.-]*\\s+(eq|ne)\\s.*", Pattern.DOTALL);

  private Filters() {}

  /// @throws Refusal 400 if it is malformed
  static Filter parse(String text) {
    return OLD.matcher(text).matches()
        ? PatternFilters.parse(text)
        : new ExpressionParser(text).parse();
  }

  static Refusal malformed(String text) {
    return Refusal.invalidField("filter", text, "Invalid list filter expression.");
  }

  /// All values at a dotted path; a list on the way stands for each of its items.
  static List<JsonNode> values(JsonNode resource, String path) {
    List<JsonNode> found = new ArrayList<>();
    collect(resource, path, found);
    return found;
  }

  private static void collect(JsonNode node, String path, List<JsonNode> found) {
    if (node.isArray()) {
      node.forEach(item -> collect(item, path, found));
    } else if (path.isEmpty()) {
      if (!node.isMissingNode() && !node.isNull()) {
        found.add(node);
      }
    } else if (node.has(path)) {
      // A label's key may itself hold dots.
      collect(node.get(path), "", found);
    } else {
      int dot = path.indexOf('.');
      if (dot > 0) {
        collect(node.path(path.substring(0, dot)), path.substring(dot + 1), found);
      }
    }
  }
}
