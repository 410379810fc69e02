package dev.podium.desktop.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.text.JsonText;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// A local cloud's own API below `/local/`, as the commands use it.
public final class CloudClient {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  // In bytes. Whoever has the address now may not fill this computer's memory.
  private static final long LONGEST_ANSWER = 64L * 1024 * 1024;

  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /// @param base of Compute Engine and sign-in, with a slash at its end
  public CloudClient(URI base) {
    this.base = base;
  }

  /// @param path below `/local/`
  /// @throws PodiumException if the cloud refuses or does not answer; its own sentence is kept
  public JsonNode send(String method, String path, String body) {
    URI target = base.resolve("local/" + path);
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      return understood(
          target,
          http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_ANSWER)));
    } catch (IOException failure) {
      throw new PodiumException.Unavailable(
          "The local cloud at " + base + " does not answer",
          String.valueOf(failure.getMessage()),
          "See whether it still runs.",
          failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new PodiumException.Unavailable(
          "The command was interrupted", "", "Run it again.", interrupt);
    }
  }

  public JsonNode get(String path) {
    return send("GET", path, "");
  }

  public JsonNode post(String path) {
    return send("POST", path, "");
  }

  private static JsonNode understood(URI target, HttpResponse<String> response) {
    JsonNode body;
    try {
      body = JsonText.read(response.body());
    } catch (IllegalArgumentException notJson) {
      body = JsonText.read("{}");
    }
    String sentence = body.at("/error/message").asText();
    if (response.statusCode() < 300 && !body.isMissingNode()) {
      return body;
    }
    throw new PodiumException.CloudFailed(
        sentence.isBlank() ? target + " answered " + response.statusCode() : sentence,
        "",
        sentence.isBlank() ? "See whether that is a local cloud of Podium." : "",
        null);
  }
}
