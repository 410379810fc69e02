package dev.podium.core.invite;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The invites that were taken back, as a VM's metadata lists them: their ids, with spaces, commas
/// or new lines between them. May be used from any thread.
///
/// An invite is good for twelve hours at most, so an id can leave the list half a day later.
public final class RevokedInvites implements Predicate<String> {
  private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");

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

  private record Known(String text, Set<String> ids) {}
}
