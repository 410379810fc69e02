package dev.podium.localcloud;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// A plain HTTP client of a local cloud, as curl would be.
final class Wire {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final LocalCloud cloud;

  Wire(LocalCloud cloud) {
    this.cloud = cloud;
  }

  /// An answer: its status and its body.
  record Answer(int status, JsonNode body) {
    String reason() {
      return body.at("/error/errors/0/reason").asText();
    }

    String message() {
      return body.at("/error/message").asText();
    }
  }

  Answer get(String path) {
    return send("GET", path, "");
  }

  Answer post(String path, String body) {
    return send("POST", path, body);
  }

  /// @param path below the own project
  Answer send(String method, String path, String body, String... headers) {
    URI uri = cloud.compute().resolve("projects/" + cloud.project() + "/" + path);
    return send(method, uri, body, headers);
  }

  Answer local(String method, String path, String body) {
    return send(method, cloud.compute().resolve("/local/" + path), body);
  }

  static Answer send(String method, URI uri, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> response = text(request.build());
    try {
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException notJson) {
      throw new UncheckedIOException(response.body(), notJson);
    }
  }

  static HttpResponse<String> text(HttpRequest request) {
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /// Waits for the operation that an answer holds; answers it when it is done.
  JsonNode done(Answer operation) {
    if (operation.status() != 200) {
      throw new AssertionError(operation.toString());
    }
    String link = operation.body().path("selfLink").asText();
    String path = link.substring(link.indexOf(cloud.project()) + cloud.project().length() + 1);
    return post(path + "/wait", "").body();
  }

  Answer insert(String zone, String name, String members) {
    return post("zones/" + zone + "/instances", instance(name, members));
  }

  /// An instance's body; `members` are further ones, each ending in a comma.
  static String instance(String name, String members) {
    return """
    {%s "name":"%s","machineType":"e2-micro",
     "disks":[{"boot":true,"autoDelete":true,
       "initializeParams":{"sourceImage":"global/images/family/podium-agent"}}],
     "networkInterfaces":[{"network":"global/networks/default"}]}
    """
        .formatted(members, name);
  }

  String status(String zone, String name) {
    return get("zones/" + zone + "/instances/" + name).body().path("status").asText();
  }

  void awaitStatus(String zone, String name, String status) {
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> status(zone, name).equals(status));
  }
}
