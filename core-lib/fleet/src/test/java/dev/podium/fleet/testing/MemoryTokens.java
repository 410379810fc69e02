package dev.podium.fleet.testing;

import dev.podium.fleet.cloud.IdentityTokens;
import dev.podium.wire.model.PodiumException;
import java.time.Instant;

/// Identity tokens as plain text: `vmId name zone audience`. Good for who says so.
public enum MemoryTokens implements IdentityTokens {
  INSTANCE;

  /// A token of that VM.
  public static String of(String vmId, String name, String zone, String audience) {
    return String.join(" ", vmId, name, zone, audience);
  }

  @Override
  public NamedVm verify(String token, String audience, Instant now) {
    String[] parts = token.split(" ", -1);
    if (parts.length != 4 || !parts[3].equals(audience)) {
      throw new PodiumException.Invalid("A token is not good", "it is another's", "None.");
    }
    return new NamedVm(parts[0], parts[1], parts[2]);
  }
}
