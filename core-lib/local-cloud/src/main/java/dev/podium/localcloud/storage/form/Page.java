package dev.podium.localcloud.storage.form;

import dev.podium.localcloud.state.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A part of a list that is in order of its names.
///
/// @param next what to ask for the part after it; empty at the end
public record Page<T>(List<T> items, Optional<String> next) {
  private static final long MOST = 1_000;

  public static <T> Page<T> of(List<T> all, Function<T, String> name, StorageCall call) {
    String token = call.parameter("pageToken");
    String after = token.isEmpty() ? "" : decoded(token);
    List<T> left =
        all.stream()
            .filter(one -> after.isEmpty() || name.apply(one).compareTo(after) > 0)
            .toList();
    int most = (int) Math.clamp(call.number("maxResults").orElse(MOST), 1, MOST);
    if (left.size() <= most) {
      return new Page<>(left, Optional.empty());
    }
    List<T> items = left.subList(0, most);
    byte[] last = name.apply(items.getLast()).getBytes(StandardCharsets.UTF_8);
    return new Page<>(
        items, Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(last)));
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw Refusal.invalid("Invalid value for parameter pageToken.");
    }
  }
}
