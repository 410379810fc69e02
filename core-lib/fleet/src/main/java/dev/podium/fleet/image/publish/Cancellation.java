package dev.podium.fleet.image.publish;

import dev.podium.wire.model.PodiumException;

/// By which a person stops what is under way. Any thread may cancel; the one at work notices at its
/// next step.
public final class Cancellation {
  private volatile boolean cancelled;

  /// Stops it. May be called again.
  public void cancel() {
    cancelled = true;
  }

  /// Whether somebody did.
  public boolean isCancelled() {
    return cancelled;
  }

  /// @throws PodiumException if somebody did
  public void check() {
    if (cancelled) {
      throw new PodiumException.Conflict(
          "The image was not published",
          "it was cancelled, and nothing of it is left",
          "Publish it again when you like.",
          null);
    }
  }
}
