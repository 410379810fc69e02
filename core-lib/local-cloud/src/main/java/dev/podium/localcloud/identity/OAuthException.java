package dev.podium.localcloud.identity;

/// A request that OAuth has an error code for.
final class OAuthException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /// @param status the HTTP status
  /// @param code OAuth's or Google's word for it, such as `invalid_grant`
  OAuthException(int status, String code, String description) {
    super(description);
    this.status = status;
    this.code = code;
  }

  static OAuthException invalidRequest(String description) {
    return new OAuthException(400, "invalid_request", description);
  }

  static OAuthException invalidGrant(String description) {
    return new OAuthException(400, "invalid_grant", description);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String description() {
    return String.valueOf(getMessage());
  }
}
