package dev.podium.fleet.config;

import dev.podium.wire.model.PodiumException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// Where Podium keeps its files, by the customs of the operating system.
///
/// @param config what a person chose: profiles, settings
/// @param state what may be lost without harm: logs, the last window
/// @param data what may not: keys, sign-ins, the audit trail
public record PodiumFolders(Path config, Path state, Path data) {
  /// The environment variable that moves all three under one folder.
  public static final String HOME_VARIABLE = "PODIUM_HOME";

  /// This user's folders on this machine.
  ///
  /// @throws PodiumException.Invalid if this process cannot name them in its locale
  public static PodiumFolders system() {
    try {
      return of(
          System.getenv(),
          System.getProperty("os.name", ""),
          Path.of(System.getProperty("user.home", ".")));
    } catch (InvalidPathException unnameable) {
      throw new PodiumException.Invalid(
          "The home folder cannot be named",
          "the locale of this process lacks some of its letters",
          "Set LC_ALL=C.UTF-8, or another locale with UTF-8.");
    }
  }

  /// The folders for an environment: [#HOME_VARIABLE] before all; then `%APPDATA%` on Windows,
  /// `~/Library` on macOS, and the XDG base directories elsewhere.
  ///
  /// @param home the user's home folder
  public static PodiumFolders of(Map<String, String> environment, String osName, Path home) {
    String own = environment.getOrDefault(HOME_VARIABLE, "");
    if (!own.isBlank()) {
      Path root = Path.of(own).toAbsolutePath();
      return new PodiumFolders(root.resolve("config"), root.resolve("state"), root.resolve("data"));
    }
    String os = osName.toLowerCase(Locale.ROOT);
    if (os.startsWith("windows")) {
      Path roaming = folder(environment, "APPDATA", home.resolve("AppData/Roaming"));
      Path local = folder(environment, "LOCALAPPDATA", home.resolve("AppData/Local"));
      return new PodiumFolders(
          roaming.resolve("Podium/config"),
          local.resolve("Podium/state"),
          roaming.resolve("Podium/data"));
    }
    if (os.startsWith("mac")) {
      Path library = home.resolve("Library");
      return new PodiumFolders(
          library.resolve("Preferences/Podium"),
          library.resolve("Logs/Podium"),
          library.resolve("Application Support/Podium"));
    }
    return new PodiumFolders(
        folder(environment, "XDG_CONFIG_HOME", home.resolve(".config")).resolve("podium"),
        folder(environment, "XDG_STATE_HOME", home.resolve(".local/state")).resolve("podium"),
        folder(environment, "XDG_DATA_HOME", home.resolve(".local/share")).resolve("podium"));
  }

  /// The XDG rules say that a relative path is to be ignored.
  private static Path folder(Map<String, String> environment, String variable, Path otherwise) {
    String value = environment.getOrDefault(variable, "");
    Path path = Path.of(value);
    return path.isAbsolute() ? path : otherwise;
  }
}
