package dev.podium.core.cloud.google;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/// Moments as Compute Engine writes them: RFC 3339, with an offset.
final class CloudTime {
  private CloudTime() {}

  /// What is only being made may have no time yet: its age is then unknown, not huge, and the
  /// present stands for it.
  static Instant of(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return Instant.now();
    }
  }
}
