package dev.podium.desktop.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The failures of a creation as lines that a person reads. Where many VMs failed for one reason,
/// that is said once.
public final class FailedVms {
  private static final int NAMED = 3;

  private FailedVms() {}

  /// @param failures the API's list of `name`, `message` and `remedy`
  public static List<String> sentences(JsonNode failures) {
    Map<String, List<JsonNode>> byReason = new LinkedHashMap<>();
    for (JsonNode failure : failures) {
      byReason.computeIfAbsent(reason(failure), _ -> new ArrayList<>()).add(failure);
    }
    List<String> sentences = new ArrayList<>();
    byReason.forEach((_, alike) -> sentences.add(sentence(alike)));
    return sentences;
  }

  /// What two VMs that failed alike have in common: all but their names.
  private static String reason(JsonNode failure) {
    return whole(failure).replace(failure.path("name").asText(), "");
  }

  private static String whole(JsonNode failure) {
    return FailureSentence.of(failure.path("message").asText(), failure.path("remedy").asText());
  }

  private static String sentence(List<JsonNode> alike) {
    String first = whole(alike.getFirst());
    if (alike.size() == 1) {
      return first;
    }
    List<String> names = alike.stream().map(failure -> failure.path("name").asText()).toList();
    String named = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return alike.size() + " failed (" + named + (names.size() > NAMED ? ", …" : "") + "): " + first;
  }
}
