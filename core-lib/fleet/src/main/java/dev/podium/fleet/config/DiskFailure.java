package dev.podium.fleet.config;

import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/// Why a file could not be read or written, in words of our own.
final class DiskFailure {
  /// In bytes. Less than this is no room for the smallest file and its folder's entry.
  private static final long NO_ROOM = 64 * 1024;

  private DiskFailure() {}

  /// What became of a write that failed; whatever stood in the file before stands there still.
  static PodiumException unwritten(Path file, IOException failure) {
    String what = "The file '" + file + "' cannot be written";
    return isFull(file, failure)
        ? new PodiumException.Unavailable(
            what,
            "no space left on its disk",
            "What stood in it before was kept. Make room on the disk, then try again.",
            failure)
        : new PodiumException.NotPermitted(
            what,
            why(failure),
            "What stood in it before was kept. See that its folder belongs to you.",
            failure);
  }

  /// The system says it in the person's language, so the disk itself is asked too.
  static boolean isFull(Path file, IOException failure) {
    String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("no space left") || text.contains("quota exceeded")) {
      return true;
    }
    try {
      Path folder = Objects.requireNonNullElse(file.getParent(), file);
      return !(failure instanceof AccessDeniedException)
          && Files.getFileStore(folder).getUsableSpace() < NO_ROOM;
    } catch (IOException noFolder) {
      return false;
    }
  }

  /// The cause alone.
  static String why(IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "access is denied";
      case CharacterCodingException _ -> "its text is not UTF-8";
      case FileSystemException named when named.getReason() != null -> named.getReason();
      case FileSystemException _ -> "something else stands in its way";
      default -> Objects.requireNonNullElse(failure.getMessage(), "the disk failed");
    };
  }
}
