package dev.podium.desktop.program;

import java.util.Locale;
import java.util.Map;

/// Whether there is a display to open a window on.
public final class Display {
  private Display() {}

  /// Only X11 and Wayland can be missing; Windows and macOS always have one. A headless platform of
  /// JavaFX's own, named for a test, is as good as a display.
  public static boolean isThere(Map<String, String> environment) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return system.startsWith("windows")
        || system.startsWith("mac")
        || System.getProperty("glass.platform") != null
        || !environment.getOrDefault("DISPLAY", "").isBlank()
        || !environment.getOrDefault("WAYLAND_DISPLAY", "").isBlank();
  }
}
