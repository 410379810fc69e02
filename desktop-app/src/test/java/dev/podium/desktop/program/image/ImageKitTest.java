package dev.podium.desktop.program.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageKitTest {
  @TempDir private Path home;

  private ImageKit kit(String system) {
    return ImageKit.of(Map.of("podium.home", home.toString(), "os.name", system));
  }

  @Test
  void the_package_is_the_one_named_else_the_one_beside_the_program() throws IOException {
    assertThatThrownBy(() -> kit("Linux").agentPackage(Optional.empty(), "amd64"))
        .isInstanceOf(PodiumException.NotFound.class)
        .hasMessageContaining("no package of the agent for amd64");
    Path agent = Files.createDirectories(home.resolve("agent"));
    Path deb = Files.createFile(agent.resolve("podium-agent_1.2.0_amd64.deb"));
    Files.createFile(agent.resolve("podium-agent_1.2.0_arm64.deb"));
    assertThat(kit("Linux").agentPackage(Optional.empty(), "amd64")).isEqualTo(deb);
    Path named = home.resolve("other.deb");
    assertThat(kit("Linux").agentPackage(Optional.of(named), "amd64")).isEqualTo(named);
  }

  @Test
  void where_no_image_can_be_built_a_sentence_names_bake() throws IOException {
    for (String system : List.of("Windows 11", "Mac OS X", "Linux")) {
      assertThatThrownBy(() -> kit(system).script())
          .isInstanceOfSatisfying(
              PodiumException.class,
              failure -> assertThat(failure.remedy()).contains("podium image bake"));
    }
    Path script = Files.createDirectories(home.resolve("image")).resolve("build");
    assertThat(Files.createFile(script).toFile().setExecutable(true)).isTrue();
    assertThat(kit("Linux").script()).isEqualTo(script);
  }
}
