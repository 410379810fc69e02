package dev.podium.localcloud.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Replaces the names that the recorded server gave by those that this server gave: operations,
/// fingerprints, page tokens and the image of a family. A real client does the same with every
/// answer.
final class ReplayMemory {

  private static final Pattern OPERATION = Pattern.compile("operation-\\d+-[0-9a-f]+");
  private static final String RECORDED_IMAGE = "debian-12-bookworm-v20250610";
  private static final String NO_OPERATION = "operation-0-0";
  private static final Pattern FINGERPRINT =
      Pattern.compile("\"(labelFingerprint|fingerprint)\": ?\"[^\"]*\"");
  private static final Pattern PAGE_TOKEN = Pattern.compile("pageToken=([^&]*)");
  private static final Pattern INSTANCE = Pattern.compile("/(zones/[^/]+/instances/[^/?]+)");

  private final Map<String, String> operations = new HashMap<>();
  private final Deque<String> unnamed = new ArrayDeque<>();
  private final Map<String, JsonNode> instances = new HashMap<>();
  private final Map<String, String> nextPages = new HashMap<>();
  private final Set<String> standing = new HashSet<>();
  private final Set<String> leaving = new HashSet<>();
  private String image = RECORDED_IMAGE;
  private String lastOperation = NO_OPERATION;

  /// @return the request as its client would have sent it here; empty if it asks for a page that
  ///   this server's shorter list does not have
  Optional<CapturedRequest> translate(CapturedRequest captured) {
    String target = operationsIn(captured.target()).replace(RECORDED_IMAGE, image);
    Matcher page = PAGE_TOKEN.matcher(target);
    if (page.find()) {
      String next = nextPages.getOrDefault(captured.path(), "");
      if (next.isEmpty()) {
        return Optional.empty();
      }
      target = page.replaceAll(Matcher.quoteReplacement("pageToken=" + next));
    }
    String body = operationsIn(captured.body());
    Matcher instance = INSTANCE.matcher(target);
    if (instance.find()) {
      body = fingerprintsIn(body, instances.get(instance.group(1)));
    }
    return Optional.of(captured.with(target, body));
  }

  /// A request that changes something begins: the operations that nobody asked about are forgotten.
  void beforeChange() {
    unnamed.clear();
  }

  void learn(String verb, String path, String requestBody, Answer answer) {
    if (!answer.succeeded()) {
      return;
    }
    JsonNode json = answer.json();
    switch (json.path("kind").asText()) {
      case "compute#operation" -> learnOperation(verb, path, requestBody, json);
      case "compute#instance" -> {
        Matcher instance = INSTANCE.matcher(path);
        if (instance.find()) {
          instances.put(instance.group(1), json);
        }
      }
      case "compute#image" -> image = json.path("name").asText();
      default -> nextPages.put(path, json.path("nextPageToken").asText());
    }
  }

  /// Whether an instance of that name was created and not deleted since.
  boolean stands(String zoneAndName) {
    return standing.contains(zoneAndName);
  }

  /// Whether it was deleted, and may still be on its way out: not every client waits for the end.
  boolean leaves(String zoneAndName) {
    return leaving.contains(zoneAndName);
  }

  /// Whether a path leads to an instance that is not there, or to an operation of no request.
  boolean missing(String path) {
    Matcher instance = INSTANCE.matcher(path);
    return instance.find() ? !stands(instance.group(1)) : path.contains(NO_OPERATION);
  }

  private void learnOperation(String verb, String path, String requestBody, JsonNode operation) {
    String name = operation.path("name").asText();
    if (path.contains("/operations/")) {
      return;
    }
    unnamed.addLast(name);
    lastOperation = name;
    Matcher instance = INSTANCE.matcher(path);
    if (verb.equals("DELETE") && instance.find()) {
      standing.remove(instance.group(1));
      leaving.add(instance.group(1));
    } else if (path.endsWith("/instances")) {
      standing.add(created(path, requestBody));
      leaving.remove(created(path, requestBody));
    }
  }

  /// The `zones/Z/instances/N` that an insert is about.
  static String created(String path, String requestBody) {
    try {
      JsonNode body = Discovery.JSON.readTree(requestBody);
      return path.substring(path.indexOf("zones/")) + "/" + body.path("name").asText();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not the body of an insert: " + requestBody, e);
    }
  }

  private String operationsIn(String text) {
    return OPERATION
        .matcher(text)
        .replaceAll(match ->
            operations.computeIfAbsent(
                match.group(),
                ignored -> unnamed.isEmpty() ? lastOperation : unnamed.removeFirst()));
  }

  private static String fingerprintsIn(String body, @Nullable JsonNode instance) {
    if (instance == null) {
      return body;
    }
    return FINGERPRINT
        .matcher(body)
        .replaceAll(match -> {
          JsonNode holder =
              match.group(1).equals("fingerprint") ? instance.path("metadata") : instance;
          String now = holder.path(match.group(1)).asText();
          return Matcher.quoteReplacement("\"" + match.group(1) + "\":\"" + now + "\"");
        });
  }
}
