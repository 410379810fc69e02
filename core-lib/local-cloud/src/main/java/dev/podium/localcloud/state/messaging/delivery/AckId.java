package dev.podium.localcloud.state.messaging.delivery;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names one delivery: of which subscription, of which message, and the how manieth of that
/// subscription. The text is opaque to clients.
public record AckId(long uid, long sequence, long lease) {
  private static final Pattern FORM =
      Pattern.compile("([0-9a-v]{1,12})-([0-9a-v]{1,12})-([0-9a-v]{1,12})");

  public static Optional<AckId> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new AckId(
            Long.parseLong(parts.group(1), 32),
            Long.parseLong(parts.group(2), 32),
            Long.parseLong(parts.group(3), 32)));
  }

  @Override
  public String toString() {
    return Long.toString(uid, 32)
        + '-'
        + Long.toString(sequence, 32)
        + '-'
        + Long.toString(lease, 32);
  }
}
