package dev.podium.desktop.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowMemoryFileTest {
  @TempDir Path folder;

  @Test
  void what_is_kept_comes_back() {
    WindowMemoryFile file =
        new WindowMemoryFile(folder.resolve("new").resolve("window.properties"));
    WindowMemory memory =
        new WindowMemory(Appearance.DARK, 1_400, 900, true, Set.of("OWNER", "COST"), 0.4);
    file.write(memory);
    assertThat(file.read()).isEqualTo(memory);
  }

  @Test
  void a_first_start_and_a_damaged_file_have_the_defaults() throws IOException {
    Path path = folder.resolve("window.properties");
    WindowMemoryFile file = new WindowMemoryFile(path);
    assertThat(file.read()).isEqualTo(WindowMemory.first());

    Files.writeString(path, "appearance=PURPLE\nwidth=wide\n");
    assertThat(file.read()).isEqualTo(WindowMemory.first());
  }
}
