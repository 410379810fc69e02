package dev.podium.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A plain client of a cloud's REST interface. For any thread.
public final class Rest {
  /// Where instances are created, in turns.
  public static final List<String> ZONES =
      List.of("us-central1-a", "us-central1-b", "europe-west1-b", "europe-west3-a");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CREATORS = 16;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI project;

  /// @param compute `http://127.0.0.1:N/compute/v1/`
  public Rest(URI compute, String project) {
    this.project = compute.resolve("projects/" + project + "/");
  }

  /// Creates `vm-FROM` to `vm-(TO-1)` with the labels `podium-fleet: demo` and `group: g0` to
  /// `g99`.
  public void create(int from, int to) throws InterruptedException, ExecutionException {
    try (ExecutorService creators = Executors.newFixedThreadPool(CREATORS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = from; i < to; i++) {
        int number = i;
        all.add(creators.submit(() -> insert(number)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private Void insert(int number) throws IOException, InterruptedException {
    String zone = ZONES.get(number % ZONES.size());
    String body =
        """
        {"name":"vm-%d","machineType":"zones/%s/machineTypes/e2-micro",
         "labels":{"podium-fleet":"demo","group":"g%d"},
         "metadata":{"items":[{"key":"podium-fleet","value":"demo"}]},
         "disks":[{"boot":true,"autoDelete":true,"initializeParams":
           {"sourceImage":"projects/debian-cloud/global/images/family/debian-12"}}],
         "networkInterfaces":[{"network":"global/networks/default"}]}
        """
            .formatted(number, zone, number % 100);
    HttpRequest request =
        HttpRequest.newBuilder(project.resolve("zones/" + zone + "/instances"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("An insert was refused: " + answer.body());
    }
    return null;
  }

  /// Returns when all instances are RUNNING.
  public void awaitRunning() throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (walk("aggregated/instances", "status != RUNNING") > 0) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Not all instances were RUNNING within two minutes");
      }
    }
  }

  /// Follows the pages of a list to its end, reading the bodies as text only, so that this client
  /// costs little.
  ///
  /// @return how many instances were on them
  public int walk(String path, String filter) throws IOException, InterruptedException {
    int found = 0;
    String token = "";
    do {
      String query =
          "?maxResults=500&filter="
              + URLEncoder.encode(filter, StandardCharsets.UTF_8)
              + "&pageToken="
              + URLEncoder.encode(token, StandardCharsets.UTF_8);
      String page = text(path + query);
      found += count(page, "\"compute#instance\"");
      token = member(page, "nextPageToken");
    } while (!token.isEmpty());
    return found;
  }

  /// One answer, read whole.
  public JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(text(path));
  }

  private String text(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(project.resolve(path)).build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + " was refused: " + answer.body());
    }
    return answer.body();
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  private static String member(String page, String name) {
    int at = page.indexOf("\"" + name + "\"");
    if (at < 0) {
      return "";
    }
    int start = page.indexOf('"', page.indexOf(':', at)) + 1;
    return page.substring(start, page.indexOf('"', start));
  }
}
