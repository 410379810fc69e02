package dev.podium.localcloud.pubsub.form;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/// Pages of a list that is sorted by name. The token is the last name shown, so that a page goes on
/// rightly when things come and go in between.
public record Paging<T>(List<T> page, String nextToken) {
  private static final int LARGEST_PAGE = 1000;
  private static final int USUAL_PAGE = 100;

  public static <T> Paging<T> of(List<T> all, Function<T, String> name, int size, String token) {
    Statuses.require(size >= 0, "Invalid page_size: it must not be negative.");
    int length = size == 0 ? USUAL_PAGE : Math.min(size, LARGEST_PAGE);
    String after = token.isEmpty() ? "" : decoded(token);
    List<T> rest = all.stream().filter(each -> name.apply(each).compareTo(after) > 0).toList();
    if (rest.size() <= length) {
      return new Paging<>(rest, "");
    }
    List<T> page = rest.subList(0, length);
    return new Paging<>(page, encoded(name.apply(page.getLast())));
  }

  private static String encoded(String name) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw Statuses.invalid("Invalid page_token given (token=" + token + ").");
    }
  }
}
