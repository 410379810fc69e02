package dev.podium.desktop.program;

import java.util.Optional;

/// Which Podium this is.
public final class Version {
  private Version() {}

  /// From the jar's manifest; class folders have none.
  public static String podium() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("from class folders");
  }
}
