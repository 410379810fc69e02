package dev.podium.localcloud.identity;

import java.util.List;

/// One person's consent to one app: all tokens that come of it end together.
///
/// @param id tells it from another consent of the same person to the same app
/// @param refreshToken empty where the app did not ask for one
record Consent(
    String id,
    String clientId,
    String email,
    List<String> scopes,
    String refreshToken,
    String nonce) {
  boolean has(String scope) {
    return scopes.contains(scope);
  }
}
