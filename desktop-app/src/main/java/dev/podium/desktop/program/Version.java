package dev.podium.desktop.program;

import java.util.Optional;

/// Which Podium this is.
final class Version {
  private Version() {}

  /// From the jar's manifest; class folders have none.
  static String podium() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("from class folders");
  }
}
