package dev.podium.localcloud.state;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The cloud's sense of time: what time it is, and what happens later.
public interface Timeline extends InstantSource {
  /// What time it is.
  default Instant now() {
    return instant();
  }

  /// Runs `action` once, `delay` from now, on a thread of the timeline's choosing.
  void after(Duration delay, Runnable action);
}
