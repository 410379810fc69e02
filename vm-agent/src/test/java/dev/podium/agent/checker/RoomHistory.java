package dev.podium.agent.checker;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// All that happened in one room. Messages are numbered from 0.
final class RoomHistory {
  private final BitSet acknowledged = new BitSet();
  private final Map<Integer, String> acknowledgements = new HashMap<>();
  private final List<View> views = new ArrayList<>();
  private int said;

  /// A writer says one more.
  ///
  /// @return its number
  int say() {
    return said++;
  }

  /// The writer was told that it is safe.
  void acknowledge(int message) {
    acknowledge(message, "");
  }

  /// The same.
  ///
  /// @param how when, and by which VM, in words
  void acknowledge(int message, String how) {
    acknowledged.set(message);
    acknowledgements.put(message, how);
  }

  /// How some of these were acknowledged, in words.
  String acknowledgements(BitSet messages, int most) {
    return messages.stream()
        .limit(most)
        .mapToObj(message -> "\n    " + message + " " + acknowledgements.getOrDefault(message, ""))
        .collect(Collectors.joining());
  }

  View reader(boolean fromTheStart) {
    View view = new View(fromTheStart);
    views.add(view);
    return view;
  }

  int said() {
    return said;
  }

  BitSet acknowledged() {
    return acknowledged;
  }

  List<View> views() {
    return views;
  }

  /// A history as a test wants it.
  static RoomHistory of(int said, int[] acknowledged, View... views) {
    RoomHistory history = new RoomHistory();
    history.said = said;
    for (int message : acknowledged) {
      history.acknowledge(message);
    }
    history.views.addAll(List.of(views));
    return history;
  }
}
