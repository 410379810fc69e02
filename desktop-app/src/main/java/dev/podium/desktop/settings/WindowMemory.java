package dev.podium.desktop.settings;

import java.util.Set;

/// What the window remembers from one start to the next.
///
/// @param width in pixels of the screen's scale, 640 or more
/// @param hiddenColumns ids of the table's columns that are not shown
/// @param detailsShare the table's share of the height, 0 to 1
public record WindowMemory(
    Appearance appearance,
    double width,
    double height,
    boolean maximized,
    Set<String> hiddenColumns,
    double detailsShare) {
  public WindowMemory {
    hiddenColumns = Set.copyOf(hiddenColumns);
    width = Math.max(640, width);
    height = Math.max(480, height);
    detailsShare = Math.clamp(detailsShare, 0.1, 0.9);
  }

  /// What a first start has.
  public static WindowMemory first() {
    return new WindowMemory(Appearance.SYSTEM, 1280, 760, false, Set.of(), 0.58);
  }

  /// The same with another appearance.
  public WindowMemory with(Appearance other) {
    return new WindowMemory(other, width, height, maximized, hiddenColumns, detailsShare);
  }

  /// The same with another size.
  public WindowMemory withSize(double newWidth, double newHeight, boolean newMaximized) {
    return new WindowMemory(
        appearance, newWidth, newHeight, newMaximized, hiddenColumns, detailsShare);
  }

  /// The same with another layout of the fleet page.
  public WindowMemory withLayout(Set<String> hidden, double share) {
    return new WindowMemory(appearance, width, height, maximized, hidden, share);
  }
}
