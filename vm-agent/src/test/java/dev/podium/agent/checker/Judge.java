package dev.podium.agent.checker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Holds a room's history against what the chat promises. Pure; the readers were all connected when
/// the history ended, and nothing was on its way any more.
final class Judge {
  private final RoomHistory history;
  private final int said;
  private long duplicated;
  private long invented;
  private long announced;
  private long reordered;
  private long lost;
  private long gaps;

  private Judge(RoomHistory history) {
    this.history = history;
    this.said = history.said();
  }

  static Verdict judge(RoomHistory history) {
    return new Judge(history).verdict();
  }

  private Verdict verdict() {
    List<View> clean = history.views().stream().map(this::withoutRepeats).toList();
    for (int first = 0; first < clean.size(); first++) {
      for (int second = first + 1; second < clean.size(); second++) {
        reordered += contradictions(clean.get(first), clean.get(second));
      }
    }
    int[] place = oneOrder(clean);
    clean.forEach(view -> findMissing(view, place));
    return new Verdict(
        history.acknowledged().cardinality(),
        announced,
        lost,
        duplicated,
        reordered,
        gaps,
        invented);
  }

  /// Counts what is wrong with a view by itself, and leaves the rest.
  private View withoutRepeats(View view) {
    View clean = new View(view.fromTheStart());
    BitSet seen = new BitSet(said);
    for (int i = 0; i < view.size(); i++) {
      int message = view.at(i);
      if (message == View.GAP) {
        announced++;
        clean.gap();
      } else if (message < 0 || message >= said) {
        invented++;
      } else if (seen.get(message)) {
        duplicated++;
      } else {
        seen.set(message);
        clean.add(message);
      }
    }
    return clean;
  }

  /// How often the second view steps back in the first one's order.
  private long contradictions(View first, View second) {
    int[] place = new int[said];
    Arrays.fill(place, -1);
    for (int i = 0; i < first.size(); i++) {
      if (first.at(i) >= 0) {
        place[first.at(i)] = i;
      }
    }
    long steps = 0;
    int before = -1;
    for (int i = 0; i < second.size(); i++) {
      int message = second.at(i);
      if (message >= 0 && place[message] >= 0) {
        steps += place[message] < before ? 1 : 0;
        before = place[message];
      }
    }
    return steps;
  }

  /// An order that agrees with every view, if there is one: the views' steps as a graph, sorted
  /// topologically. What is in a circle comes last, and counts as reordered even where no two views
  /// contradict each other (three can: 1 2, 2 3, 3 1).
  ///
  /// @return each message's place; -1 for what nobody was shown
  private int[] oneOrder(List<View> views) {
    List<int[]> next = new ArrayList<>();
    int[] before = new int[said];
    BitSet shown = new BitSet(said);
    for (View view : views) {
      int[] steps = steps(view, shown);
      for (int to : steps) {
        if (to >= 0) {
          before[to]++;
        }
      }
      next.add(steps);
    }
    int[] place = new int[said];
    Arrays.fill(place, -1);
    int[] ready = new int[said];
    int known = 0;
    for (int m = shown.nextSetBit(0); m >= 0; m = shown.nextSetBit(m + 1)) {
      if (before[m] == 0) {
        ready[known++] = m;
      }
    }
    for (int done = 0; done < known; done++) {
      int message = ready[done];
      place[message] = done;
      for (int[] steps : next) {
        int to = steps[message];
        if (to >= 0 && --before[to] == 0) {
          ready[known++] = to;
        }
      }
    }
    if (known < shown.cardinality() && reordered == 0) {
      reordered = 1;
    }
    for (int m = shown.nextSetBit(0); m >= 0; m = shown.nextSetBit(m + 1)) {
      place[m] = place[m] < 0 ? known++ : place[m];
    }
    return place;
  }

  /// @return for each message the one that this view shows next; -1 for none
  private int[] steps(View view, BitSet shown) {
    int[] steps = new int[said];
    Arrays.fill(steps, -1);
    int before = -1;
    for (int i = 0; i < view.size(); i++) {
      int message = view.at(i);
      if (message >= 0) {
        shown.set(message);
        if (before >= 0) {
          steps[before] = message;
        }
        before = message;
      }
    }
    return steps;
  }

  /// Walks the one order beside what this reader was shown.
  private void findMissing(View view, int[] place) {
    int[] order = new int[said];
    Arrays.fill(order, -1);
    int placed = 0;
    for (int message = 0; message < said; message++) {
      if (place[message] >= 0) {
        order[place[message]] = message;
        placed++;
      } else if (history.acknowledged().get(message)) {
        lost++; // Shown to nobody: where it should have been is not known.
      }
    }
    int at = view.fromTheStart() ? 0 : start(view, place);
    boolean excused = false;
    for (int i = 0; i < view.size(); i++) {
      int message = view.at(i);
      if (message == View.GAP) {
        excused = true;
      } else if (place[message] >= at) {
        missing(order, at, place[message], excused);
        at = place[message] + 1;
        excused = false;
      }
    }
    missing(order, at, placed, excused);
  }

  private static int start(View view, int[] place) {
    for (int i = 0; i < view.size(); i++) {
      if (view.at(i) >= 0) {
        return place[view.at(i)];
      }
    }
    return Integer.MAX_VALUE;
  }

  private void missing(int[] order, int from, int to, boolean excused) {
    if (from >= to || excused) {
      return;
    }
    gaps++;
    for (int i = from; i < to; i++) {
      lost += history.acknowledged().get(order[i]) ? 1 : 0;
    }
  }
}
