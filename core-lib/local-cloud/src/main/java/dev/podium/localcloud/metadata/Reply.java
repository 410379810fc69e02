package dev.podium.localcloud.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What the metadata server answers.
///
/// @param status HTTP status
/// @param type media type, without the character set
/// @param body UTF-8
record Reply(int status, String type, String body) {
  private static final String PAGE = "text/html; charset=UTF-8";

  static Reply text(String body) {
    return new Reply(200, "application/text", body);
  }

  static Reply json(JsonNode body) {
    return new Reply(200, "application/json", body.toString());
  }

  static Reply missing() {
    return new Reply(404, PAGE, "<html><title>Error 404 (Not Found)</title><p>Not found.</html>");
  }

  /// @param sentence may hold what the caller sent
  static Reply forbidden(String sentence) {
    String text = sentence.replace("&", "&amp;").replace("<", "&lt;");
    return new Reply(403, PAGE, "<html><title>Error 403 (Forbidden)</title><p>" + text + "</html>");
  }

  static Reply malformed(String sentence) {
    return new Reply(
        400, PAGE, "<html><title>Error 400 (Bad Request)</title><p>" + sentence + "</html>");
  }

  /// Changes if and only if the answer does.
  String etag() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }
}
