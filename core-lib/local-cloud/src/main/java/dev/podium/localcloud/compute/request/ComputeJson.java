package dev.podium.localcloud.compute.request;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.state.Refusal;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How JSON is read and written here.
public final class ComputeJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final TypeReference<LinkedHashMap<String, Object>> TREE = new TypeReference<>() {};

  /// Production writes its times with the Pacific offset.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
          .withZone(ZoneId.of("America/Los_Angeles"));

  private ComputeJson() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /// Reads a request's body. No body, and the empty text that Google's Node client sends where
  /// there is none, are an empty object.
  ///
  /// @throws Refusal if it is not an object
  public static ObjectNode body(byte[] bytes) {
    try {
      JsonNode node = MAPPER.readTree(bytes);
      if (node instanceof ObjectNode object) {
        return object;
      }
      if (node.isMissingNode() || node.isNull() || (node.isTextual() && node.asText().isEmpty())) {
        return object();
      }
      throw new Refusal(400, "parseError", "Parse Error: the body must be a JSON object.");
    } catch (JsonProcessingException malformed) {
      throw new Refusal(400, "parseError", "Parse Error: " + where(malformed));
    } catch (IOException impossible) {
      throw new IllegalStateException("Reading from memory cannot fail", impossible);
    }
  }

  /// Takes the members out that are null, however deep. Google's servers take them for *not set*,
  /// and never answer with one: clients that list what others made would break at it.
  ///
  /// @throws Refusal if a list holds null, which means nothing
  static ObjectNode withoutNulls(ObjectNode object) {
    object.removeIf(JsonNode::isNull);
    object.forEach(ComputeJson::dropNulls);
    return object;
  }

  private static void dropNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      withoutNulls(object);
      return;
    }
    for (JsonNode item : node) {
      if (item.isNull()) {
        throw Refusal.invalid("A list must not hold null.");
      }
      dropNulls(item);
    }
  }

  /// The parser's own words name its classes, so only the place is told.
  private static String where(JsonProcessingException malformed) {
    JsonLocation place = malformed.getLocation();
    return place == null
        ? "the body is not valid JSON."
        : "the body is not valid JSON at line %d, column %d."
            .formatted(place.getLineNr(), place.getColumnNr());
  }

  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A tree can always be written", impossible);
    }
  }

  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  public static Map<String, Object> tree(ObjectNode node) {
    return MAPPER.convertValue(node, TREE);
  }

  public static JsonNode node(Object tree) {
    return MAPPER.valueToTree(tree);
  }

  /// A text member; absent, null and empty are the same.
  public static Optional<String> text(JsonNode node, String member) {
    JsonNode value = node.path(member);
    return value.isValueNode() && !value.isNull() && !value.asText().isEmpty()
        ? Optional.of(value.asText())
        : Optional.empty();
  }

  /// A number, which may come as a text.
  ///
  /// @param field its full name, for the refusal
  public static Optional<Long> number(JsonNode node, String member, String field) {
    return text(node, member)
        .map(text -> {
          try {
            return Long.valueOf(text);
          } catch (NumberFormatException malformed) {
            throw Refusal.invalidField(field, text, "Must be a whole number.");
          }
        });
  }

  public static boolean flag(JsonNode node, String member, boolean otherwise) {
    JsonNode value = node.path(member);
    return (value.isMissingNode() || value.isNull()) ? otherwise : value.asBoolean(otherwise);
  }

  public static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  public static Map<String, String> pairs(JsonNode object) {
    Map<String, String> pairs = new LinkedHashMap<>();
    object.properties().forEach(entry -> pairs.put(entry.getKey(), entry.getValue().asText()));
    return pairs;
  }
}
