package dev.podium.localcloud.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class QemuProgramsTest {
  @TempDir private Path folder;

  private void install(String program) throws IOException {
    assertThat(Files.createFile(folder.resolve(program)).toFile().setExecutable(true)).isTrue();
  }

  @Test
  void a_missing_qemu_is_one_sentence_with_the_packages_names() {
    assertThatThrownBy(() -> QemuPrograms.find(folder.toString(), "Linux"))
        .hasMessage(
            "The local cloud cannot run VMs in QEMU, because qemu-system-x86_64 and qemu-img and"
                + " socat are not installed: apt-get install qemu-system-x86 qemu-utils socat.");
    assertThatThrownBy(() -> QemuPrograms.find(folder.toString(), "Mac OS X"))
        .hasMessageEndingWith("brew install qemu socat.");
    assertThatThrownBy(() -> QemuPrograms.find(folder.toString(), "Windows 11"))
        .hasMessageContaining("this takes Linux or macOS");
  }

  @Test
  void what_is_there_is_not_asked_for() throws IOException {
    install("qemu-system-x86_64");
    install("qemu-img");

    assertThatThrownBy(() -> QemuPrograms.find(folder.toString(), "Linux"))
        .hasMessageContaining("because socat is not installed");
  }

  @Test
  void the_first_folder_that_has_a_program_counts() throws IOException {
    install("qemu-system-x86_64");
    install("qemu-img");
    install("socat");
    String path = folder.resolve("none") + File.pathSeparator + folder;

    assertThat(QemuPrograms.find(path, "Linux").system())
        .isEqualTo(folder.resolve("qemu-system-x86_64"));
  }
}
