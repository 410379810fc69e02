package dev.podium.fleet.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFailureTest {
  @TempDir private Path folder;

  private PodiumException of(IOException failure) {
    return DiskFailure.unwritten(folder.resolve("policy.json"), failure);
  }

  @Test
  void a_full_disk_is_called_full_and_says_what_was_kept() {
    for (IOException full :
        new IOException[] {
          new IOException("No space left on device"),
          new FileSystemException("x", null, "No space left on device"),
          new FileSystemException("x", null, "Disk quota exceeded"),
        }) {
      PodiumException told = of(full);
      assertThat(told.code()).isEqualTo("unavailable");
      assertThat(told.inFull()).contains("policy.json", "no space left", "was kept", "Make room");
    }
  }

  @Test
  void another_failure_is_told_in_words_and_never_by_a_class() {
    PodiumException denied = of(new AccessDeniedException("x"));
    assertThat(denied.code()).isEqualTo("not_permitted");
    assertThat(denied.inFull()).contains("access is denied", "was kept");
    assertThat(of(new IOException()).inFull()).doesNotContain("Exception");
  }
}
