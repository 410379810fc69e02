package dev.podium.wire.chat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads and writes the objects of both topics. It reads trees and not records by reflection:
/// missing and wrong members are noticed, and far fewer classes are loaded when an agent starts.
final class WireJson {
  /// Longer than any object an agent or console writes: a heartbeat of 2,000 members is 200 kB, a
  /// roster of 10,000 VMs 1.7 MB.
  private static final int LONGEST = 2 << 20;

  private static final ObjectMapper READER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(8)
                      .maxDocumentLength(LONGEST)
                      .maxStringLength(64 * 1024)
                      .maxNumberLength(32)
                      .maxNameLength(128)
                      .build())
              .build());

  private WireJson() {}

  /// Reads one object and makes something of it.
  ///
  /// @return empty if the text is not an object, lacks a member or has a wrong one. Also empty if
  ///   `make` does not know its type.
  static <T> Optional<T> read(String json, Function<JsonNode, Optional<T>> make) {
    if (json.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      JsonNode tree = READER.readTree(json);
      return tree.isObject() ? make.apply(tree) : Optional.empty();
    } catch (JsonProcessingException | IllegalArgumentException | java.time.DateTimeException bad) {
      return Optional.empty();
    }
  }

  static String text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(name);
    }
    return value.textValue();
  }

  static Optional<String> optionalText(JsonNode object, String name) {
    return object.path(name).isTextual() ? Optional.of(text(object, name)) : Optional.empty();
  }

  static long number(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (!value.canConvertToLong()) {
      throw new IllegalArgumentException(name);
    }
    return value.longValue();
  }

  static int count(JsonNode object, String name) {
    return Math.clamp(number(object, name), 0, Integer.MAX_VALUE);
  }

  static boolean flag(JsonNode object, String name) {
    return object.path(name).asBoolean(false);
  }

  static <T> List<T> list(JsonNode object, String name, Function<JsonNode, T> make) {
    List<T> made = new ArrayList<>();
    object.path(name).forEach(item -> made.add(make.apply(item)));
    return made;
  }

  /// Writes one object whose first member is `t`.
  static String write(String type, Members members) {
    StringWriter out = new StringWriter(256);
    try (JsonGenerator json = READER.getFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("t", type);
      members.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toString();
  }

  /// Writes the members after `t`.
  @FunctionalInterface
  interface Members {
    void write(JsonGenerator json) throws IOException;
  }
}
