package dev.podium.fleet.config;

import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads settings that came as text — environment, metadata, a file — and says in one sentence what
/// is wrong with the first that is. An absent or blank text means the default.
///
/// @param texts the settings by name
/// @param origin where they come from, as a sentence names it: `the environment`
public record SettingsReader(Map<String, String> texts, String origin) {
  public SettingsReader {
    texts = Map.copyOf(texts);
  }

  /// The text itself, without the blanks around it.
  public Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name)).map(String::strip).filter(text -> !text.isEmpty());
  }

  /// A whole number.
  ///
  /// @throws PodiumException.Invalid if it is none, or lies outside least to most
  public int integer(String name, int least, int most, int otherwise) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    String range = "a whole number from " + least + " to " + most;
    try {
      int value = Integer.parseInt(text.get());
      if (value < least || value > most) {
        throw refused(name, text.get(), range);
      }
      return value;
    } catch (NumberFormatException e) {
      throw refused(name, text.get(), range);
    }
  }

  /// A time span such as `90 s`, `15 min`, `8h`.
  ///
  /// @throws PodiumException.Invalid if it is none, or lies outside least to most
  public Duration duration(String name, Duration least, Duration most, Duration otherwise) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    String range =
        "a time from "
            + DurationText.exact(least)
            + " to "
            + DurationText.exact(most)
            + ", such as '90 s'";
    Duration value =
        DurationText.parse(text.get()).orElseThrow(() -> refused(name, text.get(), range));
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw refused(name, text.get(), range);
    }
    return value;
  }

  /// `true` or `false`.
  ///
  /// @throws PodiumException.Invalid if it is neither
  public boolean flag(String name, boolean otherwise) {
    return switch (text(name).orElse(String.valueOf(otherwise)).toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1" -> true;
      case "false", "no", "0" -> false;
      default -> throw refused(name, text(name).orElse(""), "'true' or 'false'");
    };
  }

  /// One of a closed set, written in any case.
  ///
  /// @throws PodiumException.Invalid if it is none of them
  public <E extends Enum<E>> E choice(String name, Class<E> choices, E otherwise) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    List<E> all = Arrays.asList(choices.getEnumConstants());
    return all.stream()
        .filter(choice -> choice.name().equalsIgnoreCase(text.get()))
        .findFirst()
        .orElseThrow(() ->
            refused(
                name,
                text.get(),
                "one of "
                    + String.join(
                        ", ", all.stream().map(c -> c.name().toLowerCase(Locale.ROOT)).toList())));
  }

  private PodiumException.Invalid refused(String name, String text, String range) {
    return new PodiumException.Invalid(
        "'" + text + "' cannot be used for " + name + " in " + origin,
        "it must be " + range,
        "Correct it, or leave it out for the default.");
  }
}
