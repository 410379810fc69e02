package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.desktop.e2e.Api.Answer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The disk image that was just built, booted twice in QEMU beside a VM that is a process: one
/// fleet, one chat. Needs QEMU, and minutes where machines are emulated in software.
@Tag("full")
class EmulatedFleetIT {
  private static final Path IMAGE =
      Path.of(System.getProperty("podium.disk.image", "target/image/disk.raw")).toAbsolutePath();

  /// Two machines boot at once, in software, on a computer that does other things as well.
  private static final Duration BOOT = Duration.ofMinutes(15);

  private static final Duration MOMENT = Duration.ofMinutes(3);
  private static final Set<String> WELL = Set.of("HEALTHY", "IDLE");
  private static final String INSTANCES =
      "compute/v1/projects/podium-local/zones/us-central1-a/instances";

  private final List<String> times = new ArrayList<>();
  private long began = System.nanoTime();

  @Test
  void emulated_vms_and_a_process_are_one_fleet_with_one_chat() throws Exception {
    try (PodiumProcess cloud =
            PodiumProcess.ready(
                "local-cloud", "--machines", "qemu", "--disk-image", IMAGE.toString());
        PodiumProcess console =
            PodiumProcess.ready(
                "serve",
                "--cloud",
                cloud.readyLine().path("identity").asText(),
                "--limits",
                "standard")) {
      Api google = Api.keyless(cloud.readyLine().path("identity").asText());
      try {
        live(google, console);
      } catch (AssertionError | RuntimeException failure) {
        for (String vm : List.of("emulated-1", "emulated-2", "process-1")) {
          System.out.println(vm + " said:\n" + serial(google, vm));
        }
        throw failure;
      }
      times.forEach(System.out::println);
    }
  }

  private void live(Api google, PodiumProcess console) throws Exception {
    Api api = console.api();
    allow(api, BOOT);
    lap("local cloud and console");
    Answer accepted =
        api.post("v1/instances", "{\"count\":2,\"namePrefix\":\"emulated\",\"seats\":5}");
    assertThat(accepted.status()).as(accepted.toString()).isBetween(200, 202);
    awaitWell(api, "emulated-1", "emulated-2");
    lap("boot to health of two emulated VMs");
    insertProcess(google);
    awaitWell(api, "process-1");
    // Nobody is on them for minutes while others boot.
    List.of("emulated-1", "emulated-2", "process-1").forEach(api::pin);
    lap("a VM that is a process");

    try (Person ann = join(console, "Ann", "emulated-1");
        Person bob = join(console, "Bob", "emulated-2");
        Person cy = join(console, "Cy", "process-1")) {
      ann.say(1, "from the first image");
      bob.say(1, "from the second image");
      cy.say(1, "from a process");
      List<String> all = List.of("from the first image", "from the second image", "from a process");
      await()
          .atMost(MOMENT)
          .until(
              () -> Stream.of(ann, bob, cy).allMatch(person -> person.heard(all).containsAll(all)));
      lap("one chat across all three");
    }
    assertThat(serial(google, "emulated-1")).doesNotContain("login:");
    reset(google, api);
    preempt(google, console);
    delete(google, api);
  }

  private void reset(Api google, Api api) {
    String before = serial(google, "emulated-1");
    long boots = boots(before);
    require(google.post(INSTANCES + "/emulated-1/reset", "{}"));
    await().atMost(BOOT).until(() -> boots(serial(google, "emulated-1")) > boots);
    await().atMost(BOOT).until(() -> !WELL.contains(api.health("emulated-1")));
    awaitWell(api, "emulated-1");
    lap("reset to health");
  }

  private static long boots(String serial) {
    return serial.lines().filter(line -> line.contains("Linux version")).count();
  }

  private void preempt(Api google, PodiumProcess console) {
    try (Person dee = join(console, "Dee", "emulated-1")) {
      dee.say(1, "still here");
      require(google.post("local/zones/us-central1-a/instances/emulated-1/preempt", ""));
      await().atMost(MOMENT).until(() -> !dee.moves().isEmpty());
      assertThat(dee.moves().getFirst())
          .containsAnyOf(door(console, "emulated-2"), door(console, "process-1"));
      lap("notice of preemption to the person's move");
      // It was made to be deleted when it ends, and then its serial port is gone with it.
      AtomicReference<String> last = new AtomicReference<>("");
      await()
          .atMost(MOMENT)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> {
            String serial = serial(google, "emulated-1");
            last.updateAndGet(before -> serial.isEmpty() ? before : serial);
            return status(google, "emulated-1").isEmpty();
          });
      // Pressed at its power button it stops what runs, and then itself.
      assertThat(last.get()).contains("systemd-shutdown[1]: Unmounting file systems");
      lap("power button to off");
    }
  }

  private static String door(PodiumProcess console, String vm) {
    return URI.create(console.api().instance(vm).path("chatUrl").asText()).getAuthority();
  }

  private void delete(Api google, Api api) {
    require(google.delete(INSTANCES + "/emulated-2"));
    await().atMost(MOMENT).until(() -> status(google, "emulated-2").isEmpty());
    await().atMost(MOMENT).until(() -> api.gone("emulated-2"));
    lap("delete");
  }

  private static void allow(Api api, Duration boot) {
    ObjectNode policy = (ObjectNode) api.get("v1/policy").body();
    policy.put("bootSeconds", boot.toSeconds());
    require(api.put("v1/policy", policy.toString()));
  }

  /// What the console made, made once more by hand as a process.
  private static void insertProcess(Api google) {
    JsonNode made = google.get(INSTANCES + "/emulated-1").body();
    ObjectNode body = ((ObjectNode) made).objectNode();
    body.put("name", "process-1");
    body.set("machineType", made.path("machineType"));
    body.set("labels", made.path("labels"));
    body.set("serviceAccounts", made.path("serviceAccounts"));
    ArrayNode items = body.putObject("metadata").putArray("items");
    made.at("/metadata/items")
        .valueStream()
        .filter(item -> !Set.of("podium-port", "podium-pubsub").contains(item.path("key").asText()))
        .forEach(items::add);
    items.addObject().put("key", "local-cloud-machine").put("value", "process");
    ObjectNode disk = body.putArray("disks").addObject().put("boot", true).put("autoDelete", true);
    disk.putObject("initializeParams").put("sourceImage", "global/images/family/podium-agent");
    ObjectNode card = body.putArray("networkInterfaces").addObject();
    card.putArray("accessConfigs").addObject().put("type", "ONE_TO_ONE_NAT");
    require(google.post(INSTANCES, body.toString()));
  }

  private static Person join(PodiumProcess console, String name, String vm) {
    return Person.join(URI.create(Invites.link(console, name, "lobby", vm)), name);
  }

  private static void awaitWell(Api api, String... vms) {
    await().atMost(BOOT).until(() -> Stream.of(vms).allMatch(vm -> WELL.contains(api.health(vm))));
  }

  private static String status(Api google, String vm) {
    return google.get(INSTANCES + "/" + vm).body().path("status").asText();
  }

  private static String serial(Api google, String vm) {
    return google.get(INSTANCES + "/" + vm + "/serialPort").body().path("contents").asText();
  }

  private static void require(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isBetween(200, 202);
  }

  private void lap(String what) {
    long now = System.nanoTime();
    String line = "%6.1f s  %s".formatted((now - began) / 1e9, what);
    times.add(line);
    System.out.println(line);
    began = now;
  }
}
