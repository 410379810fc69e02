package dev.podium.localcloud.state.resource;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The rules that every new project's default network has.
public final class DefaultFirewalls {
  private DefaultFirewalls() {}

  /// @param what `icmp`, `internal` or `ssh`
  public static NetworkPart allow(String what, long id, Instant created) {
    Map<String, Object> rule =
        switch (what) {
          case "icmp" -> rule("0.0.0.0/0", List.of(Map.of("IPProtocol", "icmp")));
          case "ssh" ->
              rule("0.0.0.0/0", List.of(Map.of("IPProtocol", "tcp", "ports", List.of("22"))));
          default ->
              rule(
                  "10.128.0.0/9",
                  List.of(
                      Map.of("IPProtocol", "tcp", "ports", List.of("0-65535")),
                      Map.of("IPProtocol", "udp", "ports", List.of("0-65535")),
                      Map.of("IPProtocol", "icmp")));
        };
    return new NetworkPart(NetworkPart.Kind.FIREWALL, "default-allow-" + what, id, created, rule);
  }

  private static Map<String, Object> rule(String from, List<Map<String, Object>> allowed) {
    return Map.of(
        "network",
        "global/networks/default",
        "direction",
        "INGRESS",
        "priority",
        65534,
        "sourceRanges",
        List.of(from),
        "allowed",
        allowed);
  }
}
