package dev.podium.desktop.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.bench.Figure;
import dev.podium.bench.Race;
import dev.podium.desktop.e2e.Api.Answer;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/// How soon things happen to a VM, seen from outside through the REST API. The built program runs
/// on the local cloud with the demo limits, and the agents are real processes. Prints the median
/// and the worst of 20 each. Takes about half an hour: deletions for health are throttled, and each
/// is waited for.
///
/// The peer of this is a person with a stopwatch; the goals are what the demo limits promise.
public final class LifeBench {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /// Goals in seconds: of the median for a VM's beginning, of the worst for its end.
  private static final double ONE = 1.5;

  private static final double TEN = 6;
  private static final double RED = 5;
  private static final Set<String> RED_STATES =
      Set.of("UNREACHABLE", "CONDEMNED", "BROKEN", "DELETING", "GONE");
  private static final double REMOVED = 30;

  private final Api api;
  private final Api cloud;

  private LifeBench(PodiumProcess podium) {
    this.api = podium.api();
    this.cloud = Api.keyless(podium.readyLine().path("cloud").path("identity").asText());
  }

  /// @param arguments how often VMs begin, and how often they end; 20 times if nothing is said
  public static void main(String[] arguments) throws Exception {
    int births = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    int ends = arguments.length > 1 ? Integer.parseInt(arguments[1]) : births;
    try (PodiumProcess podium = PodiumProcess.ready("serve", "--local")) {
      LifeBench bench = new LifeBench(podium);
      bench.births(births);
      bench.ends(ends);
    }
  }

  private void births(int times) throws Exception {
    Seconds one = new Seconds("request to create one VM → its chat answers", ONE, 0);
    Seconds ten = new Seconds("request to create ten VMs → all ten chats answer", TEN, 0);
    Seconds full = new Seconds("first zone full → a VM in the next", 0, 0);
    Seconds seat = new Seconds("no VM at all → a seat that answers", 0, 0);
    for (int i = 0; i < times; i++) {
      one.add(seconds(() -> created(1, "\"us-central1-a\"")));
      empty();
      ten.add(seconds(() -> created(10, "\"us-central1-a\"")));
      empty();
      cloud.put("local/faults", "{\"stockedOutZones\":[\"us-central1-a\"]}");
      full.add(seconds(() -> created(1, "\"us-central1-a\",\"us-central1-b\"")));
      cloud.put("local/faults", "{}");
      empty();
      seat.add(seconds(this::seated));
      empty();
    }
    print("A VM's beginning", one, ten, full, seat);
  }

  private void ends(int times) throws Exception {
    Map<String, List<Seconds>> byAct = new LinkedHashMap<>();
    for (String act : List.of("crash", "hang")) {
      Seconds red = new Seconds(act + " → red", 0, RED);
      Seconds removed = new Seconds(act + " → removed", 0, REMOVED);
      byAct.put(act, List.of(red, removed));
    }
    // Two that live, so that one dead VM is not most of the fleet.
    List<String> company = api.createReady(2, "company");
    company.forEach(api::pin);
    for (int i = 0; i < times; i++) {
      for (Map.Entry<String, List<Seconds>> act : byAct.entrySet()) {
        String victim = api.createReady(1, "victim").getFirst();
        awaitThrottle();
        afflict(victim, act.getKey());
        long start = System.nanoTime();
        until(() -> RED_STATES.contains(health(victim)));
        act.getValue().get(0).add(since(start));
        until(() -> api.gone(victim));
        act.getValue().get(1).add(since(start));
      }
    }
    print("A VM's end", byAct.values().stream().flatMap(List::stream).toArray(Seconds[]::new));
  }

  /// The demo limits let one VM of a small fleet end for its health in 20 s; what is to be measured
  /// is not the wait for the VM before.
  private static void awaitThrottle() throws InterruptedException {
    Thread.sleep(Duration.ofSeconds(20));
  }

  private void afflict(String vm, String act) {
    String zone = api.instance(vm).path("zone").asText();
    Answer answer = cloud.post("local/zones/%s/instances/%s/%s".formatted(zone, vm, act), "");
    if (answer.status() != 200) {
      throw new IllegalStateException("Not done: " + answer);
    }
  }

  /// Does not wait until the monitor calls them healthy: that takes it a heartbeat and a probe
  /// more.
  private Void created(int count, String zones) throws Exception {
    Answer answer =
        api.post(
            "v1/instances",
            "{\"count\":%d,\"namePrefix\":\"born\",\"zones\":[%s]}".formatted(count, zones));
    if (answer.status() != 202) {
      throw new IllegalStateException("Not all were made: " + answer);
    }
    for (int i = 1; i <= count; i++) {
      String name = "born-" + i;
      until(() -> !chat(name).isEmpty());
      answers(URI.create(chat(name)));
    }
    return null;
  }

  private String chat(String name) {
    return instance(name).path("chatUrl").asText("");
  }

  /// Its state, or that it is gone already.
  private String health(String name) {
    return instance(name).path("health").asText("GONE");
  }

  private JsonNode instance(String name) {
    return api.get("v1/instances/" + name).body();
  }

  private Void seated() throws Exception {
    Answer answer = api.post("v1/allocations", "{\"room\":\"lobby\"}");
    if (answer.status() != 200) {
      throw new IllegalStateException("No seat: " + answer);
    }
    URI link = URI.create(answer.body().path("url").asText());
    answers(URI.create("http://" + link.getAuthority() + "/"));
    return null;
  }

  private static void answers(URI page) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(page.resolve("healthz")).build();
    until(() -> {
      try {
        return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
      } catch (ConnectException notYet) {
        return false;
      }
    });
  }

  private void empty() throws Exception {
    for (JsonNode vm : api.get("v1/instances").body().path("instances")) {
      api.delete("v1/instances/" + vm.path("name").asText() + "?force=true");
    }
    until(() -> api.get("v1/instances").body().path("instances").isEmpty());
  }

  private static double seconds(Callable<Void> work) throws Exception {
    long start = System.nanoTime();
    work.call();
    return since(start);
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("It did not happen within " + PATIENCE);
      }
      Thread.sleep(LOOK);
    }
  }

  private static void print(String title, Seconds... measured) throws Exception {
    if (measured[0].taken.isEmpty()) {
      return;
    }
    List<Figure> figures = new ArrayList<>();
    Map<Figure, Double> values = new HashMap<>();
    for (Seconds one : measured) {
      Figure median = figure(one.what + ", median", one.medianGoal);
      Figure worst = figure(one.what + ", worst", one.worstGoal);
      figures.addAll(List.of(median, worst));
      values.put(median, one.median());
      values.put(worst, one.worst());
    }
    new Race(title + ", " + measured[0].taken.size() + " times", figures.toArray(Figure[]::new))
        .enter("Podium", () -> values)
        .runOnce();
  }

  private static Figure figure(String what, double goal) {
    Figure figure = Figure.lower(what, "s");
    return goal > 0 ? figure.value(goal) : figure;
  }

  /// How long something took, each time.
  private static final class Seconds {
    private final String what;
    private final double medianGoal;
    private final double worstGoal;
    private final List<Double> taken = new ArrayList<>();

    /// @param medianGoal in seconds; 0 for none
    /// @param worstGoal in seconds; 0 for none
    Seconds(String what, double medianGoal, double worstGoal) {
      this.what = what;
      this.medianGoal = medianGoal;
      this.worstGoal = worstGoal;
    }

    void add(double seconds) {
      taken.add(seconds);
    }

    double median() {
      List<Double> sorted = taken.stream().sorted().toList();
      return sorted.get(sorted.size() / 2);
    }

    double worst() {
      return taken.stream().max(Double::compare).orElse(Double.NaN);
    }
  }
}
