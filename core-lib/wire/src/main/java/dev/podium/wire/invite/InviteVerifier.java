package dev.podium.wire.invite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.wire.identity.Base64Url;
import dev.podium.wire.invite.Admission.Admitted;
import dev.podium.wire.invite.Admission.Expired;
import dev.podium.wire.invite.Admission.Forged;
import dev.podium.wire.invite.Admission.Malformed;
import dev.podium.wire.invite.Admission.Revoked;
import dev.podium.wire.invite.Admission.UnknownKey;
import dev.podium.wire.invite.Admission.WrongFleet;
import dev.podium.wire.invite.Admission.WrongVm;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Checks invites, on a VM. May be used from any thread; never throws for what is in a token.
///
/// The signature is checked before any claim is believed, and only EdDSA with a key of the set
/// counts, whatever the token's head asks for.
public final class InviteVerifier {
  /// No invite that a console signs is longer; more is not even looked at.
  private static final int LONGEST_TOKEN = 4_096;

  /// How far the console's clock may run ahead of the VM's before its longest invites are refused.
  private static final Duration CLOCK_LEEWAY = Duration.ofMinutes(10);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<String> keySet;
  private final String fleet;
  private final String vm;
  private final InstantSource clock;
  private final Predicate<String> revoked;
  private volatile Keys keys = new Keys("", List.of());

  /// @param keySet the metadata item with the JSON Web Key Set as it is now; asked for at each
  ///   check, so that a rotation counts at once
  public InviteVerifier(Supplier<String> keySet, String fleet, String vm, InstantSource clock) {
    this(keySet, fleet, vm, clock, _ -> false);
  }

  /// @param revoked whether the invite of that id was taken back
  public InviteVerifier(
      Supplier<String> keySet,
      String fleet,
      String vm,
      InstantSource clock,
      Predicate<String> revoked) {
    this.keySet = keySet;
    this.fleet = fleet;
    this.vm = vm;
    this.clock = clock;
    this.revoked = revoked;
  }

  /// Whether the token opens this VM.
  public Admission verify(String token) {
    if (token.length() > LONGEST_TOKEN) {
      return new Malformed("it is too long");
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return new Malformed("it has not three parts");
    }
    try {
      JsonNode head = JSON.readTree(Base64Url.decode(parts[0]));
      // RFC 7515, section 4.1.11: what names critical extensions must be refused by those who know
      // none.
      if (!"EdDSA".equals(head.path("alg").asText()) || head.has("crit")) {
        return new Malformed("it is not signed as invites are");
      }
      String keyId = head.path("kid").asText();
      Optional<InvitePublicKey> key = find(keyId);
      if (key.isEmpty()) {
        return new UnknownKey(keyId);
      }
      byte[] signature = Base64Url.decode(parts[2]);
      if (!key.get().verifies(parts[0] + "." + parts[1], signature)) {
        return new Forged();
      }
      return judge(JSON.readTree(Base64Url.decode(parts[1])), keyId);
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      return new Malformed("it cannot be read");
    }
  }

  /// Looks again at an invite by which somebody is on this VM. It may have expired or been taken
  /// back, or its key may have been thrown away. Costs no signature check.
  ///
  /// @return why it is no longer good, or empty if it still is
  public Optional<Admission.Refused> again(Admitted admitted) {
    Invite invite = admitted.invite();
    if (!clock.instant().isBefore(invite.expires())) {
      return Optional.of(new Expired(invite.expires()));
    }
    if (revoked.test(invite.id())) {
      return Optional.of(new Revoked(invite.id()));
    }
    return find(admitted.keyId()).isEmpty()
        ? Optional.of(new UnknownKey(admitted.keyId()))
        : Optional.empty();
  }

  private Admission judge(JsonNode claims, String keyId) {
    @Nullable Audience audience = Audience.parse(claims.path("aud").asText()).orElse(null);
    if (audience == null
        || !claims.path("exp").isIntegralNumber()
        || !claims.path("iat").isIntegralNumber()
        || claims.path("sub").asText().isEmpty()
        || claims.path("jti").asText().isEmpty()
        || claims.path("name").asText().isEmpty()
        || claims.path("room").asText().isEmpty()) {
      return new Malformed("it does not say all that an invite says");
    }
    Instant expires = Instant.ofEpochSecond(claims.path("exp").asLong());
    Instant issued = Instant.ofEpochSecond(claims.path("iat").asLong());
    Instant now = clock.instant();
    if (!now.isBefore(expires)) {
      return new Expired(expires);
    }
    if (expires.isAfter(issued.plus(Invite.LONGEST))
        || expires.isAfter(now.plus(Invite.LONGEST).plus(CLOCK_LEEWAY))) {
      return new Malformed("it is good for longer than invites may be");
    }
    String id = claims.path("jti").asText();
    Invite invite =
        new Invite(
            claims.path("sub").asText(),
            claims.path("name").asText(),
            claims.path("room").asText(),
            audience,
            id,
            expires);
    return switch (audience) {
      case Audience.WholeFleet(String name) when !name.equals(fleet) -> new WrongFleet(name);
      case Audience.OneVm(String name) when !name.equals(vm) -> new WrongVm(name);
      case Audience.WholeFleet _, Audience.OneVm _ ->
          revoked.test(id) ? new Revoked(id) : new Admitted(invite, keyId);
    };
  }

  private Optional<InvitePublicKey> find(String keyId) {
    Instant now = clock.instant();
    return currentKeys().stream()
        .filter(key -> key.id().equals(keyId) && now.isBefore(key.end()))
        .findFirst();
  }

  /// A set that cannot be read leaves the last readable one in force: a slip in the metadata must
  /// not lock a class out.
  private List<InvitePublicKey> currentKeys() {
    String text = keySet.get();
    Keys known = keys;
    if (!known.text().equals(text)) {
      try {
        known = new Keys(text, InvitePublicKey.inSet(text));
      } catch (IllegalArgumentException e) {
        known = new Keys(text, known.keys());
      }
      keys = known;
    }
    return known.keys();
  }

  private record Keys(String text, List<InvitePublicKey> keys) {}
}
