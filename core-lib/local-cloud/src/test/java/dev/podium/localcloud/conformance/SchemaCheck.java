package dev.podium.localcloud.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Says where a JSON value is not what a schema of a discovery document declares.
///
/// Stricter than Google's clients, which forgive much. A member that the schema does not know is
/// reported: a client would drop it silently, and a person would look for it in vain. A 64-bit
/// number must be a string, because JavaScript rounds a bare one.
final class SchemaCheck {

  private static final Pattern SIGNED = Pattern.compile("-?\\d{1,19}");
  private static final Pattern UNSIGNED = Pattern.compile("\\d{1,20}");
  private static final Pattern DURATION = Pattern.compile("-?\\d+(\\.\\d{1,9})?s");
  private static final long UINT32_MAX = 0xFFFF_FFFFL;

  private final Discovery discovery;

  SchemaCheck(Discovery discovery) {
    this.discovery = discovery;
  }

  /// @return one sentence for each fault, led by where it is; empty if the value conforms
  List<String> faults(String schema, JsonNode value) {
    List<String> faults = new ArrayList<>();
    check(schema, discovery.schema(schema), value, faults);
    return faults;
  }

  private void check(String where, JsonNode schema, JsonNode value, List<String> faults) {
    if (schema.has("$ref")) {
      check(where, discovery.schema(schema.path("$ref").asText()), value, faults);
      return;
    }
    switch (schema.path("type").asText()) {
      case "object" -> checkObject(where, schema, value, faults);
      case "array" -> checkArray(where, schema, value, faults);
      case "string" -> checkString(where, schema, value, faults);
      case "integer" -> checkInteger(where, schema, value, faults);
      case "number" -> expect(value.isNumber(), where, "a number", value, faults);
      case "boolean" -> expect(value.isBoolean(), where, "true or false", value, faults);
      case "any" -> {}
      default -> throw new IllegalStateException("Unknown type in the schema at " + where);
    }
  }

  private void checkObject(String where, JsonNode schema, JsonNode value, List<String> faults) {
    if (!value.isObject()) {
      faults.add(where + ": expected an object, got " + shorten(value));
      return;
    }
    JsonNode properties = schema.path("properties");
    JsonNode others = schema.path("additionalProperties");
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String place = where + "." + member.getKey();
      if (properties.has(member.getKey())) {
        check(place, properties.path(member.getKey()), member.getValue(), faults);
      } else if (!others.isMissingNode()) {
        check(place, others, member.getValue(), faults);
      } else {
        faults.add(place + ": the schema knows no such member");
      }
    }
  }

  private void checkArray(String where, JsonNode schema, JsonNode value, List<String> faults) {
    if (!value.isArray()) {
      faults.add(where + ": expected an array, got " + shorten(value));
      return;
    }
    for (int i = 0; i < value.size(); i++) {
      check(where + "[" + i + "]", schema.path("items"), value.path(i), faults);
    }
  }

  private static void checkString(
      String where, JsonNode schema, JsonNode value, List<String> faults) {
    if (!value.isTextual()) {
      faults.add(where + ": expected a string, got " + shorten(value));
      return;
    }
    String text = value.asText();
    switch (schema.path("format").asText()) {
      case "int64" -> expect(fits(SIGNED, text), where, "an int64 in digits", value, faults);
      case "uint64" -> expect(fits(UNSIGNED, text), where, "a uint64 in digits", value, faults);
      case "byte" -> expect(isBase64(text), where, "whole bytes in base64", value, faults);
      case "google-datetime", "date-time" ->
          expect(isMoment(text), where, "an RFC 3339 moment", value, faults);
      case "google-duration" ->
          expect(DURATION.matcher(text).matches(), where, "seconds ending in s", value, faults);
      default -> checkByName(where, text, value, faults);
    }
    if (schema.has("enum")) {
      boolean known = false;
      for (JsonNode allowed : schema.path("enum")) {
        known |= allowed.asText().equals(text);
      }
      expect(known, where, "one of " + schema.path("enum"), value, faults);
    }
  }

  /// Compute's schemas give its moments no format, only a sentence; their names tell them.
  private static void checkByName(String where, String text, JsonNode value, List<String> faults) {
    if (where.endsWith("Timestamp") || where.endsWith("operation.insertTime")) {
      expect(isMoment(text), where, "an RFC 3339 moment", value, faults);
    }
  }

  private static void checkInteger(
      String where, JsonNode schema, JsonNode value, List<String> faults) {
    if (!value.isIntegralNumber()) {
      faults.add(where + ": expected a whole number, got " + shorten(value));
      return;
    }
    boolean fits =
        schema.path("format").asText().equals("uint32")
            ? value.canConvertToLong() && value.asLong() >= 0 && value.asLong() <= UINT32_MAX
            : value.canConvertToInt();
    expect(fits, where, "a number within " + schema.path("format").asText(), value, faults);
  }

  private static boolean fits(Pattern form, String text) {
    if (!form.matcher(text).matches()) {
      return false;
    }
    try {
      long ignored = form == SIGNED ? Long.parseLong(text) : Long.parseUnsignedLong(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /// gcloud decodes and encodes again what it was given, so only the canonical form comes back as
  /// it went out.
  private static boolean isBase64(String text) {
    try {
      byte[] bytes =
          text.contains("-") || text.contains("_")
              ? Base64.getUrlDecoder().decode(text)
              : Base64.getDecoder().decode(text);
      return Base64.getEncoder().encodeToString(bytes).length() == text.length();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isMoment(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static void expect(
      boolean holds, String where, String what, JsonNode got, List<String> faults) {
    if (!holds) {
      faults.add(where + ": expected " + what + ", got " + shorten(got));
    }
  }

  private static String shorten(JsonNode value) {
    String text = value.isMissingNode() ? "nothing" : value.toString();
    return text.length() <= 120 ? text : text.substring(0, 120) + "…";
  }
}
