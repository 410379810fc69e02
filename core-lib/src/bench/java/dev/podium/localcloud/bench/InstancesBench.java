package dev.podium.localcloud.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Fills a local cloud with instances (machines switched off) over its REST interface, then lists
/// them whole, aggregated and filtered, and prints what each cost in time and memory.
///
/// Arguments: how many instances, 10,000 if none. The client shares the process and the processors,
/// so the times are an upper bound of the server's.
public final class InstancesBench {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROUNDS = 5;
  private static final int CREATORS = 16;
  private static final List<String> ZONES =
      List.of("us-central1-a", "us-central1-b", "europe-west1-b", "europe-west3-a");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI project;
  private final int count;

  private InstancesBench(URI project, int count) {
    this.project = project;
    this.count = count;
  }

  /// Runs the bench and prints its table.
  public static void main(String[] arguments) throws Exception {
    int count = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
    try (LocalCloud cloud = LocalCloud.start(LocalCloudOptions.defaults())) {
      URI project = cloud.compute().resolve("projects/" + cloud.project() + "/");
      new InstancesBench(project, count).run();
    }
  }

  private void run() throws Exception {
    System.out.printf("%-44s %12s %10s%n", "", "median ms", "instances");
    create(0, 100);
    long before = usedBytes();
    long start = System.nanoTime();
    create(100, count + 100);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%-44s %12.0f %10d   %.0f/s%n", "create", seconds * 1000, count, count / seconds);
    waitUntilRunning();
    long bytes = usedBytes() - before;
    System.out.printf("%-44s %12.0f bytes each%n", "heap of an instance", (double) bytes / count);
    measure("list of one zone, pages of 500", "zones/us-central1-a/instances", "");
    measure("aggregated list, pages of 500", "aggregated/instances", "");
    measure("filter by label", "aggregated/instances", "labels.group = g7");
    measure(
        "filter by status and name", "aggregated/instances", "status = RUNNING AND name = vm-42");
    measure("filter by pattern", "zones/us-central1-a/instances", "name eq \"vm-1.*\"");
    measure("one instance by name", "zones/us-central1-a/instances/vm-0", "");
  }

  private void measure(String what, String path, String filter) throws Exception {
    double[] millis = new double[ROUNDS];
    int found = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      found = walk(path, filter);
      millis[round] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    System.out.printf("%-44s %12.1f %10d%n", what, millis[ROUNDS / 2], found);
  }

  /// Follows the pages of a list to its end.
  private int walk(String path, String filter) throws Exception {
    int found = 0;
    String token = "";
    do {
      String query =
          "?maxResults=500&filter="
              + URLEncoder.encode(filter, StandardCharsets.UTF_8)
              + "&pageToken="
              + URLEncoder.encode(token, StandardCharsets.UTF_8);
      JsonNode page = get(path + (path.endsWith("vm-0") ? "" : query));
      JsonNode items = page.path("items");
      if (items.isArray()) {
        found += items.size();
      } else {
        for (JsonNode scope : items) {
          found += scope.path("instances").size();
        }
        found += page.has("name") ? 1 : 0;
      }
      token = page.path("nextPageToken").asText();
    } while (!token.isEmpty());
    return found;
  }

  private void create(int from, int to) throws InterruptedException, ExecutionException {
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
        {"name":"vm-%d","machineType":"zones/%s/machineTypes/e2-micro","labels":{"group":"g%d"},
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

  private void waitUntilRunning() throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (walk("aggregated/instances", "status = RUNNING") < count) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Not all instances were RUNNING within two minutes");
      }
    }
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(project.resolve(path)).build();
    return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
  }

  /// Collects twice, because the first time only empties what the creation left behind.
  private static long usedBytes() {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
