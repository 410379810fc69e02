package dev.podium.localcloud.conformance;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Judges answers of one API: a success by the schema of the method that the path means, anything
/// else by Google's error envelope.
final class AnswerJudge {

  private final Discovery discovery;
  private final SchemaCheck schemas;
  private final String base;
  private final boolean itemisedErrors;

  private AnswerJudge(Discovery discovery, String base, boolean itemisedErrors) {
    this.discovery = discovery;
    this.schemas = new SchemaCheck(discovery);
    this.base = base;
    this.itemisedErrors = itemisedErrors;
  }

  static AnswerJudge compute() {
    return new AnswerJudge(Discovery.compute(), "/compute/v1/", true);
  }

  static AnswerJudge pubsub() {
    return new AnswerJudge(Discovery.pubsub(), "/", false);
  }

  Discovery discovery() {
    return discovery;
  }

  /// @param path with the API's base, without a query
  Optional<ApiMethod> method(String verb, String path) {
    return path.startsWith(base)
        ? discovery.match(verb, path.substring(base.length()))
        : Optional.empty();
  }

  /// @return one sentence for each fault of the answer; empty if it is as Google would shape it
  List<String> faults(String verb, String path, Answer answer) {
    Optional<ApiMethod> method = method(verb, path);
    if (!answer.succeeded()) {
      return GoogleError.faults(answer, itemisedErrors);
    }
    if (method.isEmpty()) {
      return List.of("succeeded, though the API has no such method: " + answer);
    }
    String response = method.get().response();
    if (response == null) {
      return List.of();
    }
    if (!answer.header("content-type").toLowerCase(Locale.ROOT).startsWith("application/json")) {
      return List.of("Content-Type is '" + answer.header("content-type") + "'");
    }
    return schemas.faults(response, answer.json());
  }
}
