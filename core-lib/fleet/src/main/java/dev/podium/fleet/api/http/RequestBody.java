package dev.podium.fleet.api.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A request's JSON object, read member by member; each refusal names the member.
public final class RequestBody {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final JsonNode object;

  private RequestBody(JsonNode object) {
    this.object = object;
  }

  /// @param known every member that the call has; another is refused, because a misspelt one would
  ///   else be ignored in silence
  public static RequestBody parse(String text, Set<String> known) {
    JsonNode node;
    try {
      node = text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw refused("The body is not JSON" + place(e) + ".");
    }
    if (!node.isObject()) {
      throw refused("The body must be a JSON object.");
    }
    node.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            throw refused(
                "There is no member '"
                    + name
                    + "'; there are "
                    + String.join(", ", known.stream().sorted().toList())
                    + ".");
          }
        });
    return new RequestBody(node);
  }

  /// The parser's own words name its classes and settings, so only the place is told.
  private static String place(JsonProcessingException malformed) {
    JsonLocation place = malformed.getLocation();
    boolean twice = String.valueOf(malformed.getOriginalMessage()).startsWith("Duplicate field");
    String where =
        place == null
            ? ""
            : " at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
    return (twice ? ": a member stands there twice" : "") + where;
  }

  /// The object itself, for whoever knows how to read it.
  public JsonNode json() {
    return object;
  }

  public Optional<String> text(String member) {
    JsonNode node = node(member);
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    if (!node.isTextual() || node.asText().isBlank()) {
      throw refused("The member '" + member + "' must be a text that is not empty.");
    }
    return Optional.of(node.asText());
  }

  public String requiredText(String member) {
    return text(member)
        .orElseThrow(() -> refused("The member '" + member + "' is missing; it must be a text."));
  }

  public long integer(String member, long otherwise, long least, long most) {
    JsonNode node = node(member);
    if (node.isMissingNode()) {
      return otherwise;
    }
    if (!node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.asLong() < least
        || node.asLong() > most) {
      throw refused(
          "The member '" + member + "' must be a whole number from " + least + " to " + most + ".");
    }
    return node.asLong();
  }

  public boolean truth(String member, boolean otherwise) {
    JsonNode node = node(member);
    if (node.isMissingNode()) {
      return otherwise;
    }
    if (!node.isBoolean()) {
      throw refused("The member '" + member + "' must be true or false.");
    }
    return node.asBoolean();
  }

  public List<String> texts(String member) {
    List<String> texts = new ArrayList<>();
    JsonNode node = node(member);
    boolean good = node.isMissingNode() || node.isArray();
    for (JsonNode element : node) {
      good &= element.isTextual() && !element.asText().isBlank();
      texts.add(element.asText());
    }
    if (!good) {
      throw refused("The member '" + member + "' must be a list of texts.");
    }
    return texts;
  }

  public Map<String, String> map(String member) {
    Map<String, String> map = new LinkedHashMap<>();
    JsonNode node = node(member);
    boolean good = node.isMissingNode() || node.isObject();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      good &= entry.getValue().isTextual();
      map.put(entry.getKey(), entry.getValue().asText());
    }
    if (!good) {
      throw refused("The member '" + member + "' must be an object of texts.");
    }
    return map;
  }

  private JsonNode node(String member) {
    JsonNode node = object.path(member);
    return node.isNull() ? MissingNode.getInstance() : node;
  }

  public static RefusedRequest refused(String detail) {
    return new RefusedRequest(Problem.malformed(detail));
  }
}
