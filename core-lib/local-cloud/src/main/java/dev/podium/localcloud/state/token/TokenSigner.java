package dev.podium.localcloud.state.token;

import java.util.Map;

/// Signs identity tokens with the local cloud's key, whose public half the identity server shows at
/// `/oauth2/v3/certs`. It stands here so that the metadata server of a VM and the sign-in server
/// sign with one key and know nothing of each other.
@FunctionalInterface
public interface TokenSigner {
  /// The issuer that Google's tokens name, and that Google's clients therefore insist on.
  String ISSUER = "https://accounts.google.com";

  /// A compact RS256 JSON Web Token.
  ///
  /// @param claims the payload: text, numbers (`iat` and `exp` in seconds since 1970), booleans,
  ///   lists and maps; it should hold `iss`, `aud`, `sub`, `iat` and `exp`
  String sign(Map<String, Object> claims);
}
