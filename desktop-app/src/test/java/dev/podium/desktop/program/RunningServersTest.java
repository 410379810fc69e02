package dev.podium.desktop.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.program.Programs.CloudAddresses;
import dev.podium.desktop.program.Programs.Served;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningServersTest {
  private static final Served SERVED =
      new Served(
          URI.create("http://127.0.0.1:4711/"),
          Path.of("/keys/api-key"),
          "local",
          new CloudAddresses("http://c/", "p:1", "http://i/", "http://s", "podium-local"));

  @TempDir private Path folder;

  @Test
  void a_server_that_runs_is_found_until_it_stops() throws Exception {
    RunningServers running = new RunningServers(folder.resolve("running"));
    assertThat(running.newest()).isEmpty();

    try (AutoCloseable note = running.announce(SERVED)) {
      assertThat(note).isNotNull();
      assertThat(running.newest().orElseThrow().api()).isEqualTo("http://127.0.0.1:4711/");
    }

    assertThat(running.newest()).isEmpty();
  }

  @Test
  void a_local_cloud_has_no_key_and_its_note_names_no_folder() throws Exception {
    RunningServers running = new RunningServers(folder.resolve("running-clouds"));
    Served cloud = new Served(SERVED.api(), Path.of(""), "podium-local", SERVED.cloud());
    try (AutoCloseable note = running.announce(cloud)) {
      assertThat(note).isNotNull();
      Path file = running.folder().resolve(ProcessHandle.current().pid() + ".json");
      assertThat(Files.readString(file)).doesNotContain("apiKeyFile");
      assertThat(running.newest().orElseThrow().apiKeyFile()).isEmpty();
    }
  }

  @Test
  void a_note_that_a_killed_server_left_is_ignored_and_cleared_away() throws IOException {
    // Process number 1 runs, but began at another time than the note says.
    Path stale = folder.resolve("1.json");
    Files.writeString(
        stale,
        """
        {"api":"http://127.0.0.1:1/","apiKeyFile":"/k","profile":"local","pid":1,
         "processStart":"1999-01-01T00:00:00Z","since":"1999-01-01T00:00:01Z"}
        """);
    Files.writeString(folder.resolve("2.json"), "not JSON");

    assertThat(new RunningServers(folder).newest()).isEmpty();
    assertThat(stale).doesNotExist();
  }
}
