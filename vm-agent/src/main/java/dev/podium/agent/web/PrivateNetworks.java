package dev.podium.agent.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Which addresses are the VM's own or a private network's, and so not the internet's. What a
/// connection's headers say of where it comes from counts for nothing.
final class PrivateNetworks {
  private static final int MAPPED_PREFIX = 12;

  private PrivateNetworks() {}

  /// Whether it is the loopback (`127.0.0.0/8`, `::1`), link-local (`169.254.0.0/16`, `fe80::/10`),
  /// of a private network (RFC 1918), unique local (`fc00::/7`, RFC 4193), or site-local.
  static boolean include(InetAddress address) {
    InetAddress meant = withoutMapping(address);
    return meant.isLoopbackAddress()
        || meant.isLinkLocalAddress()
        || meant.isSiteLocalAddress()
        || (meant instanceof Inet6Address && (meant.getAddress()[0] & 0xfe) == 0xfc);
  }

  /// An IPv4 address that is written as IPv6, `::ffff:a.b.c.d` (RFC 4291, section 2.5.5.2).
  private static InetAddress withoutMapping(InetAddress address) {
    byte[] bytes = address.getAddress();
    byte[] prefix = new byte[MAPPED_PREFIX];
    prefix[10] = (byte) 0xff;
    prefix[11] = (byte) 0xff;
    if (bytes.length == 16 && Arrays.equals(Arrays.copyOf(bytes, MAPPED_PREFIX), prefix)) {
      try {
        return InetAddress.getByAddress(Arrays.copyOfRange(bytes, MAPPED_PREFIX, bytes.length));
      } catch (UnknownHostException impossible) {
        throw new IllegalStateException("four bytes are an address", impossible);
      }
    }
    return address;
  }
}
