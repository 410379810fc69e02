package dev.podium.wire.invite;

import java.util.Optional;

/// Where an invite is good: the claim `aud`.
public sealed interface Audience {
  /// On every VM of the fleet: `fleet:<name>`.
  record WholeFleet(String fleet) implements Audience {}

  /// On one VM only: `vm:<name>`.
  record OneVm(String vm) implements Audience {}

  /// The claim's text.
  default String claim() {
    return switch (this) {
      case WholeFleet(String fleet) -> "fleet:" + fleet;
      case OneVm(String vm) -> "vm:" + vm;
    };
  }

  /// The audience of that text, or nothing if it is in neither form.
  static Optional<Audience> parse(String claim) {
    int colon = claim.indexOf(':');
    if (colon < 0 || colon == claim.length() - 1) {
      return Optional.empty();
    }
    String name = claim.substring(colon + 1);
    return switch (claim.substring(0, colon)) {
      case "fleet" -> Optional.of(new WholeFleet(name));
      case "vm" -> Optional.of(new OneVm(name));
      default -> Optional.empty();
    };
  }
}
