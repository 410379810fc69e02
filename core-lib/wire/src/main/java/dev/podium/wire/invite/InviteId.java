package dev.podium.wire.invite;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An invite's id: the time when it was issued, and a random part that nobody guesses. So whoever
/// knows nothing but the id knows when the invite has ended.
public final class InviteId {
  private static final Pattern FORM = Pattern.compile("t([0-9a-z]{6,7})-[A-Za-z0-9_-]{16}");
  private static final int BASE = 36;

  private InviteId() {}

  /// @param random 16 characters of base64url
  public static String create(Instant issued, String random) {
    return "t" + Long.toString(issued.getEpochSecond(), BASE) + "-" + random;
  }

  /// When the invite of that id was issued; empty for an id that does not say, as those of earlier
  /// releases.
  static Optional<Instant> issued(String id) {
    Matcher form = FORM.matcher(id);
    return form.matches()
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(form.group(1), BASE)))
        : Optional.empty();
  }
}
