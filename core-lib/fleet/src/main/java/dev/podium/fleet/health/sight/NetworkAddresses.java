package dev.podium.fleet.health.sight;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The addresses that this computer has. Others mean another network. Blocks for some milliseconds.
public final class NetworkAddresses {
  private NetworkAddresses() {}

  /// All but those of the loopback.
  ///
  /// @return empty if the system does not tell
  public static Set<String> now() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .map(address -> address.getHostAddress())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (SocketException unknown) {
      return Set.of();
    }
  }
}
