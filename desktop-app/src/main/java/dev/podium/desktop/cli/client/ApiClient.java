package dev.podium.desktop.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.text.JsonText;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Podium's REST API, as the commands use it: the same calls that a user's script makes.
public final class ApiClient {
  // Longer than a VM may take to get ready, so that the server's sentence arrives and not ours.
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final String EVENTS = "text/event-stream";

  // In bytes. Whoever has the address now may not fill this computer's memory.
  private static final long LONGEST_ANSWER = 64L * 1024 * 1024;

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
  public JsonNode get(String path) {
    return require(send("GET", path, BodyPublishers.noBody()), path);
  }

  /// As [#get], but a thing that is not there is an answer.
  public Optional<JsonNode> find(String path) {
    HttpResponse<String> response = send("GET", path, BodyPublishers.noBody());
    return response.statusCode() == 404 ? Optional.empty() : Optional.of(require(response, path));
  }

  public JsonNode post(String path, Object body) {
    return require(send("POST", path, BodyPublishers.ofString(JsonText.line(body))), path);
  }

  /// An answer, and the tag that says which version of the thing it is.
  public record Tagged(JsonNode body, String tag) {}

  /// As [#get], for a thing that is to be changed.
  public Tagged tagged(String path) {
    HttpResponse<String> response = send("GET", path, BodyPublishers.noBody());
    return new Tagged(require(response, path), response.headers().firstValue("etag").orElse("*"));
  }

  /// Replaces the thing, if it is still in the version that the tag names.
  public JsonNode put(String path, JsonNode body, String tag) {
    return require(
        send("PUT", path, BodyPublishers.ofString(body.toString()), "If-Match", tag), path);
  }

  /// Follows the stream of server-sent events, until the server ends it or the receiver has enough.
  ///
  /// @param more is given the kind and the data of each event; says whether it wants another
  public void follow(String path, BiPredicate<String, JsonNode> more) {
    HttpResponse<Stream<String>> response = send(request(path).build(), BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      if (response.statusCode() != 200) {
        throw problem(lines.collect(Collectors.joining("\n")), response.statusCode(), path);
      }
      if (!response.headers().firstValue("content-type").orElse("").startsWith(EVENTS)) {
        throw stranger(path, "what is no stream of events");
      }
      String kind = "";
      for (String line : (Iterable<String>) lines::iterator) {
        if (line.startsWith("event: ")) {
          kind = line.substring("event: ".length());
        } else if (line.startsWith("data: ")
            && !more.test(kind, understood(line.substring("data: ".length()), path))) {
          return;
        }
      }
    } catch (UncheckedIOException broken) {
      throw silent(broken);
    }
  }

  public JsonNode delete(String path) {
    return require(send("DELETE", path, BodyPublishers.noBody()), path);
  }

  private HttpResponse<String> send(
      String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request = request(path).timeout(PATIENCE).method(method, body);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_ANSWER));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json");
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException failure) {
      throw silent(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new PodiumException.Unavailable(
          "The command was interrupted", "", "Run it again.", interrupt);
    }
  }

  private PodiumException silent(Exception failure) {
    return new PodiumException.Unavailable(
        "Podium's API at " + base + " does not answer",
        // The JDK says nothing of a port at which nobody listens.
        Optional.ofNullable(failure.getMessage()).orElse("nobody listens there"),
        "See whether its console or 'podium serve' still runs.",
        failure);
  }

  private JsonNode require(HttpResponse<String> response, String path) {
    if (response.statusCode() < 300) {
      return response.body().isBlank() ? JsonText.read("{}") : understood(response.body(), path);
    }
    throw problem(response.body(), response.statusCode(), path);
  }

  /// What another program answers on that port is no fault of this one.
  private JsonNode understood(String text, String path) {
    try {
      return JsonText.read(text);
    } catch (IllegalArgumentException notJson) {
      throw stranger(path, "what is not JSON");
    }
  }

  private PodiumException stranger(String path, String what) {
    return new PodiumException.CloudFailed(
        base.resolve(path) + " answered " + what,
        "another program than Podium seems to have that address",
        "Look up the address that the console or 'podium serve' printed.",
        null);
  }

  /// Errors are RFC 9457 `problem+json`; an answer that is not is somebody else's.
  private PodiumException problem(String body, int status, String path) {
    try {
      JsonNode problem = JsonText.read(body);
      String sentence = problem.path("detail").asText(problem.path("title").asText());
      if (!sentence.isBlank()) {
        return new PodiumException.CloudFailed(
            CommandWords.of(sentence),
            "",
            CommandWords.remedy(problem.path("remedy").asText()),
            null);
      }
    } catch (IllegalArgumentException notJson) {
      // Falls through to the sentence about the status.
    }
    return new PodiumException.CloudFailed(
        base.resolve(path) + " answered " + status,
        "",
        "See whether that is Podium's API, and the key the right one.",
        null);
  }
}
