package dev.podium.fleet.auth;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Name and value pairs as queries and forms write them.
final class FormText {
  private FormText() {}

  static String of(Map<String, String> pairs) {
    return pairs.entrySet().stream()
        .map(pair -> encode(pair.getKey()) + "=" + encode(pair.getValue()))
        .collect(Collectors.joining("&"));
  }

  /// The pairs of a query; of a name that comes twice the first counts.
  static Map<String, String> parse(@Nullable String query) {
    Map<String, String> pairs = new LinkedHashMap<>();
    if (query == null) {
      return pairs;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        pairs.putIfAbsent(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return pairs;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Nobody who answers our request writes that.
      return "";
    }
  }
}
