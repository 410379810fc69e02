package dev.podium.agent.room;

import dev.podium.wire.chat.ChatLimits;
import dev.podium.wire.name.Confusables;
import dev.podium.wire.name.PersonNames;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The forms that people's and rooms' names take.
public final class DisplayNames {
  private static final String NOBODY = "Guest";

  /// Says of a name that looks official that it is not.
  private static final String GUEST = " (guest)";

  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}]+");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

  private DisplayNames() {}

  /// A person's name as it is shown ([ChatLimits#tidyName]), at most 40 code points; `Guest` if
  /// nothing of it can be seen.
  public static String person(String wanted) {
    String name = ChatLimits.tidyName(wanted);
    return name.isEmpty() ? NOBODY : name;
  }

  /// A room's name: letters, digits, spaces, `.`, `_` and `-`, in lower case, at most 40 code
  /// points. It is the ordering key on the bus, so every release must make the same of a wanted
  /// name.
  ///
  /// @return empty if the wanted name has another form
  public static Optional<String> room(String wanted) {
    String name = tidy(wanted).toLowerCase(Locale.ROOT);
    return Optional.of(name).filter(ChatLimits::isRoom);
  }

  /// The name with a number behind it where it looks like that of somebody else in the room. A name
  /// that looks like a VM's or the program's own gets the word *guest* first.
  ///
  /// @param takenKeys all [Confusables#keys] of the others' names
  /// @param vmKeys the same of the fleet's VMs
  /// @param looks what names look like
  static String unique(String name, Set<String> takenKeys, Set<String> vmKeys, NameKeys looks) {
    boolean official = ChatLimits.isReservedName(name) || looks.isAmong(vmKeys, name);
    String base = official ? withBehind(name, GUEST) : name;
    String candidate = base;
    for (int number = 2; looks.isAmong(takenKeys, candidate); number++) {
      candidate = withBehind(base, " " + number);
    }
    return candidate;
  }

  /// What is longer than the bus takes is cut before the words behind it.
  private static String withBehind(String name, String words) {
    return PersonNames.cut(name, ChatLimits.LONGEST_SHOWN_NAME - words.length()).strip() + words;
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
