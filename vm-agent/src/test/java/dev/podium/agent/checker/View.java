package dev.podium.agent.checker;

import java.util.Arrays;

/// What one reader was shown of a room, in order: message numbers and announced gaps.
final class View {
  /// In place of a message: the reader was told that some are missing here.
  static final int GAP = -1;

  private final boolean fromTheStart;
  private int[] shown = new int[64];
  private int size;

  /// @param fromTheStart whether the reader came before the first message, and so is owed all;
  ///   otherwise they are owed what comes after the first that they were shown
  View(boolean fromTheStart) {
    this.fromTheStart = fromTheStart;
  }

  static View of(int... shown) {
    View view = new View(true);
    Arrays.stream(shown).forEach(view::add);
    return view;
  }

  static View late(int... shown) {
    View view = new View(false);
    Arrays.stream(shown).forEach(view::add);
    return view;
  }

  void add(int message) {
    if (size == shown.length) {
      shown = Arrays.copyOf(shown, 2 * size);
    }
    shown[size++] = message;
  }

  void gap() {
    add(GAP);
  }

  boolean fromTheStart() {
    return fromTheStart;
  }

  int size() {
    return size;
  }

  int at(int index) {
    return shown[index];
  }
}
