package dev.podium.wire.name;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which texts look the same, as Unicode's table of confusables has it (UTS #39, section 4).
public final class Confusables {
  private static final String TABLE = "confusables.txt";

  /// Selects between pictures of one character, and has none of its own.
  private static final int FIRST_SELECTOR = 0xFE00;

  private static final int LAST_SELECTOR = 0xFE0F;

  private Confusables() {}

  /// What two names that a reader takes for one have in common: if the keys of one and of the other
  /// share an element, they look alike. Case does not count, neither as written nor as it looks.
  public static Set<String> keys(String name) {
    String normal = Normalizer.normalize(name, Normalizer.Form.NFKC);
    return Set.copyOf(
        List.of(
            skeleton(normal.toLowerCase(Locale.ROOT)),
            skeleton(skeleton(normal).toLowerCase(Locale.ROOT))));
  }

  /// Whether a reader may take one for the other.
  public static boolean alike(String one, String other) {
    Set<String> keys = keys(one);
    return keys(other).stream().anyMatch(keys::contains);
  }

  /// Texts that look the same have the same. It is for comparing, and never shown.
  ///
  /// @return empty if nothing of the text can be seen
  public static String skeleton(String text) {
    StringBuilder skeleton = new StringBuilder();
    decomposed(text)
        .codePoints()
        .filter(codePoint -> !isIgnored(codePoint))
        .forEach(codePoint -> {
          String alike = Table.SKELETONS.get(codePoint);
          if (alike == null) {
            skeleton.appendCodePoint(codePoint);
          } else {
            skeleton.append(alike);
          }
        });
    return decomposed(skeleton.toString()).strip();
  }

  private static String decomposed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD);
  }

  private static boolean isIgnored(int codePoint) {
    return Character.getType(codePoint) == Character.FORMAT
        || (codePoint >= FIRST_SELECTOR && codePoint <= LAST_SELECTOR)
        || PersonNames.isBlank(codePoint);
  }

  /// Read when somebody with a name first comes, and not when the program starts.
  private static final class Table {
    private static final Map<Integer, String> SKELETONS = read();

    private static Map<Integer, String> read() {
      Map<Integer, String> skeletons = new HashMap<>(8_192);
      try (InputStream in = Confusables.class.getResourceAsStream(TABLE)) {
        if (in == null) {
          throw new IllegalStateException(TABLE + " is missing from the program");
        }
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
        lines
            .lines()
            .filter(line -> !line.startsWith("#"))
            .forEach(line -> {
              int colon = line.indexOf(':');
              String skeleton = text(line.substring(0, colon));
              text(line.substring(colon + 2))
                  .codePoints()
                  .forEach(codePoint -> skeletons.put(codePoint, skeleton));
            });
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
      return skeletons;
    }

    private static String text(String hexadecimal) {
      StringBuilder text = new StringBuilder();
      for (String codePoint : hexadecimal.split(" ", -1)) {
        text.appendCodePoint(Integer.parseInt(codePoint, 16));
      }
      return text.toString();
    }
  }
}
