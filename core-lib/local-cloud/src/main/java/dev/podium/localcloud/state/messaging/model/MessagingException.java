package dev.podium.localcloud.state.messaging.model;

/// A request about topics, subscriptions or snapshots that cannot be done.
public final class MessagingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Why not, in the terms that every protocol server has a status for.
  public enum Reason {
    /// The request itself is wrong and will be wrong tomorrow.
    INVALID,
    /// It names something that does not exist.
    NOT_FOUND,
    /// It would create something that exists.
    ALREADY_EXISTS,
    /// The thing exists but is not in a state that permits this.
    PRECONDITION,
    /// A limit is reached; it may work later.
    EXHAUSTED,
    /// The service is down, because a fault wants it to be.
    UNAVAILABLE
  }

  private final Reason reason;

  public MessagingException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  public static MessagingException notFound(String name) {
    return new MessagingException(Reason.NOT_FOUND, "Resource not found (resource=" + name + ").");
  }

  /// In the words of Google's service.
  public static MessagingException unavailable() {
    return new MessagingException(
        Reason.UNAVAILABLE,
        "The service was unable to fulfill your request. Please try again. [code=8a75]");
  }

  public static MessagingException full() {
    return new MessagingException(
        Reason.EXHAUSTED,
        "The local cloud holds as many messages as its memory limit permits. Acknowledge what"
            + " waits, or delete subscriptions that nobody reads.");
  }

  public static MessagingException detached(String subscription) {
    return new MessagingException(
        Reason.PRECONDITION,
        "Subscription is detached from its topic (subscription=" + subscription + ").");
  }

  public static MessagingException exists(String name) {
    return new MessagingException(
        Reason.ALREADY_EXISTS, "Resource already exists in the project (resource=" + name + ").");
  }
}
