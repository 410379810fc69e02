package dev.podium.desktop.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.StreamSupport;

/// The REST API as a script uses it.
final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// With HTTP/2 a request fails that meets the server's closing of an idle connection; with this
  /// one it is sent again.
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI base;
  private final Optional<String> key;

  Api(JsonNode ready) {
    this(URI.create(ready.path("api").asText()), Optional.of(read(ready.path("apiKeyFile"))));
  }

  private Api(URI base, Optional<String> key) {
    this.base = base;
    this.key = key;
  }

  private static String read(JsonNode file) {
    try {
      return Files.readString(Path.of(file.asText())).strip();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The same API with another key, or none.
  Api withKey(Optional<String> other) {
    return new Api(base, other);
  }

  Answer get(String path) {
    return send("GET", path, "");
  }

  Answer post(String path, String body) {
    return send("POST", path, body);
  }

  /// The same request, however often it is sent with that key.
  Answer postOnce(String path, String body, String idempotencyKey) {
    return send("POST", path, body, "Idempotency-Key", idempotencyKey);
  }

  /// The status of `/healthz`.
  int healthz() {
    return get("healthz").status();
  }

  Answer put(String path, String body) {
    return send("PUT", path, body);
  }

  /// Another server, spoken to alike.
  Api at(String other) {
    return keyless(other);
  }

  /// A server that wants no key.
  static Api keyless(String base) {
    return new Api(URI.create(base), Optional.empty());
  }

  Answer delete(String path) {
    return send("DELETE", path, "");
  }

  /// Creates VMs, waits until they are ready, and gives their names.
  List<String> createReady(int count, String prefix) {
    Answer answer =
        post(
            "v1/instances?wait=ready",
            "{\"count\":%d,\"namePrefix\":\"%s\"}".formatted(count, prefix));
    if (answer.status() != 201) {
      throw new AssertionError("VMs were not created: " + answer);
    }
    return StreamSupport.stream(answer.body().path("instances").spliterator(), false)
        .map(instance -> instance.path("name").asText())
        .toList();
  }

  /// Keeps the VM although nobody is on it, so that a slow builder's test still finds it.
  void pin(String name) {
    Answer answer = post("v1/instances/" + name + ":pin", "{\"pinned\":true}");
    if (answer.status() != 200) {
      throw new AssertionError("The VM was not pinned: " + answer);
    }
  }

  /// What is said of each act from now on, as lines of the event stream; grows until the server
  /// ends.
  Queue<String> activities() {
    Queue<String> lines = new ConcurrentLinkedQueue<>();
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("v1/events"))
            .header("Authorization", "Bearer " + key.orElseThrow())
            .build();
    var _ =
        http.sendAsync(request, BodyHandlers.ofLines())
            .thenAccept(response ->
                response.body().filter(line -> line.contains("sentence")).forEach(lines::add));
    return lines;
  }

  /// The health that it has now; empty if there is no such VM.
  String health(String name) {
    return instance(name).path("health").asText();
  }

  JsonNode instance(String name) {
    return get("v1/instances/" + name).body();
  }

  boolean gone(String name) {
    return get("v1/instances/" + name).status() == 404;
  }

  private Answer send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    key.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      String text = response.body();
      return new Answer(response.statusCode(), JSON.readTree(text.isEmpty() ? "{}" : text));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupt);
    }
  }

  record Answer(int status, JsonNode body) {}
}
