package dev.podium.agent.checker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;

/// Holds a room's history against what the chat promises. Pure; the readers were all connected when
/// the history ended, and nothing was on its way any more.
final class Judge {
  /// So many findings are worded; the rest are counted.
  private static final int WORDED = 12;

  /// Of so many that nobody was shown it is told how they were acknowledged.
  private static final int EXPLAINED = 8;

  private final RoomHistory history;
  private final int said;
  private long duplicated;
  private long invented;
  private long announced;
  private long reordered;
  private long lost;
  private long gaps;
  private final List<String> findings = new ArrayList<>();

  private Judge(RoomHistory history) {
    this.history = history;
    this.said = history.said();
  }

  /// What a room's history amounts to.
  ///
  /// @param findings the first things that are wrong with it, in words
  record Judgement(Verdict verdict, List<String> findings) {}

  static Judgement judge(RoomHistory history) {
    Judge judge = new Judge(history);
    Verdict verdict = judge.verdict();
    return new Judgement(verdict, List.copyOf(judge.findings));
  }

  private Verdict verdict() {
    List<View> clean = new ArrayList<>();
    for (int reader = 0; reader < history.views().size(); reader++) {
      clean.add(withoutRepeats(reader, history.views().get(reader)));
    }
    for (int first = 0; first < clean.size(); first++) {
      for (int second = first + 1; second < clean.size(); second++) {
        contradictions(first, clean.get(first), second, clean.get(second));
      }
    }
    OneOrder order = new OneOrder(said, clean);
    if (order.circles() > 0 && reordered == 0) {
      reordered = order.circles();
      found(() -> "no two readers contradict each other, but together they go in a circle");
    }
    shownToNobody(order);
    for (int reader = 0; reader < clean.size(); reader++) {
      findMissing(reader, clean.get(reader), order);
    }
    return new Verdict(
        history.acknowledged().cardinality(),
        announced,
        lost,
        duplicated,
        reordered,
        gaps,
        invented,
        0);
  }

  private void found(Supplier<String> finding) {
    if (findings.size() < WORDED) {
      findings.add(finding.get());
    }
  }

  /// Counts what is wrong with a view by itself, and leaves the rest.
  private View withoutRepeats(int reader, View view) {
    View clean = new View(view.fromTheStart());
    BitSet seen = new BitSet(said);
    for (int i = 0; i < view.size(); i++) {
      int place = i;
      view.notesAt(i).forEach(clean::note);
      int message = view.at(i);
      if (message == View.GAP) {
        announced++;
        clean.gap();
      } else if (message < 0 || message >= said) {
        invented++;
        found(() -> "reader " + reader + " was shown what nobody said; " + view.around(place));
      } else if (seen.get(message)) {
        duplicated++;
        found(() -> "reader " + reader + " was shown " + message + " again; " + view.around(place));
      } else {
        seen.set(message);
        clean.add(message);
      }
    }
    return clean;
  }

  /// Counts how often the second view steps back in the first one's order.
  private void contradictions(int one, View first, int other, View second) {
    int[] place = new int[said];
    Arrays.fill(place, -1);
    for (int i = 0; i < first.size(); i++) {
      if (first.at(i) >= 0) {
        place[first.at(i)] = i;
      }
    }
    int before = -1;
    for (int i = 0; i < second.size(); i++) {
      int message = second.at(i);
      if (message >= 0 && place[message] >= 0) {
        if (place[message] < before) {
          reordered++;
          String what =
              "readers %d and %d saw %d and %d in different orders; reader %d: %s; reader %d: %s"
                  .formatted(
                      one,
                      other,
                      first.at(before),
                      message,
                      one,
                      first.around(place[message]),
                      other,
                      second.around(i));
          found(() -> what);
        }
        before = place[message];
      }
    }
  }

  /// Where it should have been is not known.
  private void shownToNobody(OneOrder order) {
    BitSet missing = (BitSet) history.acknowledged().clone();
    for (int i = 0; i < order.size(); i++) {
      missing.clear(order.messages()[i]);
    }
    long count = (long) missing.cardinality() * history.views().size();
    if (count > 0) {
      lost += count;
      found(() ->
          "nobody was shown "
              + missing
              + ", which was acknowledged"
              + history.acknowledgements(missing, EXPLAINED));
    }
  }

  /// Walks the one order beside what this reader was shown.
  private void findMissing(int reader, View view, OneOrder order) {
    int[] places = order.places();
    BitSet shown = new BitSet(said);
    int start = Integer.MAX_VALUE;
    for (int i = 0; i < view.size(); i++) {
      if (view.at(i) >= 0) {
        start = Math.min(start, places[view.at(i)]);
        shown.set(view.at(i));
      }
    }
    int at = view.fromTheStart() ? 0 : start;
    boolean excused = false;
    for (int i = 0; i < view.size(); i++) {
      int message = view.at(i);
      if (message == View.GAP) {
        excused = true;
      } else if (places[message] >= at) {
        missing(reader, view, i, shown, order, at, places[message], excused);
        at = places[message] + 1;
        excused = false;
      }
    }
    missing(reader, view, view.size(), shown, order, at, order.size(), excused);
  }

  /// Counts what the order has between two places and this reader was never shown. What they were
  /// shown elsewhere is out of order, and counted as that.
  private void missing(
      int reader, View view, int at, BitSet shown, OneOrder order, int from, int to, boolean told) {
    if (told) {
      return;
    }
    List<Integer> absent = new ArrayList<>();
    for (int i = from; i < to; i++) {
      if (!shown.get(order.messages()[i])) {
        absent.add(order.messages()[i]);
      }
    }
    if (absent.isEmpty()) {
      return;
    }
    gaps++;
    lost += absent.stream().filter(history.acknowledged()::get).count();
    found(() ->
        "reader %d was not shown %d messages (%s … %s); %s"
            .formatted(
                reader, absent.size(), absent.getFirst(), absent.getLast(), view.around(at)));
  }
}
