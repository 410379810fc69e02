package dev.podium.agent.checker;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntSupplier;

/// Which VM a [Participant] tries, and when: as the page does it, with a port for each VM.
final class Places {
  /// A VM that could not be reached this often is tried after the others.
  private static final int UNREACHABLE = 2;

  private static final int REMEMBERED = 16;
  private static final int NOWHERE = -1;

  private final IntSupplier door;
  private final Random random;
  private final Map<Integer, Integer> failures = new HashMap<>();
  private final LinkedHashSet<Integer> known = new LinkedHashSet<>();
  private List<Integer> named = List.of();
  private int current;
  private int home = NOWHERE;
  private int attempt;

  /// @param door a VM to begin with; asked until one lets them in, for till then there is no page
  Places(IntSupplier door, Random random) {
    this.door = door;
    this.random = random;
    this.current = door.getAsInt();
  }

  int current() {
    return current;
  }

  void welcomed(int place) {
    current = place;
    home = place;
    attempt = 0;
    failures.clear();
    remember(List.of(place));
  }

  void named(List<Integer> peers) {
    named = peers;
    remember(peers);
  }

  void unreachable(int place) {
    failures.merge(place, 1, Integer::sum);
  }

  void reached(int place) {
    failures.remove(place);
  }

  /// The next try is the first of a row.
  void afresh() {
    attempt = 0;
  }

  /// Chooses where to try next.
  ///
  /// @param elsewhere whether the VM where they were closes
  /// @return how many milliseconds to wait before it
  long next(boolean elsewhere) {
    double chance = random.nextDouble();
    double wait =
        attempt == 0
            ? 150 + chance * 350
            : Math.min(30_000, 500 * Math.pow(2, Math.min(attempt, 6))) * (0.5 + chance);
    if (home == NOWHERE) {
      current = door.getAsInt();
    } else if (elsewhere || attempt % 2 == 1 || gone(current)) {
      List<Integer> choice = choice();
      current = choice.isEmpty() ? current : choice.get(random.nextInt(choice.size()));
    }
    attempt++;
    return (long) wait;
  }

  /// Whether one of these may be tried some time.
  boolean knowsOneOf(Set<Integer> places) {
    return home == NOWHERE || places.contains(home) || known.stream().anyMatch(places::contains);
  }

  private List<Integer> choice() {
    List<Integer> others = others();
    List<Integer> reachable = others.stream().filter(port -> !gone(port)).toList();
    return reachable.isEmpty() ? others : reachable;
  }

  private List<Integer> others() {
    Set<Integer> others = new LinkedHashSet<>(named);
    others.add(home);
    others.remove(current);
    if (others.stream().allMatch(this::gone)) {
      others.addAll(known);
      others.remove(current);
    }
    return List.copyOf(others);
  }

  private boolean gone(int place) {
    return failures.getOrDefault(place, 0) >= UNREACHABLE;
  }

  private void remember(Collection<Integer> places) {
    known.removeAll(places);
    known.addAll(places);
    while (known.size() > REMEMBERED) {
      known.removeFirst();
    }
  }

  @Override
  public String toString() {
    return "looks at %d, knows %s, of which %s were named last".formatted(current, known, named);
  }
}
