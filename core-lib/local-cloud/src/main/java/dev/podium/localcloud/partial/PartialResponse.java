package dev.podium.localcloud.partial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which members of an answer a client wants, such as `items(id,name),nextPageToken`.
///
/// A comma separates members, a slash leads into one, `*` stands for every member, and parentheses
/// hold what is wanted below. Lists are looked through. Members that are not there are left out.
/// Source: https://cloud.google.com/compute/docs/api/how-tos/performance#partial
public final class PartialResponse {
  private static final String ALL = "*";

  /// Deeper than any answer; what is deeper only costs stack.
  private static final int DEEPEST = 32;

  /// What is wanted below each member; empty for all of it.
  private final Map<String, PartialResponse> wanted = new LinkedHashMap<>();

  private PartialResponse() {}

  /// @throws IllegalArgumentException if the text does not follow the rules
  public static PartialResponse parse(String fields) {
    Reader reader = new Reader(fields);
    PartialResponse parsed = reader.list(0);
    if (!reader.atEnd()) {
      throw new IllegalArgumentException(fields);
    }
    return parsed;
  }

  /// A copy of the answer with what is wanted alone.
  public JsonNode of(JsonNode answer) {
    if (wanted.isEmpty()) {
      return answer;
    }
    return switch (answer) {
      case ArrayNode list -> {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode(list.size());
        list.forEach(item -> copy.add(of(item)));
        yield copy;
      }
      case ObjectNode object -> {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object
            .properties()
            .forEach(member -> {
              PartialResponse below = wanted.getOrDefault(member.getKey(), wanted.get(ALL));
              if (below != null) {
                copy.set(member.getKey(), below.of(member.getValue()));
              }
            });
        yield copy;
      }
      default -> answer;
    };
  }

  /// Reads the text from left to right.
  private static final class Reader {
    private final String text;
    private int next;

    Reader(String text) {
      this.text = text;
    }

    boolean atEnd() {
      return next == text.length();
    }

    PartialResponse list(int depth) {
      PartialResponse list = new PartialResponse();
      do {
        path(list, depth);
      } while (skip(','));
      return list;
    }

    private void path(PartialResponse list, int depth) {
      if (depth > DEEPEST) {
        throw new IllegalArgumentException(text);
      }
      String name = name();
      boolean known = list.wanted.containsKey(name);
      PartialResponse below = list.wanted.computeIfAbsent(name, _ -> new PartialResponse());
      PartialResponse asked = new PartialResponse();
      if (skip('/')) {
        path(asked, depth + 1);
      } else if (skip('(')) {
        asked = list(depth + 1);
        if (!skip(')')) {
          throw new IllegalArgumentException(text);
        }
      }
      below.add(asked, known);
    }

    private String name() {
      int start = next;
      while (next < text.length() && "/,()".indexOf(text.charAt(next)) < 0) {
        next++;
      }
      String name = text.substring(start, next).strip();
      if (name.isEmpty()) {
        throw new IllegalArgumentException(text);
      }
      return name;
    }

    private boolean skip(char wanted) {
      boolean there = next < text.length() && text.charAt(next) == wanted;
      next += there ? 1 : 0;
      return there;
    }
  }

  /// Takes in what is wanted of the same member a second time. All of it once is all of it.
  private void add(PartialResponse other, boolean known) {
    boolean everything = other.wanted.isEmpty() || (known && wanted.isEmpty());
    if (everything) {
      wanted.clear();
      return;
    }
    other.wanted.forEach((name, below) -> {
      boolean twice = wanted.containsKey(name);
      wanted.computeIfAbsent(name, _ -> new PartialResponse()).add(below, twice);
    });
  }
}
