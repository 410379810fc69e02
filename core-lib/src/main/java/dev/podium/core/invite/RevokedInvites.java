package dev.podium.core.invite;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The invites that were taken back, as a VM's metadata lists them: their ids, with spaces, commas
/// or new lines between them. May be used from any thread.
///
/// An invite is good for twelve hours at most, so an id can leave the list half a day later.
public final class RevokedInvites implements Predicate<String> {
  private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");

  /// Ids that a list holds at most, the newest: a tenth of what a metadata item may weigh.
  private static final int MOST = 1_000;

  private final Supplier<String> item;
  private volatile Known known = new Known("", Set.of());

  /// @param item the metadata item as it is now; asked for at each look
  public RevokedInvites(Supplier<String> item) {
    this.item = item;
  }

  /// Whether the invite of that id was taken back.
  @Override
  public boolean test(String id) {
    String text = item.get();
    Known last = known;
    if (!last.text.equals(text)) {
      last = new Known(text, Arrays.stream(BETWEEN.split(text)).collect(Collectors.toSet()));
      known = last;
    }
    return last.ids.contains(id);
  }

  /// Both lists in one, the older ids first; ids of more than half a day ago are dropped in the
  /// end, since only so many are kept.
  static String merged(String one, String other) {
    List<String> ids =
        Stream.concat(BETWEEN.splitAsStream(one), BETWEEN.splitAsStream(other))
            .filter(id -> !id.isEmpty())
            .distinct()
            .toList();
    return String.join(" ", ids.subList(Math.max(0, ids.size() - MOST), ids.size()));
  }

  private record Known(String text, Set<String> ids) {}
}
