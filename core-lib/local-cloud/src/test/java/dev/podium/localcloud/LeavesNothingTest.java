package dev.podium.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Machines are real processes here, with a shell in the agent's place.
@DisabledOnOs(OS.WINDOWS)
class LeavesNothingTest {
  private static final String ZONE = "us-central1-a";
  private static final String AGENT = "echo metadata at $GCE_METADATA_HOST; exec cat";
  private static final Pattern HOST = Pattern.compile("metadata at (127\\.0\\.0\\.1:[0-9]+)");
  private static final int WAVE = 20;

  private static final String LIMITED =
      """
      "scheduling":{"maxRunDuration":{"seconds":"36000"},"instanceTerminationAction":"DELETE"},
      "serviceAccounts":[{"email":"default","scopes":["https://www.googleapis.com/auth/pubsub"]}],
      """;

  private static final String TOKEN = "/computeMetadata/v1/instance/service-accounts/default/token";

  /// What each request leaves: Compute Engine keeps operations for days, the local cloud the last
  /// 20,000; a run limit's alarm, which finds nothing when it rings; and the detached service of a
  /// metadata server, of which the HTTP library remembers some thousands.
  private static final List<String> KEPT =
      List.of(
          "operation.Operation",
          "state.Scope",
          "Lambda",
          "instance.InstanceKey",
          "MetadataServers$DetachableService");

  private final List<String> metadataServers = new ArrayList<>();

  @Test
  void a_hundred_vms_that_came_and_went_leave_nothing() throws IOException {
    try (LocalCloud cloud =
        LocalCloud.start(
            LocalCloudOptions.defaults()
                .withTimeScale(0.1)
                .withAgentCommand(List.of("sh", "-c", AGENT)))) {
      Wire wire = new Wire(cloud);
      wave(wire, 0);
      settle();
      Map<String, Long> before = LiveObjects.of("dev.podium.localcloud.");
      for (int wave = 1; wave <= 5; wave++) {
        wave(wire, wave);
      }
      settle();
      assertThat(wire.get("zones/" + ZONE + "/instances").body().has("items")).isFalse();
      assertThat(wire.get("zones/" + ZONE + "/disks").body().has("items")).isFalse();
      assertThat(metadataServers).hasSize(6 * WAVE).noneMatch(LeavesNothingTest::answers);
      assertThat(machineFolders()).isEmpty();
      await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(() -> assertThat(grown(before)).isEmpty());
    }
  }

  /// Creates some VMs at once, asks each one's metadata server for a token, and deletes them.
  private void wave(Wire wire, int number) {
    List<String> names =
        Stream.iterate(0, i -> i + 1).limit(WAVE).map(i -> number + "-" + i).toList();
    names.stream()
        .map(name -> wire.insert(ZONE, "vm-" + name, LIMITED))
        .toList()
        .forEach(wire::done);
    for (String name : names) {
      metadataServers.add(host(wire, name));
      URI token = URI.create("http://" + metadataServers.getLast() + TOKEN);
      assertThat(Wire.send("GET", token, "", "Metadata-Flavor", "Google").status()).isEqualTo(200);
    }
    names.stream()
        .map(name -> wire.send("DELETE", "zones/" + ZONE + "/instances/vm-" + name, ""))
        .toList()
        .forEach(wire::done);
  }

  private static String host(Wire wire, String name) {
    String path = "zones/" + ZONE + "/instances/vm-" + name + "/serialPort";
    return await()
        .until(() -> HOST.matcher(wire.get(path).body().path("contents").asText()), Matcher::find)
        .group(1);
  }

  private static void settle() {
    await().until(() -> ProcessHandle.current().children().noneMatch(LeavesNothingTest::machine));
  }

  private static boolean machine(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("/cat")).isPresent();
  }

  private static boolean answers(String host) {
    int port = Integer.parseInt(host.substring(host.indexOf(':') + 1));
    try (Socket open = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return open.isConnected();
    } catch (ConnectException closed) {
      return false;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> machineFolders() throws IOException {
    Path tmp = Path.of(System.getProperty("java.io.tmpdir"));
    String ours = "podium-cloud-" + ProcessHandle.current().pid() + "-";
    try (Stream<Path> paths = Files.walk(tmp, 2)) {
      return paths
          .map(tmp::relativize)
          .filter(path -> path.getNameCount() == 2)
          .filter(path -> path.getName(0).toString().startsWith(ours))
          .filter(path -> path.getName(1).toString().startsWith("vm-"))
          .toList();
    }
  }

  private static Map<String, Long> grown(Map<String, Long> before) {
    Map<String, Long> grown = new TreeMap<>();
    LiveObjects.of("dev.podium.localcloud.")
        .forEach((name, count) -> {
          long more = count - before.getOrDefault(name, 0L);
          // A wave is more than what is on its way to its end by chance.
          if (more >= WAVE && KEPT.stream().noneMatch(name::contains)) {
            grown.put(name, more);
          }
        });
    return grown;
  }
}
