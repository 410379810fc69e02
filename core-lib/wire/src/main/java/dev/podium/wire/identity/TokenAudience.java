package dev.podium.wire.identity;

/// For whom a VM's metadata server makes the identity token that shows a key. The audience names
/// fleet and key, so a token that was overheard serves no other key and no other fleet.
public final class TokenAudience {
  private TokenAudience() {}

  /// The claim `aud`.
  ///
  /// @param key the key's thumbprint
  public static String of(String fleet, String key) {
    return "podium/" + fleet + "/" + key;
  }
}
