package dev.podium.localcloud.storage.form;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.storage.Preconditions;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One request.
///
/// @param segments of its path, decoded
/// @param body as it comes; to be read once
public record StorageCall(
    RequestHeaders headers, List<String> segments, QueryParams query, InputStream body) {
  public static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      try {
        // A plus stands for itself in a path.
        segments.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException malformed) {
        throw Refusal.invalid("The path is malformed.");
      }
    }
    return segments;
  }

  public String method() {
    return headers.method().name();
  }

  /// A parameter; empty if it was not sent.
  public String parameter(String name) {
    return query.get(name, "");
  }

  public String header(CharSequence name) {
    return headers.get(name, "");
  }

  /// The server's root, as this client knows it.
  public String root() {
    String host = headers.get(HttpHeaderNames.HOST, "127.0.0.1");
    return "http://" + headers.get(HttpHeaderNames.AUTHORITY, host);
  }

  /// The generation of an object that is meant; 0 for whichever.
  public long generation() {
    return number("generation").orElse(0);
  }

  public Preconditions preconditions() {
    return preconditions("if");
  }

  public Preconditions preconditions(String prefix) {
    return new Preconditions(
        number(prefix + "GenerationMatch"),
        number(prefix + "GenerationNotMatch"),
        number(prefix + "MetagenerationMatch"),
        number(prefix + "MetagenerationNotMatch"));
  }

  /// @throws Refusal 400 if it is no number
  public OptionalLong number(String parameter) {
    Optional<String> text = Optional.ofNullable(query.get(parameter)).filter(one -> !one.isEmpty());
    try {
      return text.map(one -> OptionalLong.of(Long.parseLong(one))).orElse(OptionalLong.empty());
    } catch (NumberFormatException malformed) {
      throw Refusal.invalid("Invalid value for parameter " + parameter + ": '" + text.get() + "'.");
    }
  }
}
