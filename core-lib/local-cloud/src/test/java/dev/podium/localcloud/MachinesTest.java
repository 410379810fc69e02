package dev.podium.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Machines that are real processes; a shell stands in for the agent.
@DisabledOnOs(OS.WINDOWS)
class MachinesTest {
  private static final String ZONE = "us-central1-a";
  private static final String VM = "zones/" + ZONE + "/instances/vm";
  private static final Pattern PID = Pattern.compile("pid ([0-9]+) ");

  /// Tells its number and where its metadata is, then lives as long as its input.
  private static final String QUIET = "echo pid $$ at $GCE_METADATA_HOST; exec cat";

  /// Ends by nothing less than SIGKILL, nor by the end of its input.
  private static final String STUBBORN =
      "trap '' TERM; echo pid $$ at $GCE_METADATA_HOST; while :; do sleep 0.2; done";

  private static LocalCloud start(String agent) {
    return LocalCloud.start(
        LocalCloudOptions.defaults()
            .withTimeScale(0.1)
            .withAgentCommand(List.of("sh", "-c", agent)));
  }

  private static String serial(Wire wire) {
    return wire.get(VM + "/serialPort").body().path("contents").asText();
  }

  private static List<ProcessHandle> agents(Wire wire) {
    return PID.matcher(serial(wire))
        .results()
        .map((MatchResult found) -> Long.valueOf(found.group(1)))
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .toList();
  }

  private static ProcessHandle agent(Wire wire) {
    await().until(() -> !agents(wire).isEmpty());
    return agents(wire).getLast();
  }

  @Test
  void a_machine_runs_the_agent_and_ends_with_its_instance() {
    try (LocalCloud cloud = start(QUIET)) {
      Wire wire = new Wire(cloud);
      wire.done(wire.insert(ZONE, "vm", ""));
      ProcessHandle first = agent(wire);
      assertThat(wire.get(VM).body().at("/metadata/items/0/key").asText()).isEqualTo("podium-port");

      wire.done(wire.post(VM + "/reset", ""));
      assertThat(first.isAlive()).isFalse();
      ProcessHandle second = agent(wire);
      assertThat(second.pid()).isNotEqualTo(first.pid());

      wire.done(wire.post(VM + "/stop", ""));
      assertThat(second.isAlive()).isFalse();
      assertThat(serial(wire)).contains("ended with code");
      wire.done(wire.post(VM + "/start", ""));
      ProcessHandle third = agent(wire);

      wire.done(wire.send("DELETE", VM, ""));
      assertThat(third.isAlive()).isFalse();
    }
  }

  @Test
  void a_machine_that_shuts_down_by_itself_is_terminated_and_can_be_started_again() {
    try (LocalCloud cloud = start(QUIET)) {
      Wire wire = new Wire(cloud);
      wire.done(wire.insert(ZONE, "vm", ""));
      agent(wire).destroy();

      wire.awaitStatus(ZONE, "vm", "TERMINATED");
      wire.done(wire.post(VM + "/start", ""));
      await().until(() -> agents(wire).stream().anyMatch(ProcessHandle::isAlive));
    }
  }

  @Test
  void a_machine_whose_agent_was_killed_still_runs_for_the_cloud() {
    try (LocalCloud cloud = start(QUIET)) {
      Wire wire = new Wire(cloud);
      wire.done(wire.insert(ZONE, "vm", ""));
      agent(wire).destroyForcibly();

      await().until(() -> serial(wire).contains("ended with code 137"));
      assertThat(wire.status(ZONE, "vm")).isEqualTo("RUNNING");
    }
  }

  @Test
  void an_agent_that_cannot_start_leaves_a_running_machine_that_says_so() {
    try (LocalCloud cloud =
        LocalCloud.start(
            LocalCloudOptions.defaults().withAgentCommand(List.of("/no/such/agent")))) {
      Wire wire = new Wire(cloud);
      wire.done(wire.insert(ZONE, "vm", ""));
      await().until(() -> serial(wire).contains("could not be started"));
      assertThat(wire.status(ZONE, "vm")).isEqualTo("RUNNING");
    }
  }

  @Test
  void closing_the_cloud_ends_even_a_stubborn_agent_and_leaves_no_folder() throws IOException {
    ProcessHandle agent;
    try (LocalCloud cloud = start(STUBBORN)) {
      Wire wire = new Wire(cloud);
      wire.done(wire.insert(ZONE, "vm", ""));
      agent = agent(wire);
    }
    assertThat(agent.isAlive()).isFalse();
    assertThat(foldersOf(ProcessHandle.current().pid(), Path.of(tmp()))).isEmpty();
  }

  @Test
  void a_killed_cloud_takes_its_machines_and_its_folder_along(@TempDir Path tmp) throws Exception {
    Process cloud = elsewhere(tmp);
    long frozen;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(cloud.getInputStream(), StandardCharsets.UTF_8))) {
      frozen = Long.parseLong(lines.readLine());
      signal("-STOP", frozen);
      assertThat(foldersOf(cloud.pid(), tmp)).hasSize(1);
      cloud.destroyForcibly().waitFor();
    }
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> ProcessHandle.of(frozen).filter(ProcessHandle::isAlive).isEmpty());
    await().atMost(Duration.ofSeconds(5)).until(() -> foldersOf(cloud.pid(), tmp).isEmpty());
  }

  @Test
  void a_cloud_sweeps_what_a_dead_one_left_and_nothing_else(@TempDir Path tmp) throws Exception {
    Path dead = Files.createDirectories(tmp.resolve("podium-cloud-4194399-1-x/vm-1"));
    Path alive =
        Files.createDirectory(
            tmp.resolve(
                "podium-cloud-"
                    + ProcessHandle.current().pid()
                    + "-"
                    + ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli()
                    + "-x"));
    Process cloud = elsewhere(tmp);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(cloud.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isNotEmpty();
      assertThat(dead.getParent()).doesNotExist();
      assertThat(alive).exists();
    } finally {
      cloud.destroyForcibly().waitFor();
    }
    await().atMost(Duration.ofSeconds(5)).until(() -> foldersOf(cloud.pid(), tmp).isEmpty());
  }

  /// A cloud in a JVM of its own, with one stubborn machine whose number it writes.
  private static Process elsewhere(Path tmp) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + tmp,
            "-cp",
            System.getProperty("java.class.path"),
            CloudInAnotherProcess.class.getName(),
            STUBBORN)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /// What [#elsewhere] runs.
  static final class CloudInAnotherProcess {
    private CloudInAnotherProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
      Wire wire = new Wire(start(arguments[0]));
      wire.done(wire.insert(ZONE, "vm", ""));
      System.out.println(agent(wire).pid());
      Thread.currentThread().join();
    }
  }

  private static void signal(String signal, long pid) throws Exception {
    new ProcessBuilder("kill", signal, String.valueOf(pid)).start().waitFor();
  }

  private static String tmp() {
    return System.getProperty("java.io.tmpdir");
  }

  private static List<Path> foldersOf(long pid, Path parent) throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(path -> path.getFileName().toString().startsWith("podium-cloud-" + pid + "-"))
          .toList();
    }
  }
}
