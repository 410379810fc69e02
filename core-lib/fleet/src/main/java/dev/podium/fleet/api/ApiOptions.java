package dev.podium.fleet.api;

import java.net.InetAddress;
import java.util.Set;

/// Where the API listens, and by which names it is known.
///
/// @param address the loopback unless the operator says otherwise
/// @param port 0 for any that is free
/// @param hosts names, without a port, by which it may be called beside `127.0.0.1`, `localhost`
///   and `[::1]`
public record ApiOptions(InetAddress address, int port, Set<String> hosts) {
  public ApiOptions {
    hosts = Set.copyOf(hosts);
  }

  /// On the loopback only.
  public static ApiOptions loopback(int port) {
    return new ApiOptions(InetAddress.getLoopbackAddress(), port, Set.of());
  }
}
