package dev.podium.wire.name;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/// Which of the characters that somebody types their name keeps.
public final class PersonNames {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int FIRST_SKIN_TONE = 0x1F3FB;
  private static final int LAST_SKIN_TONE = 0x1F3FF;
  private static final int EMOJI_PICTURE = 0xFE0F;

  /// More marks above and below one letter are no spelling (UTS #39, section 5.4).
  private static final int MOST_MARKS = 4;

  /// Far more than any name needs until it stays as it is.
  private static final int MOST_TURNS = 16;

  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}&&[^\u200C\u200D]]+");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern JOINERS = Pattern.compile("[\u200C\u200D]+");

  /// Whose letters change their form beside others, so that writers part or join them by hand.
  private static final Set<UnicodeScript> CURSIVE =
      EnumSet.of(
          UnicodeScript.ARABIC,
          UnicodeScript.SYRIAC,
          UnicodeScript.MANDAIC,
          UnicodeScript.NKO,
          UnicodeScript.MONGOLIAN,
          UnicodeScript.PHAGS_PA,
          UnicodeScript.ADLAM,
          UnicodeScript.HANIFI_ROHINGYA);

  /// Whose letters melt into one another after a virama, unless a joiner says how.
  private static final Set<UnicodeScript> CONJUNCT =
      EnumSet.of(
          UnicodeScript.DEVANAGARI,
          UnicodeScript.BENGALI,
          UnicodeScript.GURMUKHI,
          UnicodeScript.GUJARATI,
          UnicodeScript.ORIYA,
          UnicodeScript.TAMIL,
          UnicodeScript.TELUGU,
          UnicodeScript.KANNADA,
          UnicodeScript.MALAYALAM,
          UnicodeScript.SINHALA,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR,
          UnicodeScript.TIBETAN);

  private PersonNames() {}

  /// The name as it is shown: in normal form (NFKC), in one line, without what nobody sees. Joiners
  /// stay where they spell something, and no letter has more than four marks.
  ///
  /// @param mostCodePoints where a longer one ends
  /// @return empty if nothing of it can be seen
  public static String tidy(String wanted, int mostCodePoints) {
    String name = wanted;
    String before;
    int turns = 0;
    do {
      // What is taken out may bring together what then has another normal form.
      before = name;
      name = step(name, mostCodePoints);
    } while (!name.equals(before) && ++turns < MOST_TURNS);
    return Confusables.skeleton(name).isEmpty() ? "" : name;
  }

  private static String step(String text, int mostCodePoints) {
    String normal = Normalizer.normalize(text, Normalizer.Form.NFKC);
    String seen = spelled(UNSEEN.matcher(normal).replaceAll(""));
    String line = SPACE.matcher(seen).replaceAll(" ").strip();
    return cut(line, mostCodePoints).strip();
  }

  /// The name without its joiners, as releases before this one spell it.
  public static String withoutJoiners(String name) {
    return JOINERS.matcher(name).replaceAll("");
  }

  /// Whether it joins or parts what stands beside it, and is not seen itself.
  public static boolean isJoiner(int codePoint) {
    return codePoint == ZERO_WIDTH_JOINER || codePoint == ZERO_WIDTH_NON_JOINER;
  }

  /// The text up to so many code points.
  public static String cut(String text, int mostCodePoints) {
    return text.codePointCount(0, text.length()) <= mostCodePoints
        ? text
        : text.substring(0, text.offsetByCodePoints(0, mostCodePoints));
  }

  /// Whether it takes room, or none, and leaves nothing to see although Unicode has it for a
  /// letter, a mark or a symbol.
  static boolean isBlank(int codePoint) {
    return switch (codePoint) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800 -> true;
      default -> codePoint >= 0xE0100 && codePoint <= 0xE01EF;
    };
  }

  private static String spelled(String text) {
    StringBuilder spelled = new StringBuilder(text.length());
    int[] all = text.codePoints().filter(codePoint -> !isBlank(codePoint)).toArray();
    int marks = 0;
    int before = 0;
    for (int i = 0; i < all.length; i++) {
      int codePoint = all[i];
      boolean mark = isMark(codePoint);
      int after = i + 1 < all.length ? all[i + 1] : 0;
      boolean tooMany = mark && (marks >= MOST_MARKS || codePoint == before);
      boolean odd = isJoiner(codePoint) && !belongs(codePoint, spelled, before, after);
      if (!tooMany && !odd) {
        marks = mark ? marks + 1 : 0;
        spelled.appendCodePoint(codePoint);
        before = codePoint;
      }
    }
    return spelled.toString();
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  /// As UAX #31 and RFC 5892 have it, somewhat wider: where a joiner changes nothing it does no
  /// harm either, for names are compared without it.
  private static boolean belongs(int joiner, CharSequence text, int before, int after) {
    if (joiner == ZERO_WIDTH_JOINER
        && Character.isExtendedPictographic(after)
        && endsWithEmoji(text)) {
      return true;
    }
    if (before == 0 || !isSpelling(before)) {
      return false;
    }
    UnicodeScript script = UnicodeScript.of(before);
    if (CONJUNCT.contains(script) && Character.getType(before) == Character.NON_SPACING_MARK) {
      return true; // After a virama, also at a word's end: Malayalam writes some letters so.
    }
    boolean joins = CURSIVE.contains(script) || CONJUNCT.contains(script);
    return joins && isSpelling(after) && UnicodeScript.of(after) == script;
  }

  /// Letters and their marks; the marks of several scripts count for none.
  private static boolean isSpelling(int codePoint) {
    int type = Character.getType(codePoint);
    return Character.isLetter(codePoint)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean endsWithEmoji(CharSequence text) {
    int end = text.length();
    while (end > 0) {
      int last = Character.codePointBefore(text, end);
      boolean modifier =
          last == EMOJI_PICTURE || (last >= FIRST_SKIN_TONE && last <= LAST_SKIN_TONE);
      if (!modifier) {
        return Character.isExtendedPictographic(last);
      }
      end -= Character.charCount(last);
    }
    return false;
  }
}
