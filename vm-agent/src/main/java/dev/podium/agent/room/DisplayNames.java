package dev.podium.agent.room;

import dev.podium.wire.chat.ChatLimits;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The forms that people's and rooms' names take.
public final class DisplayNames {
  private static final String NOBODY = "Guest";
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}]+");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

  private DisplayNames() {}

  /// A person's name as it is shown: normalized (NFKC), without what nobody sees, at most 40 code
  /// points; `Guest` if nothing is left.
  public static String person(String wanted) {
    String name = tidy(wanted);
    return name.isEmpty() ? NOBODY : name;
  }

  /// A room's name: letters, digits, spaces, `.`, `_` and `-`, in lower case, at most 40 code
  /// points. It is the ordering key on the bus.
  ///
  /// @return empty if the wanted name has another form
  public static Optional<String> room(String wanted) {
    String name = tidy(wanted).toLowerCase(Locale.ROOT);
    return Optional.of(name).filter(ChatLimits::isRoom);
  }

  /// The name with a number behind it where somebody else in the room has it already. Names that
  /// differ only by case count as the same.
  static String unique(String name, Set<String> takenKeys) {
    String candidate = name;
    for (int number = 2; takenKeys.contains(key(candidate)); number++) {
      candidate = name + " " + number;
    }
    return candidate;
  }

  /// What two names that look the same have in common.
  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String tidy(String wanted) {
    String normal = Normalizer.normalize(wanted, Normalizer.Form.NFKC);
    String seen = UNSEEN.matcher(normal).replaceAll("");
    String name = SPACE.matcher(seen).replaceAll(" ").strip();
    int length = name.codePointCount(0, name.length());
    return length <= ChatLimits.LONGEST_NAME
        ? name
        : name.substring(0, name.offsetByCodePoints(0, ChatLimits.LONGEST_NAME)).strip();
  }
}
