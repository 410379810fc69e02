package dev.podium.desktop.program.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentCommandTest {
  @TempDir Path home;

  private Path lib;

  @BeforeEach
  void install() throws IOException {
    System.setProperty("podium.agent.home", home.toString());
    lib = Files.createDirectory(home.resolve("lib"));
    Files.createFile(lib.resolve("b.jar"));
    Files.createFile(lib.resolve("a.jar"));
  }

  @AfterEach
  void forget() {
    System.clearProperty("podium.agent.home");
  }

  @Test
  void the_agent_starts_with_the_cache_that_the_build_made() throws IOException {
    Files.writeString(lib.resolve("agent.cache"), "agent-1a2b.aot\n");
    Files.createFile(lib.resolve("agent-1a2b.aot"));
    assertThat(AgentCommand.find())
        .contains("-XX:AOTCache=" + lib.toAbsolutePath().resolve("agent-1a2b.aot"));
  }

  @Test
  void without_a_cache_it_starts_as_well() throws IOException {
    assertThat(AgentCommand.find()).noneMatch(word -> word.contains("AOTCache"));
    Files.writeString(lib.resolve("agent.cache"), "agent-gone.aot\n");
    assertThat(AgentCommand.find()).noneMatch(word -> word.contains("AOTCache"));
  }

  @Test
  void the_class_path_is_in_one_order_everywhere() {
    String jars = AgentCommand.find().get(AgentCommand.find().indexOf("--class-path") + 1);
    assertThat(jars).matches(".*a[.]jar.*b[.]jar");
  }

  @Test
  void where_there_is_no_agent_it_is_said_how_to_get_one() {
    System.setProperty("podium.agent.home", home.resolve("nowhere").toString());
    assertThatThrownBy(AgentCommand::find)
        .isInstanceOfSatisfying(
            PodiumException.NotFound.class,
            failure -> assertThat(failure.remedy()).contains("PODIUM_AGENT_HOME"));
  }
}
