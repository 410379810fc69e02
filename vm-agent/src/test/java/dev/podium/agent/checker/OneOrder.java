package dev.podium.agent.checker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// An order of a room's messages that agrees with every reader's view, if there is one: the views'
/// steps as a graph, sorted topologically. Views can go round in a circle: those of two readers (1
/// 2 and 2 1), or of three (1 2, 2 3, 3 1). Of the three, no two contradict each other. Then it
/// goes on with the message that most readers have next, so that one contradiction does not hide
/// what comes after it.
final class OneOrder {
  private final List<View> views;
  private final List<int[]> next = new ArrayList<>();
  private final int[] before;
  private final int[] place;
  private final int[] order;
  private final int[] heads;
  private final BitSet shown;
  private int known;
  private int circles;

  /// @param said how many messages there were
  /// @param views without repetitions
  OneOrder(int said, List<View> views) {
    this.views = views;
    this.before = new int[said];
    this.place = new int[said];
    this.order = new int[said];
    this.shown = new BitSet(said);
    this.heads = new int[views.size()];
    Arrays.fill(place, -1);
    views.forEach(view -> next.add(steps(view)));
    sort();
  }

  /// @return each message's place; -1 for what nobody was shown
  int[] places() {
    return place;
  }

  /// @return the messages that were shown, in their order; only the first [#size] count
  int[] messages() {
    return order;
  }

  int size() {
    return known;
  }

  /// How often it had to go against somebody's view.
  int circles() {
    return circles;
  }

  /// @return for each message the one that this view shows next; -1 for none
  private int[] steps(View view) {
    int[] steps = new int[place.length];
    Arrays.fill(steps, -1);
    int last = -1;
    for (int i = 0; i < view.size(); i++) {
      int message = view.at(i);
      if (message >= 0) {
        shown.set(message);
        if (last >= 0) {
          steps[last] = message;
          before[message]++;
        }
        last = message;
      }
    }
    return steps;
  }

  private void sort() {
    for (int m = shown.nextSetBit(0); m >= 0; m = shown.nextSetBit(m + 1)) {
      if (before[m] == 0) {
        put(m);
      }
    }
    int wanted = shown.cardinality();
    int done = 0;
    while (done < wanted) {
      if (done == known) {
        circles++;
        put(mostCommonHead());
      }
      int message = order[done++];
      for (int[] steps : next) {
        int to = steps[message];
        if (to >= 0 && --before[to] == 0 && place[to] < 0) {
          put(to);
        }
      }
    }
  }

  private void put(int message) {
    place[message] = known;
    order[known++] = message;
  }

  private int mostCommonHead() {
    List<Integer> candidates = new ArrayList<>();
    for (int i = 0; i < heads.length; i++) {
      View view = views.get(i);
      while (heads[i] < view.size() && (view.at(heads[i]) < 0 || place[view.at(heads[i])] >= 0)) {
        heads[i]++;
      }
      if (heads[i] < view.size()) {
        candidates.add(view.at(heads[i]));
      }
    }
    return candidates.stream()
        .max(
            Comparator.<Integer>comparingLong(
                    message -> candidates.stream().filter(message::equals).count())
                .thenComparingInt(message -> -before[message])
                .thenComparingInt(message -> -message))
        .orElseThrow();
  }
}
