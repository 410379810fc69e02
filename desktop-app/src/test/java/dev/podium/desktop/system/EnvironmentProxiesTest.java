package dev.podium.desktop.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProxiesTest {
  @ParameterizedTest
  @CsvSource(
      value = {
        "https://compute.googleapis.com | HTTPS_PROXY | http://proxy.school:8080 | proxy.school:8080",
        "https://compute.googleapis.com | https_proxy | proxy.school:8080 | proxy.school:8080",
        "https://compute.googleapis.com | HTTPS_PROXY | http://ann:secret@proxy.school:8080/ | proxy.school:8080",
        "https://compute.googleapis.com | ALL_PROXY | http://proxy.school | proxy.school:3128",
        "https://compute.googleapis.com | HTTP_PROXY | http://proxy.school:8080 | direct",
        "http://34.1.2.3:8080/healthz | HTTP_PROXY | http://proxy.school:8080 | proxy.school:8080",
        "https://pubsub.googleapis.com:443 | HTTPS_PROXY | not a proxy | direct",
        "http://127.0.0.1:8080/ | HTTP_PROXY | http://proxy.school:8080 | direct",
        "http://localhost:8080/ | ALL_PROXY | http://proxy.school:8080 | direct",
        "http://[::1]:8080/ | ALL_PROXY | http://proxy.school:8080 | direct"
      },
      delimiter = '|')
  void a_request_goes_through_the_proxy_that_is_named_for_it(
      URI to, String variable, String value, String way) {
    assertThat(way(new EnvironmentProxies(Map.of(variable, value), null), to)).isEqualTo(way);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "compute.googleapis.com | googleapis.com | direct",
        "compute.googleapis.com | .googleapis.com | direct",
        "compute.googleapis.com | *.googleapis.com | direct",
        "notgoogleapis.com | googleapis.com | p:1",
        "compute.googleapis.com | a.example, b.example | p:1",
        "compute.googleapis.com | * | direct",
        "10.1.2.3 | 10.0.0.0/8 | direct",
        "11.1.2.3 | 10.0.0.0/8 | p:1",
        "10.1.2.3 | 10.1.2.3 | direct",
        "compute.googleapis.com | 10.0.0.0/8 | p:1",
        "10.1.2.3 | 10.0.0.0/99 | p:1"
      },
      delimiter = '|')
  void what_is_exempt_is_reached_directly(String host, String exempt, String way) {
    EnvironmentProxies proxies =
        new EnvironmentProxies(Map.of("HTTPS_PROXY", "http://p:1", "NO_PROXY", exempt), null);

    assertThat(way(proxies, URI.create("https://" + host + "/"))).isEqualTo(way);
  }

  private static String way(EnvironmentProxies proxies, URI to) {
    Proxy proxy = proxies.select(to).getFirst();
    return proxy.type() == Proxy.Type.DIRECT
        ? "direct"
        : proxy.address().toString().replace("/<unresolved>", "");
  }
}
