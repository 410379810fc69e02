package dev.podium.localcloud.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A value or a directory of the metadata tree.
sealed interface Entry {
  /// As JSON, with all that is below it.
  JsonNode json();

  /// What stands at one step below it.
  Optional<Entry> child(String name);

  /// @param text as it is given alone
  /// @param json as it is given in a tree
  record Value(String text, JsonNode json) implements Entry {
    static Value of(String text) {
      return new Value(text, JsonNodeFactory.instance.textNode(text));
    }

    static Value of(long number) {
      return new Value(String.valueOf(number), JsonNodeFactory.instance.numberNode(number));
    }

    /// A list that is a JSON array alone, too.
    static Value array(List<String> texts) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      texts.forEach(array::add);
      return new Value(array.toString(), array);
    }

    /// A list that is one line each alone.
    static Value lines(List<String> texts) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      texts.forEach(array::add);
      return new Value(String.join("\n", texts) + "\n", array);
    }

    @Override
    public Optional<Entry> child(String name) {
      return Optional.empty();
    }
  }

  /// @param entries by their name in a path
  /// @param literal whether the names are somebody's own and stay as they are in JSON
  record Directory(Map<String, Entry> entries, boolean literal) implements Entry {
    @Override
    public JsonNode json() {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      entries.forEach((name, entry) -> node.set(literal ? name : camelCase(name), entry.json()));
      return node;
    }

    @Override
    public Optional<Entry> child(String name) {
      return Optional.ofNullable(entries.get(name));
    }

    /// `machine-type` in a path is `machineType` in JSON.
    private static String camelCase(String name) {
      StringBuilder camel = new StringBuilder();
      boolean upper = false;
      for (int i = 0; i < name.length(); i++) {
        char letter = name.charAt(i);
        if (letter == '-') {
          upper = true;
        } else {
          camel.append(upper ? Character.toUpperCase(letter) : letter);
          upper = false;
        }
      }
      return camel.toString();
    }
  }

  /// A directory whose names are 0, 1, 2, …, and which is an array in JSON.
  record Numbered(List<Entry> entries) implements Entry {
    @Override
    public JsonNode json() {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      entries.forEach(entry -> array.add(entry.json()));
      return array;
    }

    @Override
    public Optional<Entry> child(String name) {
      return name.matches("[0-9]{1,4}") && Integer.parseInt(name) < entries.size()
          ? Optional.of(entries.get(Integer.parseInt(name)))
          : Optional.empty();
    }
  }

  /// What a directory without `recursive` shows: a name a line, directories with a slash.
  default String listing() {
    StringBuilder lines = new StringBuilder();
    switch (this) {
      case Value value -> lines.append(value.text());
      case Directory directory ->
          directory
              .entries()
              .forEach((name, entry) ->
                  lines.append(name).append(entry instanceof Value ? "\n" : "/\n"));
      case Numbered numbered -> {
        for (int i = 0; i < numbered.entries().size(); i++) {
          lines.append(i).append("/\n");
        }
      }
    }
    return lines.toString();
  }
}
