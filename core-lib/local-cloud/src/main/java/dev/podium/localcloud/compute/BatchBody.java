package dev.podium.localcloud.compute;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpHeadersBuilder;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.ComputeRequest;
import dev.podium.localcloud.compute.request.ComputeResponse;
import dev.podium.localcloud.state.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The `multipart/mixed` bodies of batches, both ways: each part is an HTTP message of its own.
/// gcloud ends its lines with a bare line feed, others with CR LF; both are read.
final class BatchBody {
  /// Compute Engine's own limit.
  private static final int MOST_PARTS = 1000;

  /// A token, a target and a version: the first line of an HTTP request.
  private static final Pattern REQUEST_LINE = Pattern.compile("[A-Za-z]+ \\S+ HTTP/1\\.[01]");

  /// One request of a batch.
  ///
  /// @param id its Content-ID as it came, which ties the response to it; empty if it has none
  record Part(String id, ComputeRequest request) {}

  /// The head of a message and what follows it.
  private record Message(String head, String body) {
    static Message split(String text) {
      // A part without any header starts with the empty line.
      int end = text.startsWith("\n") ? 0 : text.indexOf("\n\n");
      return end < 0
          ? new Message(text.strip(), "")
          : new Message(
              text.substring(0, end), text.substring(text.startsWith("\n") ? 1 : end + 2));
    }
  }

  private BatchBody() {}

  /// @param outer the batch's own headers; a part without a token has that of the batch, and every
  ///   part its host
  /// @throws Refusal if it is not a batch
  static List<Part> read(@Nullable MediaType type, HttpHeaders outer, String body) {
    List<String> boundary =
        type == null ? List.of() : type.parameters().getOrDefault("boundary", List.of());
    if (type == null || !type.type().equals("multipart") || boundary.isEmpty()) {
      throw malformed("its Content-Type must be multipart/mixed with a boundary");
    }
    String text = "\n" + body.replace("\r\n", "\n");
    String[] pieces = text.split(Pattern.quote("\n--" + boundary.getFirst()), MOST_PARTS + 3);
    if (pieces.length > MOST_PARTS + 2) {
      throw malformed("it has more than " + MOST_PARTS + " parts");
    }
    List<Part> parts = new ArrayList<>();
    // What stands before the first boundary and after the last is not part of it.
    for (int i = 1; i < pieces.length && !pieces[i].startsWith("--"); i++) {
      parts.add(part(pieces[i].substring(pieces[i].indexOf('\n') + 1), outer));
    }
    if (parts.isEmpty()) {
      throw malformed("it has no parts");
    }
    return parts;
  }

  private static Part part(String piece, HttpHeaders outer) {
    Message wrapping = Message.split(piece);
    Message request = Message.split(wrapping.body());
    String[] lines = request.head().split("\n", 2);
    if (!REQUEST_LINE.matcher(lines[0]).matches()) {
      throw malformed("each part must hold an HTTP request");
    }
    String[] words = lines[0].split(" ", 3);
    HttpHeaders inner = headers(lines.length > 1 ? lines[1] : "");
    HttpHeadersBuilder headers = inner.toBuilder();
    String token = outer.get(HttpHeaderNames.AUTHORIZATION, "");
    if (!inner.contains(HttpHeaderNames.AUTHORIZATION) && !token.isEmpty()) {
      headers.set(HttpHeaderNames.AUTHORIZATION, token);
    }
    // A part has come by the way that its batch came, whatever host its own request names.
    String authority = outer.get(HttpHeaderNames.AUTHORITY, "");
    if (!authority.isEmpty()) {
      headers.set(HttpHeaderNames.HOST, authority);
    }
    return new Part(
        headers(wrapping.head()).get("content-id", ""),
        new ComputeRequest(
            words[0], target(words[1]), headers.build(), HttpData.ofUtf8(request.body())));
  }

  private static HttpHeaders headers(String lines) {
    HttpHeadersBuilder headers = HttpHeaders.builder();
    for (String line : lines.split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        try {
          headers.add(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        } catch (IllegalArgumentException forbiddenCharacter) {
          throw malformed("a part has a header that HTTP does not permit");
        }
      }
    }
    return headers.build();
  }

  /// Path and query of a target, which may be a whole URL.
  private static String target(String target) {
    int scheme = target.indexOf("://");
    if (target.startsWith("/") || scheme < 0) {
      return target;
    }
    int path = target.indexOf('/', scheme + 3);
    return path < 0 ? "/" : target.substring(path);
  }

  /// The responses, in the order of their parts.
  static String write(String boundary, List<Part> parts, List<ComputeResponse> responses) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      ComputeResponse response = responses.get(i);
      HttpData body = HttpData.wrap(ComputeJson.bytes(response.body()));
      text.append("--").append(boundary).append("\r\nContent-Type: application/http\r\n");
      String id = parts.get(i).id();
      if (!id.isEmpty()) {
        String bare = id.startsWith("<") ? id.substring(1) : id + ">";
        text.append("Content-ID: <response-").append(bare).append("\r\n");
      }
      text.append("\r\nHTTP/1.1 ")
          .append(HttpStatus.valueOf(response.status()))
          .append("\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: ")
          .append(body.length())
          .append("\r\n\r\n")
          .append(body.toStringUtf8())
          .append("\r\n");
    }
    return text.append("--").append(boundary).append("--\r\n").toString();
  }

  private static Refusal malformed(String why) {
    return new Refusal(400, "badRequest", "The batch cannot be read: " + why + ".");
  }
}
