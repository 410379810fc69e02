package dev.podium.desktop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.core.model.PodiumException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/// Podium's REST API, as the commands use it: the same calls that a user's script makes.
final class ApiClient {
  // Longer than a VM may take to get ready, so that the server's sentence arrives and not ours.
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final URI base;
  private final String key;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /// @param base of the API, with a slash at its end
  ApiClient(URI base, String key) {
    this.base = base;
    this.key = key;
  }

  /// @param path without a slash at its start
  /// @throws PodiumException if the server refuses or does not answer; its own sentence is kept
  JsonNode get(String path) {
    return require(send("GET", path, BodyPublishers.noBody()), path);
  }

  /// As [#get], but a thing that is not there is an answer.
  Optional<JsonNode> find(String path) {
    HttpResponse<String> response = send("GET", path, BodyPublishers.noBody());
    return response.statusCode() == 404 ? Optional.empty() : Optional.of(require(response, path));
  }

  JsonNode post(String path, Object body) {
    return require(send("POST", path, BodyPublishers.ofString(Json.line(body))), path);
  }

  JsonNode delete(String path) {
    return require(send("DELETE", path, BodyPublishers.noBody()), path);
  }

  private HttpResponse<String> send(String method, String path, BodyPublisher body) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new PodiumException.Unavailable(
          "Podium's API at " + base + " does not answer",
          String.valueOf(failure.getMessage()),
          "See whether its console or 'podium serve' still runs.",
          failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new PodiumException.Unavailable(
          "The command was interrupted", "", "Run it again.", interrupt);
    }
  }

  private JsonNode require(HttpResponse<String> response, String path) {
    if (response.statusCode() < 300) {
      return response.body().isBlank() ? Json.read("{}") : Json.read(response.body());
    }
    throw problem(response, path);
  }

  /// Errors are RFC 9457 `problem+json`; an answer that is not is somebody else's.
  private PodiumException problem(HttpResponse<String> response, String path) {
    try {
      JsonNode problem = Json.read(response.body());
      String sentence = problem.path("detail").asText(problem.path("title").asText());
      if (!sentence.isBlank()) {
        return new PodiumException.CloudFailed(sentence, "", problem.path("remedy").asText(), null);
      }
    } catch (IllegalArgumentException notJson) {
      // Falls through to the sentence about the status.
    }
    return new PodiumException.CloudFailed(
        base.resolve(path) + " answered " + response.statusCode(),
        "",
        "See whether that is Podium's API, and the key the right one.",
        null);
  }
}
