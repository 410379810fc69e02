package dev.podium.agent.checker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What one reader was shown of a room, in order: message numbers and announced gaps.
final class View {
  /// In place of a message: the reader was told that some are missing here.
  static final int GAP = -1;

  private final boolean fromTheStart;
  private int[] shown = new int[64];
  private final NavigableMap<Integer, List<String>> notes = new TreeMap<>();
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

  /// Notes what happened to the reader before what they are shown next.
  void note(String what) {
    notes.computeIfAbsent(size, _ -> new ArrayList<>()).add(what);
  }

  List<String> notesAt(int index) {
    return notes.getOrDefault(index, List.of());
  }

  /// What was shown about a place, and what last happened before it, in words.
  String around(int index) {
    StringBuilder words = new StringBuilder("at ").append(index).append(" of ").append(size);
    var last = notes.floorEntry(index);
    if (last != null) {
      words.append(", ").append(index - last.getKey()).append(" after ").append(last.getValue());
    }
    words.append(": …");
    for (int i = Math.max(0, index - 4); i < Math.min(size, index + 5); i++) {
      notesAt(i).forEach(note -> words.append(" [").append(note).append(']'));
      words.append(i == index ? " >" : " ").append(shown[i] == GAP ? "gap" : shown[i]);
    }
    return words.append(" …").toString();
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
