package dev.podium.agent.door;

import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.invite.AccessCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/// Lets those in who know the class's code; what is no code goes to the next gate.
public final class AccessCodeGate implements EntryGate {
  /// Over all addresses: somebody with many addresses can not try codes fast either.
  private static final int FAILURES_PER_MINUTE = 200;

  private final Supplier<Optional<AccessCode>> accessCode;
  private final EntryGate otherwise;
  private final RateLimit failures;

  /// @param accessCode the fleet's code as it is now, if it has one
  public AccessCodeGate(
      Supplier<Optional<AccessCode>> accessCode, EntryGate otherwise, Ticker ticker) {
    this.accessCode = accessCode;
    this.otherwise = otherwise;
    this.failures = new RateLimit(ticker, FAILURES_PER_MINUTE);
  }

  @Override
  public Decision admit(Credentials credentials) {
    return credentials instanceof Credentials.Code shown
        ? admit(shown)
        : otherwise.admit(credentials);
  }

  private Decision admit(Credentials.Code shown) {
    if (failures.isEmpty()) {
      return new Decision.Refused(
          ChatError.TOO_FAST, "Too many wrong codes were tried: wait a minute, then try again.");
    }
    if (accessCode.get().isEmpty()) {
      return new Decision.Refused(
          ChatError.BAD_CODE, "This fleet has no access code: ask your host for an invite link.");
    }
    if (!accessCode.get().get().matches(shown.code())) {
      failures.take();
      return new Decision.Refused(
          ChatError.BAD_CODE, "This is not the access code: check it and try again.");
    }
    return new Decision.Admitted(idOf(shown), shown.name(), Optional.empty(), false, Pass.LASTING);
  }

  /// The same person on every VM, and nobody else can be them who does not know the page's secret.
  private static String idOf(Credentials.Code shown) {
    byte[] device = (shown.device() + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] hash = AccessCode.sha256(device, shown.name());
    return "c-" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 12));
  }
}
