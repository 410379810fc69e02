package dev.podium.fleet.auth;

import dev.podium.fleet.config.CloudProfile;
import java.net.URI;

/// Where a cloud's identity server is asked.
///
/// @param authorization the page that the browser shows
/// @param token where codes and refresh tokens are exchanged
/// @param revocation where a refresh token is ended (RFC 7009)
/// @param userInfo who the token belongs to
public record OAuthEndpoints(URI authorization, URI token, URI revocation, URI userInfo) {
  /// Google's, from its discovery documents and native-app guide.
  public static final OAuthEndpoints GOOGLE =
      new OAuthEndpoints(
          URI.create("https://accounts.google.com/o/oauth2/v2/auth"),
          URI.create("https://oauth2.googleapis.com/token"),
          URI.create("https://oauth2.googleapis.com/revoke"),
          URI.create("https://www.googleapis.com/oauth2/v2/userinfo"));

  /// The profile's: under its identity base on a local cloud, else Google's.
  public static OAuthEndpoints of(CloudProfile profile) {
    return profile
        .identity()
        .map(base ->
            new OAuthEndpoints(
                base.resolve("o/oauth2/v2/auth"),
                base.resolve("token"),
                base.resolve("revoke"),
                base.resolve("oauth2/v2/userinfo")))
        .orElse(GOOGLE);
  }
}
