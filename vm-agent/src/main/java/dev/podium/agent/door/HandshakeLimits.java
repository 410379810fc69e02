package dev.podium.agent.door;

import dev.podium.wire.cloud.Ticker;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// How often each address tries to get in, and how often in vain.
///
/// A class of thirty behind one router opens the link in the same minute and must get in. So only
/// what failed counts against the twenty a minute. What succeeds counts too, against far more. To
/// check a signature costs the chat loop a fraction of a millisecond. A stranger with tokens can
/// make it spend no more.
///
/// A code can be guessed, a signature can not. So an address that failed too often has its codes
/// refused unread, while a good invite from it still opens.
public final class HandshakeLimits {
  /// Wrong codes, wrong tokens and silence, of one address in a minute.
  static final int FAILED = 20;

  /// Hellos of one address in a minute: a school of several hundred whose VM died comes at once.
  static final int ALL = 1_200;

  private static final int ADDRESSES = 10_000;

  private final RateLimits failed;
  private final RateLimits all;

  public HandshakeLimits(Ticker ticker) {
    this.failed = new RateLimits(ticker, FAILED, ADDRESSES);
    this.all = new RateLimits(ticker, ALL, ADDRESSES);
  }

  /// Counts an attempt.
  ///
  /// @param loopback from this computer itself, where nobody but its own user is: not counted
  /// @return whether it may be looked at
  public boolean begin(String address, boolean loopback) {
    return loopback || all.take(address);
  }

  public void failed(String address) {
    failed.take(address);
  }

  public boolean failedTooOften(String address) {
    return failed.isEmpty(address);
  }

  /// What is limited together: an IPv4 address, or the /64 that one subscriber has of IPv6. Within
  /// it a computer takes as many addresses as it likes.
  public static String network(InetAddress address) {
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8))
        : address.getHostAddress();
  }
}
