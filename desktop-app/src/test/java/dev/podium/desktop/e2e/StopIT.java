package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// However a server ends, nothing of it is left: no process, no port, no temporary file, no note
/// that it runs.
class StopIT {
  // Five seconds are promised on a computer that has time; a shared builder may name more.
  private static final Duration STOP = Duration.ofSeconds(Long.getLong("podium.stop.seconds", 5));

  @Test
  void sigterm_stops_it_in_time_and_leaves_nothing() throws Exception {
    try (PodiumProcess podium = PodiumProcess.ready("serve", "--local")) {
      List<ProcessHandle> agents = withOneVm(podium);

      podium.process().destroy();

      assertThat(podium.process().waitFor(STOP.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(podium.process().exitValue()).isZero();
      assertNothingIsLeft(podium, agents);
      assertThat(running(podium.home())).isEmpty();
    }
  }

  @Test
  void the_end_of_stdin_stops_it_in_time_and_leaves_nothing() throws Exception {
    try (PodiumProcess podium = PodiumProcess.ready("serve", "--local")) {
      List<ProcessHandle> agents = withOneVm(podium);

      podium.process().getOutputStream().close();

      assertThat(podium.process().waitFor(STOP.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(podium.process().exitValue()).isZero();
      assertNothingIsLeft(podium, agents);
    }
  }

  @Test
  void a_kill_that_it_cannot_see_coming_leaves_nothing_either() throws Exception {
    try (PodiumProcess podium = PodiumProcess.ready("serve", "--local")) {
      List<ProcessHandle> agents = withOneVm(podium);

      podium.process().destroyForcibly().waitFor();

      assertNothingIsLeft(podium, agents);
    }
  }

  @Test
  void the_local_cloud_alone_ends_with_its_stdin() throws Exception {
    try (PodiumProcess cloud = PodiumProcess.ready("local-cloud", "--project", "another-1")) {
      assertThat(cloud.readyLine().path("project").asText()).isEqualTo("another-1");

      cloud.process().getOutputStream().close();

      assertThat(cloud.process().waitFor(STOP.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(cloud.process().exitValue()).isZero();
      assertNothingIsLeft(cloud, List.of());
    }
  }

  @Test
  void emulated_machines_without_a_disk_are_refused_as_wrong_usage(@TempDir Path home) {
    var finished = PodiumProcess.run(home, "local-cloud", "--machines", "qemu");

    assertThat(finished.code()).isEqualTo(2);
    assertThat(finished.errors()).contains("--machines qemu needs --disk-image FILE");
  }

  private static List<ProcessHandle> withOneVm(PodiumProcess podium) {
    podium.api().createReady(1, "left");
    List<ProcessHandle> agents = podium.agents();
    assertThat(agents).isNotEmpty();
    return agents;
  }

  private static void assertNothingIsLeft(PodiumProcess podium, List<ProcessHandle> agents) {
    await().atMost(STOP).until(() -> agents.stream().noneMatch(ProcessHandle::isAlive));
    await().atMost(STOP).until(() -> podium.temporaryFiles().isEmpty());
    JsonNode line = podium.readyLine();
    JsonNode cloud = line.has("cloud") ? line.path("cloud") : line;
    assertThat(answers(URI.create(cloud.path("compute").asText()).getPort())).isFalse();
    assertThat(answers(URI.create("tcp://" + cloud.path("pubsub").asText()).getPort())).isFalse();
    if (line.has("api")) {
      assertThat(answers(URI.create(line.path("api").asText()).getPort())).isFalse();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static List<Path> running(Path home) throws IOException {
    try (Stream<Path> notes = Files.list(home.resolve("state/running"))) {
      return notes.toList();
    }
  }
}
