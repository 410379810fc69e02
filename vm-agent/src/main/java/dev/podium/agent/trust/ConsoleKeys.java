package dev.podium.agent.trust;

import dev.podium.wire.identity.VerificationKey;
import dev.podium.wire.invite.InvitePublicKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The consoles' public keys: those that sign invites, as this VM's metadata has them now. May be
/// used from any thread.
public final class ConsoleKeys {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleKeys.class);

  private final Supplier<String> item;
  private volatile Parsed parsed = new Parsed("", Map.of());

  /// @param item the key set as it is now, or an empty text; returns at once
  public ConsoleKeys(Supplier<String> item) {
    this.item = item;
  }

  /// @return empty if no console has that key, or it is past its end
  Optional<VerificationKey> find(String id, Instant now) {
    String text = item.get();
    if (!parsed.text.equals(text)) {
      parsed = new Parsed(text, read(text));
    }
    return Optional.ofNullable(parsed.keys.get(id))
        .filter(key -> now.isBefore(key.end()))
        .map(InvitePublicKey::key);
  }

  private static Map<String, InvitePublicKey> read(String text) {
    Map<String, InvitePublicKey> keys = new HashMap<>();
    try {
      if (!text.isBlank()) {
        InvitePublicKey.inSet(text).forEach(key -> keys.put(key.id(), key));
      }
    } catch (IllegalArgumentException unreadable) {
      LOG.warn("The consoles' keys cannot be read: {}", unreadable.getMessage());
    }
    return keys;
  }

  private record Parsed(String text, Map<String, InvitePublicKey> keys) {}
}
