package dev.podium.wire.pulse;

import java.util.LinkedHashMap;
import java.util.Map;

/// Which of one key's messages came already, as in RFC 4303, section 3.4.3. It knows each session's
/// highest number, and which of the 64 before it came. Messages may overtake each other, but not by
/// more. Not for more than one thread.
final class ReplayWindow {
  private static final int WIDTH = Long.SIZE;

  /// Of a sender's sessions the newest few. An older one's messages are refused by their age.
  private static final int SESSIONS = 8;

  private final Map<String, Seen> sessions = new LinkedHashMap<>(16, 0.75f, true);

  /// Whether the message is new.
  boolean isNew(String session, long number) {
    Seen seen = sessions.get(session);
    return seen == null || seen.isNew(number);
  }

  /// Notes the message.
  ///
  /// @return whether it was new
  boolean note(String session, long number) {
    Seen seen = sessions.computeIfAbsent(session, _ -> new Seen());
    if (sessions.size() > SESSIONS) {
      sessions.remove(sessions.keySet().iterator().next());
    }
    return seen.note(number);
  }

  private static final class Seen {
    private long highest = -1;

    /// Bit n is set when the message n below the highest came.
    private long bits;

    boolean isNew(long number) {
      long below = highest - number;
      return below < 0 || (below < WIDTH && (bits & (1L << below)) == 0);
    }

    boolean note(long number) {
      if (!isNew(number)) {
        return false;
      }
      long above = number - highest;
      if (above > 0) {
        bits = above < WIDTH ? bits << above : 0;
        highest = number;
      }
      bits |= 1L << (highest - number);
      return true;
    }
  }
}
