package dev.podium.localcloud.storage.form;

import dev.podium.localcloud.state.Refusal;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which bytes of an object a request of a resumable upload carries (the header `Content-Range`).
///
/// @param first number of the first one, from 0; empty if the client only asks how far it is
/// @param total how many bytes the object has, if the client knows it by now
/// @param last whether the object ends with them
public record ContentRange(OptionalLong first, OptionalLong total, boolean last) {
  private static final Pattern FORM =
      Pattern.compile("bytes (?:\\*|([0-9]{1,18})-([0-9]{1,18}|\\*))/([0-9]{1,18}|\\*)");

  /// @param header empty if all of it comes at once
  /// @throws Refusal 400
  public static ContentRange parse(String header) {
    if (header.isEmpty()) {
      return new ContentRange(OptionalLong.of(0), OptionalLong.empty(), true);
    }
    Matcher parts = FORM.matcher(header);
    if (!parts.matches()) {
      throw Refusal.invalid("Failed to parse Content-Range header.");
    }
    OptionalLong total = number(parts.group(3));
    OptionalLong first = parts.group(1) == null ? OptionalLong.empty() : number(parts.group(1));
    // A client that streams writes a star, and ends the object where its request ends.
    boolean streams = "*".equals(parts.group(2));
    boolean ends =
        parts.group(2) != null
            && !streams
            && total.isPresent()
            && Long.parseLong(parts.group(2)) + 1 == total.getAsLong();
    return new ContentRange(first, total, streams || ends);
  }

  private static OptionalLong number(String text) {
    return text.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }
}
