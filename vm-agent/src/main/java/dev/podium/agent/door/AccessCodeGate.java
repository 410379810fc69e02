package dev.podium.agent.door;

import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.invite.AccessCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;

/// Lets those in who know the class's code; what is no code goes to the next gate. Belongs to the
/// chat loop.
///
/// Who is in by a code is asked again when the fleet's item is another. Their page comes back at
/// once with the code that it keeps. Is it the same code with another salt, they notice nothing. So
/// the agent keeps no code, and of an earlier one only the salted hash.
public final class AccessCodeGate implements EntryGate {
  /// Over all addresses: somebody with many addresses can not try codes fast either.
  private static final int FAILURES_PER_MINUTE = 200;

  /// Earlier codes that are still known as such.
  private static final int EARLIER = 8;

  private static final String NONE =
      "This fleet has no access code: ask your host for an invite link.";
  private static final String CHANGED =
      "The access code was changed: ask your host for the new one.";

  private final Supplier<Optional<AccessCode>> accessCode;
  private final EntryGate otherwise;
  private final RateLimit failures;
  private final Deque<AccessCode> earlier = new ArrayDeque<>();
  private Optional<AccessCode> known = Optional.empty();

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

  @Override
  public boolean takesCodes() {
    return inForce().isPresent();
  }

  private Decision admit(Credentials.Code shown) {
    if (failures.isEmpty()) {
      return new Decision.Refused(
          ChatError.TOO_FAST, "Too many wrong codes were tried: wait a minute, then try again.");
    }
    Optional<AccessCode> now = inForce();
    if (now.filter(code -> code.matches(shown.code())).isPresent()) {
      return new Decision.Admitted(
          idOf(shown), shown.name(), Optional.empty(), false, passBy(now.get()));
    }
    boolean outdated = earlier.stream().anyMatch(code -> code.matches(shown.code()));
    if (now.isEmpty()) {
      return outdated
          ? new Decision.Outdated(ChatError.BAD_CODE, NONE)
          : new Decision.Refused(ChatError.BAD_CODE, NONE);
    }
    if (outdated) {
      return new Decision.Outdated(
          ChatError.BAD_CODE,
          "This is not the access code any more: ask your host for the new one.");
    }
    failures.take();
    return new Decision.Refused(
        ChatError.BAD_CODE, "This is not the access code: check it and try again.");
  }

  /// Compares the items only, for it is asked every second for each seat.
  private Pass passBy(AccessCode code) {
    return new Pass(
        Optional.empty(),
        ChatError.BAD_CODE,
        () -> {
          Optional<AccessCode> now = inForce();
          return now.filter(code::equals).isPresent()
              ? Optional.empty()
              : Optional.of(now.isEmpty() ? NONE : CHANGED);
        });
  }

  private Optional<AccessCode> inForce() {
    Optional<AccessCode> now = accessCode.get();
    if (!now.equals(known)) {
      known.ifPresent(earlier::addFirst);
      if (earlier.size() > EARLIER) {
        earlier.removeLast();
      }
      known = now;
    }
    return now;
  }

  /// The same person on every VM, and nobody else can be them who does not know the page's secret.
  private static String idOf(Credentials.Code shown) {
    byte[] device = (shown.device() + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] hash = AccessCode.sha256(device, shown.name());
    return "c-" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 12));
  }
}
