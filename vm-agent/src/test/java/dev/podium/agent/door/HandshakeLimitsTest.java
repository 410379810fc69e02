package dev.podium.agent.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.agent.ManualTicker;
import java.net.InetAddress;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HandshakeLimitsTest {
  private final ManualTicker ticker = new ManualTicker();
  private final HandshakeLimits handshakeLimits = new HandshakeLimits(ticker);

  @Test
  void an_address_that_failed_twenty_times_waits_and_others_do_not() {
    IntStream.range(0, HandshakeLimits.FAILED).forEach(n -> handshakeLimits.failed("192.0.2.1"));
    assertThat(handshakeLimits.failedTooOften("192.0.2.1")).isTrue();
    assertThat(handshakeLimits.failedTooOften("192.0.2.2")).isFalse();
    ticker.pass(Duration.ofSeconds(3)); // Twenty a minute is one in three seconds.
    assertThat(handshakeLimits.failedTooOften("192.0.2.1")).isFalse();
  }

  @Test
  void an_address_that_tries_without_end_is_not_looked_at_and_this_computer_always_is() {
    IntStream.range(0, HandshakeLimits.ALL)
        .forEach(n -> assertThat(handshakeLimits.begin("192.0.2.1", false)).isTrue());
    assertThat(handshakeLimits.begin("192.0.2.1", false)).isFalse();
    assertThat(handshakeLimits.begin("192.0.2.2", false)).isTrue();
    IntStream.range(0, 2 * HandshakeLimits.ALL)
        .forEach(n -> assertThat(handshakeLimits.begin("127.0.0.1", true)).isTrue());
  }

  @Test
  void one_subscriber_of_ipv6_is_one_whatever_addresses_they_take() {
    assertThat(HandshakeLimits.network(InetAddress.ofLiteral("2001:db8:0:1::7")))
        .isEqualTo(HandshakeLimits.network(InetAddress.ofLiteral("2001:db8:0:1:a:b:c:d")))
        .isNotEqualTo(HandshakeLimits.network(InetAddress.ofLiteral("2001:db8:0:2::7")));
    assertThat(HandshakeLimits.network(InetAddress.ofLiteral("192.0.2.1"))).isEqualTo("192.0.2.1");
  }

  @Test
  void what_is_known_of_addresses_is_bounded_and_soon_forgotten() {
    RateLimits limits = new RateLimits(ticker, 20, 100);
    IntStream.range(0, 1_000).forEach(n -> limits.take("address " + n));
    assertThat(limits.size()).isEqualTo(100);
    ticker.pass(Duration.ofMinutes(1));
    limits.take("another");
    assertThat(limits.size()).isEqualTo(1);
  }
}
