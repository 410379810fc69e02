package dev.podium.desktop.cli.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// JSON as the commands print and read it.
public final class JsonText {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonText() {}

  /// On one line, for a script that reads lines.
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Indented, for a person and for `jq` alike.
  public static String pretty(JsonNode node) {
    return node.toPrettyString();
  }

  /// @throws IllegalArgumentException if the text is not JSON
  public static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException garbled) {
      throw new IllegalArgumentException("not JSON", garbled);
    }
  }
}
