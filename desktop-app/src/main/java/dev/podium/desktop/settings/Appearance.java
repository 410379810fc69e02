package dev.podium.desktop.settings;

/// Light, dark, or as the desktop is.
public enum Appearance {
  /// As the desktop, also when it changes.
  SYSTEM("As the desktop"),
  /// Always light.
  LIGHT("Light"),
  /// Always dark.
  DARK("Dark");

  private final String words;

  Appearance(String words) {
    this.words = words;
  }

  /// For a person.
  public String words() {
    return words;
  }
}
