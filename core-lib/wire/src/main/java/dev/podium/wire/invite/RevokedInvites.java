package dev.podium.wire.invite;

import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.Instant;
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
/// An invite is good for twelve hours at most, so an id leaves the list after that. It never leaves
/// before: an id that fell out for want of room would open the VMs again.
public final class RevokedInvites implements Predicate<String> {
  private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");

  /// Ids that a list holds at most: half of what a metadata item may weigh (256 KiB).
  public static final int MOST = 5_000;

  /// Ids that do not say when they were issued: the newest of them are kept.
  private static final int MOST_UNDATED = 1_000;

  /// More than an invite is good for, by which consoles' clocks may differ.
  private static final Duration MARGIN = Duration.ofHours(1);

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

  /// Both lists in one, the older ids first, without those of invites that have ended by
  /// themselves.
  ///
  /// @throws PodiumException.Unavailable if they are too many for a VM's metadata
  public static String merged(String one, String other, Instant now) {
    Instant ended = now.minus(Invite.LONGEST).minus(MARGIN);
    List<String> ids =
        Stream.concat(BETWEEN.splitAsStream(one), BETWEEN.splitAsStream(other))
            .filter(id -> !id.isEmpty())
            .filter(id -> !InviteId.issued(id).map(ended::isAfter).orElse(false))
            .distinct()
            .toList();
    long undated = ids.stream().filter(RevokedInvites::isUndated).count();
    List<String> kept =
        Stream.concat(
                ids.stream()
                    .filter(RevokedInvites::isUndated)
                    .skip(Math.max(0, undated - MOST_UNDATED)),
                ids.stream().filter(id -> !isUndated(id)))
            .toList();
    if (kept.size() > MOST) {
      throw new PodiumException.Unavailable(
          "No more invites can be taken back now",
          "a VM's list has room for " + MOST,
          "Try again when some of the others have ended, which takes twelve hours at most, or drain"
              + " the VMs.",
          null);
    }
    return String.join(" ", kept);
  }

  /// Whether a list holds every id of another.
  public static boolean holds(String list, String other) {
    Set<String> ids = BETWEEN.splitAsStream(list).collect(Collectors.toSet());
    return BETWEEN.splitAsStream(other).allMatch(id -> id.isEmpty() || ids.contains(id));
  }

  private static boolean isUndated(String id) {
    return InviteId.issued(id).isEmpty();
  }

  private record Known(String text, Set<String> ids) {}
}
