package dev.podium.localcloud.state.resource;

import dev.podium.localcloud.state.OrderedCopies;
import java.time.Instant;
import java.util.Map;

/// A network or a firewall rule. The local cloud keeps them so that tools find what they made; no
/// packet is ever filtered.
///
/// @param kind the collection's name
/// @param body what the caller sent, as a JSON-like tree
public record NetworkPart(
    Kind kind, String name, long id, Instant created, Map<String, Object> body) {
  /// Which collection it is in.
  public enum Kind {
    /// A virtual network.
    NETWORK("networks"),
    /// A firewall rule.
    FIREWALL("firewalls");

    private final String collection;

    Kind(String collection) {
      this.collection = collection;
    }

    /// As in URLs.
    public String collection() {
      return collection;
    }
  }

  public NetworkPart {
    body = OrderedCopies.copyOf(body);
  }

  /// Its path below the project.
  public String path() {
    return "global/" + kind.collection() + "/" + name;
  }
}
