package dev.podium.localcloud.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A request that one of Google's clients was seen to send to a recording server.
///
/// @param number its place in the recording, from 1
/// @param status what the recording server answered; a simple server of our own, so it tells which
///   road the client took, not what Google would say
record CapturedRequest(
    int number, String verb, String target, Map<String, String> headers, String body, int status) {

  /// @param file a test resource with one JSON object a line
  static List<CapturedRequest> load(String file) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(Discovery.open(file), StandardCharsets.UTF_8))) {
      List<CapturedRequest> all = new ArrayList<>();
      for (String line : lines.lines().toList()) {
        JsonNode json = Discovery.JSON.readTree(line);
        Map<String, String> headers = new LinkedHashMap<>();
        json.path("h").properties().forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
        all.add(
            new CapturedRequest(
                all.size() + 1,
                json.path("m").asText(),
                json.path("u").asText(),
                headers,
                json.path("b").asText(),
                json.path("rc").asInt()));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException("The recording " + file + " cannot be read", e);
    }
  }

  /// The path without its query.
  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /// Whether the recording server was told to fail here, to see what the client does.
  boolean faultInjected() {
    return status == 401 || status == 403 || status == 429 || status == 412 || status >= 500;
  }

  CapturedRequest with(String newTarget, String newBody) {
    return new CapturedRequest(number, verb, newTarget, headers, newBody, status);
  }

  @Override
  public String toString() {
    return "#" + number + " " + verb + " " + target;
  }
}
