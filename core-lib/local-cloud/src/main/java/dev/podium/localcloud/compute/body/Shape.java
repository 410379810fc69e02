package dev.podium.localcloud.compute.body;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.localcloud.state.Refusal;
import java.util.Map;

/// What a part of a body must look like. A part of the wrong type is refused and never ignored: a
/// run limit that nobody noticed would cost money.
public sealed interface Shape {
  /// A part without parts.
  enum Scalar implements Shape {
    TEXT,
    /// `true` or `false`, also as a text.
    FLAG,
    /// A whole number, also as a text: JSON's own numbers do not hold 64 bits everywhere.
    WHOLE,
    /// Any number.
    NUMBER
  }

  record ListOf(Shape item) implements Shape {}

  /// An object whose members' names the caller chooses.
  record MapOf(Shape value) implements Shape {}

  /// An object of which these members are understood.
  ///
  /// @param closed whether another member is refused
  record Members(Map<String, Shape> known, boolean closed) implements Shape {}

  /// A part that is absent or null fits every shape.
  ///
  /// @param field its full name, for the refusal
  /// @throws Refusal if it does not fit
  default void check(String field, JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return;
    }
    switch (this) {
      case Scalar scalar -> checkScalar(scalar, field, node);
      case ListOf(Shape item) -> {
        require(node.isArray(), field, node, "Must be a list.");
        for (int i = 0; i < node.size(); i++) {
          checkPresent(item, field + "[" + i + "]", node.path(i));
        }
      }
      case MapOf(Shape value) -> {
        require(node.isObject(), field, node, "Must be an object.");
        node.properties()
            .forEach(entry -> checkPresent(value, field + "." + entry.getKey(), entry.getValue()));
      }
      case Members(Map<String, Shape> known, boolean closed) -> {
        require(node.isObject(), field, node, "Must be an object.");
        node.properties()
            .forEach(entry -> {
              String name = field + "." + entry.getKey();
              Shape shape = known.get(entry.getKey());
              if (shape != null) {
                shape.check(name, entry.getValue());
              } else {
                require(!closed, name, entry.getValue(), "There is no such field.");
              }
            });
      }
    }
  }

  private static void checkPresent(Shape shape, String field, JsonNode node) {
    require(!node.isNull(), field, node, "Must not be null.");
    shape.check(field, node);
  }

  private static void checkScalar(Scalar scalar, String field, JsonNode node) {
    String text = node.asText();
    switch (scalar) {
      case TEXT -> require(node.isTextual(), field, node, "Must be a text.");
      case FLAG ->
          require(
              node.isBoolean()
                  || (node.isTextual() && (text.equals("true") || text.equals("false"))),
              field,
              node,
              "Must be true or false.");
      case WHOLE ->
          require(
              node.isIntegralNumber() || (node.isTextual() && text.matches("-?[0-9]{1,19}")),
              field,
              node,
              "Must be a whole number.");
      case NUMBER -> require(node.isNumber(), field, node, "Must be a number.");
    }
  }

  private static void require(boolean fits, String field, JsonNode node, String rule) {
    if (!fits) {
      String text = node.isContainerNode() ? node.toString() : node.asText();
      throw Refusal.invalidField(
          field, text.length() <= 100 ? text : text.substring(0, 100) + "…", rule);
    }
  }
}
