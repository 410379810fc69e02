package dev.podium.localcloud.storage.form;

import dev.podium.localcloud.state.Refusal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of an object that a reader wants (RFC 9110, section 14).
///
/// @param first number of the first byte, from 0
/// @param last number of the last one
public record ByteRange(long first, long last) {
  private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  public long length() {
    return last - first + 1;
  }

  /// @param header empty if there is none
  /// @param size of the object, in bytes
  /// @return empty if all is wanted, or the header is in a form that a server may ignore
  /// @throws Refusal 416 if the object has no such bytes
  public static Optional<ByteRange> parse(String header, long size) {
    Matcher parts = FORM.matcher(header);
    if (!parts.matches() || (parts.group(1).isEmpty() && parts.group(2).isEmpty())) {
      return Optional.empty();
    }
    long first;
    long last = size - 1;
    if (parts.group(1).isEmpty()) {
      first = Math.max(0, size - Long.parseLong(parts.group(2)));
    } else {
      first = Long.parseLong(parts.group(1));
      last = parts.group(2).isEmpty() ? last : Math.min(last, Long.parseLong(parts.group(2)));
    }
    if (first > last) {
      throw new Refusal(416, "requestedRangeNotSatisfiable", "Request range not satisfiable");
    }
    return Optional.of(new ByteRange(first, last));
  }
}
