package dev.podium.fleet.image.bake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The startup script of the VM that installs the agent, and what it says on the serial console.
public final class BakeScript {
  private static final Pattern FAILED = Pattern.compile("podium-bake: failed: ([^\\r\\n]{1,200})");
  private static final Pattern DONE = Pattern.compile("podium-bake: done");

  private BakeScript() {}

  /// The script.
  public static String text() {
    try (InputStream bytes =
        Objects.requireNonNull(BakeScript.class.getResourceAsStream("startup.sh"))) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// What the VM finds in its metadata. Keys of people are kept away from its disk: OS Login has
  /// none there, and those of the project are blocked.
  ///
  /// @param packageUrl of the agent's package
  /// @param sha256 of its bytes, in hexadecimal digits
  static Map<String, String> metadata(String packageUrl, String sha256) {
    return Map.of(
        "startup-script",
        text(),
        "podium-bake-package",
        packageUrl,
        "podium-bake-sha256",
        sha256,
        "enable-oslogin",
        "TRUE",
        "block-project-ssh-keys",
        "TRUE");
  }

  /// Whether it ended well.
  static boolean isDone(String serial) {
    return DONE.matcher(serial).find();
  }

  /// Why it did not, if it said so.
  static Optional<String> failure(String serial) {
    Matcher failed = FAILED.matcher(serial);
    return failed.find() ? Optional.of(failed.group(1).strip()) : Optional.empty();
  }
}
