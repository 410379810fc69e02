package dev.podium.localcloud.pubsub.form;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import java.time.Instant;

/// Between the wire's times and the JDK's, with the range checks that Pub/Sub makes.
public final class Durations {
  private Durations() {}

  static java.time.Duration checked(
      Duration wire, java.time.Duration least, java.time.Duration most, String field) {
    java.time.Duration duration = java.time.Duration.ofSeconds(wire.getSeconds(), wire.getNanos());
    Statuses.require(
        duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0,
        "Invalid "
            + field
            + ": it must be at least "
            + least.toSeconds()
            + "s and at most "
            + most.toSeconds()
            + "s, not "
            + duration.toSeconds()
            + "s.");
    return duration;
  }

  public static java.time.Duration modifiedDeadline(int seconds) {
    Statuses.require(
        seconds >= 0 && seconds <= 600,
        "Invalid ack_deadline_seconds: it must be at least 0 and at most 600, not "
            + seconds
            + ".");
    return java.time.Duration.ofSeconds(seconds);
  }

  public static Duration wire(java.time.Duration duration) {
    return Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  public static Timestamp wire(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  public static Instant instant(Timestamp wire) {
    try {
      return Instant.ofEpochSecond(wire.getSeconds(), wire.getNanos());
    } catch (java.time.DateTimeException beyond) {
      throw Statuses.invalid("Invalid time: it is beyond what a time can be.");
    }
  }
}
