package dev.podium.desktop.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.desktop.e2e.Api.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Several consoles of one fleet on one local cloud, each a process with folders of its own, as on
/// several laptops; and the means to make that cloud go wrong.
final class Consoles implements AutoCloseable {
  private final PodiumProcess cloud;
  private final Api controls;
  private final List<PodiumProcess> processes;

  Consoles(int count) {
    this.cloud = PodiumProcess.ready("local-cloud");
    String address = cloud.readyLine().path("identity").asText();
    this.controls = Api.keyless(address);
    this.processes = started(count, address);
  }

  private List<PodiumProcess> started(int count, String address) {
    List<CompletableFuture<PodiumProcess>> starting =
        Stream.generate(() ->
                CompletableFuture.supplyAsync(
                    () -> PodiumProcess.ready("serve", "--cloud", address)))
            .limit(count)
            .toList();
    try {
      return new ArrayList<>(starting.stream().map(CompletableFuture::join).toList());
    } catch (CompletionException failure) {
      starting.forEach(one -> one.handle((console, _) -> console).thenAccept(Consoles::end).join());
      cloud.close();
      throw failure;
    }
  }

  private static void end(@Nullable PodiumProcess console) {
    if (console != null) {
      console.close();
    }
  }

  PodiumProcess process(int console) {
    return processes.get(console);
  }

  Api api(int console) {
    return processes.get(console).api();
  }

  List<Api> apis() {
    return processes.stream().map(PodiumProcess::api).toList();
  }

  /// What is to go wrong from now on, in the form of `/local/faults`; `{}` makes all well.
  void faults(String json) {
    require(controls.put("local/faults", json));
  }

  /// Does something to one machine, at this moment: `crash`, `hang`, `unhang`, `cut`, `heal`.
  void act(String vm, String act) {
    require(controls.post("local/zones/%s/instances/%s/%s".formatted(zone(vm), vm, act), ""));
  }

  /// Deletes the machine as the cloud itself does, without any console.
  void delete(String vm) {
    require(
        controls.delete("compute/v1/projects/podium-local/zones/us-central1-a/instances/" + vm));
  }

  private String zone(String vm) {
    return api(0).instance(vm).path("zone").asText();
  }

  private static void require(Answer answer) {
    if (answer.status() != 200) {
      throw new AssertionError("The local cloud refused: " + answer);
    }
  }

  /// Changes members of every console's policy, by name. Each console is asked by itself, because
  /// consoles of a fleet that has no VM do not know each other yet.
  void setEachPolicy(Map<String, Integer> changes) {
    apis().forEach(api -> setPolicy(api, changes));
  }

  /// Changes members of one console's policy, by name, and waits until it is every console's.
  void setPolicy(Map<String, Integer> changes) {
    // Not the one that makes the VMs, whose keys they know from the start.
    JsonNode inForce = setPolicy(apis().getLast(), changes);
    await("the policy on every console")
        .atMost(Duration.ofMinutes(2))
        .until(() -> apis().stream().allMatch(api -> api.get("v1/policy").body().equals(inForce)));
  }

  private static JsonNode setPolicy(Api api, Map<String, Integer> changes) {
    ObjectNode policy = (ObjectNode) api.get("v1/policy").body();
    changes.forEach(policy::put);
    Answer answer = api.put("v1/policy", policy.toString());
    if (answer.status() != 200) {
      throw new AssertionError("The policy was refused: " + answer);
    }
    return api.get("v1/policy").body();
  }

  /// Waits until no console shows the VM any more.
  void awaitGone(String vm, Duration atMost) {
    await("the end of " + vm)
        .atMost(atMost)
        .until(() -> apis().stream().allMatch(api -> api.gone(vm)));
  }

  /// How often somebody asked the cloud to delete the VM.
  long deletions(String zone, String vm) {
    return operations("delete")
        .filter(one -> one.path("targetLink").asText().endsWith(zone + "/instances/" + vm))
        .count();
  }

  /// What was made in the cloud, in no order: each VM's address, as often as it was made.
  List<String> creations() {
    return operations("insert")
        .filter(one -> !one.has("error"))
        .map(one -> one.path("targetLink").asText())
        .toList();
  }

  private Stream<JsonNode> operations(String type) {
    return controls
        .get("compute/v1/projects/podium-local/aggregated/operations")
        .body()
        .path("items")
        .valueStream()
        .flatMap(scope -> scope.path("operations").valueStream())
        .filter(one -> one.path("operationType").asText().equals(type));
  }

  /// Whether the activity of some console says this of the VM.
  boolean told(String vm, String words) {
    return IntStream.range(0, processes.size()).anyMatch(console -> told(console, vm, words));
  }

  /// Whether the activity of that console says this of the VM; an empty name for any.
  boolean told(int console, String vm, String words) {
    JsonNode activities = api(console).get("v1/activity?instance=" + vm).body().path("activities");
    return StreamSupport.stream(activities.spliterator(), false)
        .anyMatch(one -> one.path("sentence").asText().contains(words));
  }

  /// Ends a console as a failing battery does, for good.
  void kill(int console) {
    try (PodiumProcess killed = processes.remove(console)) {
      killed.process().destroyForcibly().waitFor();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupt);
    }
  }

  /// What the cloud and the consoles that run wrote for people.
  List<String> logs() {
    return Stream.concat(Stream.of(cloud), processes.stream()).map(PodiumProcess::log).toList();
  }

  /// Stops a console where it is, as the lid of a laptop does; `CONT` wakes it.
  void signal(int console, String name) {
    try {
      int code =
          new ProcessBuilder("kill", "-" + name, Long.toString(process(console).process().pid()))
              .start()
              .waitFor();
      if (code != 0) {
        throw new AssertionError("The console could not be signalled");
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupt);
    }
  }

  @Override
  public void close() {
    processes.forEach(PodiumProcess::close);
    cloud.close();
  }
}
