package dev.podium.agent.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateNetworksTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "::1",
        "10.0.0.1",
        "10.255.255.255",
        "172.16.0.1",
        "172.31.9.9",
        "192.168.1.1",
        "169.254.169.254",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd12:3456::1"
      })
  void the_vm_itself_and_private_networks_are_included(String address) {
    assertThat(PrivateNetworks.include(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "9.255.255.255",
        "11.0.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.169.0.1",
        "169.253.0.1",
        "100.64.0.1",
        "203.0.113.9",
        "8.8.8.8",
        "::",
        "2001:db8::1",
        "fe00::1",
        "ff02::1",
        "::10.0.0.1",
        "64:ff9b::a00:1"
      })
  void the_internet_is_not(String address) {
    assertThat(PrivateNetworks.include(InetAddress.ofLiteral(address))).isFalse();
  }

  @Test
  void an_ipv4_address_written_as_ipv6_is_the_one_it_is() throws Exception {
    assertThat(PrivateNetworks.include(mapped(10, 0, 0, 1))).isTrue();
    assertThat(PrivateNetworks.include(mapped(127, 0, 0, 1))).isTrue();
    assertThat(PrivateNetworks.include(mapped(203, 0, 113, 9))).isFalse();
  }

  /// As a socket may bring it: Java's own ways to make one give the IPv4 address.
  private static InetAddress mapped(int... address) throws Exception {
    byte[] bytes = new byte[16];
    Arrays.fill(bytes, 10, 12, (byte) 0xff);
    for (int i = 0; i < address.length; i++) {
      bytes[12 + i] = (byte) address[i];
    }
    return Inet6Address.getByAddress(null, bytes, -1);
  }
}
