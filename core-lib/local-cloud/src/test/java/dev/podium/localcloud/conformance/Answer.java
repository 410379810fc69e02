package dev.podium.localcloud.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// What a server answered to one HTTP/1.1 request.
///
/// @param status the code of the status line
/// @param reason the reason phrase, which Google's Java client shows to people
/// @param headers lower-case names; of a repeated header the last value
/// @param text the body, unpacked; empty where there was none
record Answer(int status, String reason, Map<String, String> headers, String text) {

  boolean succeeded() {
    return status >= 200 && status < 300;
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  JsonNode json() {
    try {
      return Discovery.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON, with status " + status + ": " + text, e);
    }
  }

  @Override
  public String toString() {
    return status + " " + (text.length() <= 400 ? text : text.substring(0, 400) + "…");
  }
}
