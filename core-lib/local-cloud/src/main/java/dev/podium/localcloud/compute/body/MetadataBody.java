package dev.podium.localcloud.compute.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.state.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Metadata and labels as they stand in bodies, with their limits.
public final class MetadataBody {
  private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9-_]{1,128}");

  /// From the documents of `Metadata.items[].value` and of the whole.
  private static final int VALUE_BYTES = 262_144;

  private static final int ALL_BYTES = 512 * 1024;

  private static final int MOST_LABELS = 64;
  private static final Pattern LABEL_KEY =
      Pattern.compile("[\\p{Ll}\\p{Lo}][\\p{Ll}\\p{Lo}\\p{N}_-]{0,62}");
  private static final Pattern LABEL_VALUE = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{N}_-]{0,63}");

  private MetadataBody() {}

  /// @param field its name, for refusals
  /// @throws Refusal if a key, a value or the whole breaks a rule
  public static Map<String, String> read(JsonNode metadata, String field) {
    BodyShapes.METADATA.check(field, metadata);
    Map<String, String> pairs = new LinkedHashMap<>();
    long bytes = 0;
    for (JsonNode item : metadata.path("items")) {
      String key = item.path("key").asText();
      String value = item.path("value").asText("");
      if (!KEY.matcher(key).matches()) {
        throw Refusal.invalidField(
            field + ".items.key", key, "Must be a match of regex '" + KEY.pattern() + "'");
      }
      int length = value.getBytes(StandardCharsets.UTF_8).length;
      if (length > VALUE_BYTES) {
        throw Refusal.invalidField(
            field + ".items.value",
            key,
            "Metadata value is too large; the maximum is " + VALUE_BYTES + " bytes.");
      }
      bytes += key.length() + length;
      if (pairs.put(key, value) != null) {
        throw Refusal.invalidField(field, key, "Duplicate metadata key.");
      }
    }
    if (bytes > ALL_BYTES) {
      throw Refusal.invalidField(
          field, bytes + " bytes", "Metadata is too large; the maximum is 512 KB.");
    }
    return pairs;
  }

  public static ObjectNode write(Map<String, String> pairs, String fingerprint) {
    ObjectNode node = ComputeJson.object();
    node.put("kind", "compute#metadata");
    node.put("fingerprint", fingerprint);
    if (!pairs.isEmpty()) {
      ArrayNode items = node.putArray("items");
      pairs.forEach((key, value) -> items.addObject().put("key", key).put("value", value));
    }
    return node;
  }

  /// @throws Refusal if a key, a value or their number breaks a rule
  public static Map<String, String> labels(JsonNode object, String field) {
    BodyShapes.LABELS.check(field, object);
    Map<String, String> labels = ComputeJson.pairs(object);
    if (labels.size() > MOST_LABELS) {
      throw Refusal.invalidField(
          field, labels.size() + " labels", "A resource has at most " + MOST_LABELS + " labels.");
    }
    labels.forEach((key, value) -> {
      if (!LABEL_KEY.matcher(key).matches()) {
        throw violates(field, "key", key);
      }
      if (!LABEL_VALUE.matcher(value).matches()) {
        throw violates(field, "value", value);
      }
    });
    return labels;
  }

  private static Refusal violates(String field, String part, String text) {
    return Refusal.invalidField(
        field,
        "",
        "Label "
            + part
            + " '"
            + text
            + "' violates format constraints. The "
            + part
            + " can only contain lowercase letters, numeric characters, underscores and dashes."
            + " The "
            + part
            + " can be at most 63 characters long. International characters are allowed.");
  }
}
