package dev.podium.desktop.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// JSON as the commands print and read it.
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /// On one line, for a script that reads lines.
  static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Indented, for a person and for `jq` alike.
  static String pretty(JsonNode node) {
    return node.toPrettyString();
  }

  /// @throws IllegalArgumentException if the text is not JSON
  static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException garbled) {
      throw new IllegalArgumentException("not JSON", garbled);
    }
  }
}
