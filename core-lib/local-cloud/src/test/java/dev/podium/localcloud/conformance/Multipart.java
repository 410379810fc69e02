package dev.podium.localcloud.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes apart the `multipart/mixed` bodies of Google's batch endpoint, in which every part is an
/// HTTP message of its own.
final class Multipart {

  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");

  /// One part.
  ///
  /// @param id the Content-ID, which ties an answer to its request
  /// @param type the part's Content-Type
  /// @param firstLine the request line or the status line of the message inside
  /// @param body of the message inside
  record Part(String id, String type, String firstLine, Map<String, String> headers, String body) {

    /// The message inside, read as an answer.
    Answer answer() {
      String[] status = firstLine.split(" ", 3);
      return new Answer(
          Integer.parseInt(status[1]), status.length > 2 ? status[2] : "", headers, body);
    }
  }

  private Multipart() {}

  static List<Part> parts(String contentType, String body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw new AssertionError("No boundary in the content type '" + contentType + "'");
    }
    List<Part> parts = new ArrayList<>();
    String text = body.replace("\r\n", "\n");
    for (String piece : text.split(Pattern.quote("--" + boundary.group(1)), -1)) {
      if (!piece.isBlank() && !piece.strip().equals("--")) {
        parts.add(part(piece.substring(1)));
      }
    }
    return parts;
  }

  private static Part part(String piece) {
    String[] outer = piece.split("\n\n", 2);
    String[] inner = outer[1].split("\n\n", 2);
    String firstLine = inner[0].lines().findFirst().orElse("");
    Map<String, String> about = headers(outer[0]);
    return new Part(
        about.getOrDefault("content-id", ""),
        about.getOrDefault("content-type", ""),
        firstLine,
        headers(inner[0].substring(firstLine.length())),
        inner.length > 1 ? inner[1].strip() : "");
  }

  private static Map<String, String> headers(String lines) {
    Map<String, String> headers = new HashMap<>();
    for (String line : lines.lines().filter(l -> l.contains(":")).toList()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    return headers;
  }
}
