package dev.podium.localcloud.state;

/// A request that the cloud turns down at once, in the words that Compute Engine uses.
///
/// The texts and reasons are those that client test fixtures quote; see each factory.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// The HTTP status, 400 to 599.
  private final int status;

  /// Compute Engine's machine-readable reason, such as `notFound`.
  private final String reason;

  /// @param status HTTP status, 400 to 599
  /// @param reason Compute Engine's machine-readable reason
  /// @param message one sentence for people
  public Refusal(int status, String reason, String message) {
    // A refusal is an answer, not a fault: nobody reads its stack.
    super(message, null, false, false);
    this.status = status;
    this.reason = reason;
  }

  /// The HTTP status, 400 to 599.
  public int status() {
    return status;
  }

  /// Compute Engine's machine-readable reason, such as `notFound`.
  public String reason() {
    return reason;
  }

  /// The sentence for people.
  public String text() {
    return String.valueOf(getMessage());
  }

  /// 404; `path` starts with `projects/`.
  public static Refusal notFound(String path) {
    return new Refusal(404, "notFound", "The resource '" + path + "' was not found");
  }

  /// 409; `path` starts with `projects/`.
  public static Refusal alreadyExists(String path) {
    return new Refusal(409, "alreadyExists", "The resource '" + path + "' already exists");
  }

  /// 400 for a field's value; `detail` is a full sentence.
  public static Refusal invalidField(String field, String value, String detail) {
    return new Refusal(
        400, "invalid", "Invalid value for field '" + field + "': '" + value + "'. " + detail);
  }

  /// 400 for anything else that is malformed.
  public static Refusal invalid(String sentence) {
    return new Refusal(400, "invalid", sentence);
  }

  /// 400: the resource is in a state that does not allow this.
  public static Refusal notReady(String path) {
    return new Refusal(400, "resourceNotReady", "The resource '" + path + "' is not ready");
  }

  /// 400: something else uses it.
  public static Refusal inUse(String kind, String path, String user) {
    return new Refusal(
        400,
        "resourceInUseByAnotherResource",
        "The " + kind + " resource '" + path + "' is already being used by '" + user + "'");
  }

  /// 403: too many requests in this minute. Compute Engine does not use 429 for it.
  public static Refusal rateLimitExceeded(long projectNumber) {
    return new Refusal(
        403,
        "rateLimitExceeded",
        "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute' of service"
            + " 'compute.googleapis.com' for consumer 'project_number:"
            + projectNumber
            + "'.");
  }

  /// 412: somebody else was faster; `what` is "Labels" or "Supplied".
  public static Refusal conditionNotMet(String sentence) {
    return new Refusal(412, "conditionNotMet", sentence);
  }
}
