package dev.podium.fleet.google;

import com.google.api.client.json.webtoken.JsonWebSignature;
import com.google.api.client.json.webtoken.JsonWebToken;
import com.google.auth.oauth2.TokenVerifier;
import com.google.auth.oauth2.TokenVerifier.VerificationException;
import dev.podium.fleet.cloud.IdentityTokens;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Identity tokens of Google's metadata servers, or of the local cloud's
/// (https://cloud.google.com/compute/docs/instances/verifying-instance-identity).
///
/// Google's keys rotate daily. They are kept for an hour and fetched anew when a token names one
/// that is not there, at most once a minute.
public final class GoogleIdentityTokens implements IdentityTokens {
  private static final String ISSUER = "https://accounts.google.com";
  private static final String GOOGLES_KEYS = "https://www.googleapis.com/oauth2/v3/certs";

  /// A token that a metadata server makes is shorter than 2 kB.
  private static final int LONGEST = 8_192;

  /// Google's servers and the console's notion of their time may differ by so much.
  private static final Duration LEEWAY = Duration.ofMinutes(2);

  private static final Duration BETWEEN_FETCHES = Duration.ofMinutes(1);

  private final String project;
  private final String keys;
  private final Ticker ticker;
  private TokenVerifier verifier;
  private long fetchedNanos;

  public GoogleIdentityTokens(CloudProfile profile, Ticker ticker) {
    this.project = profile.project();
    this.keys = profile.identity().map(GoogleIdentityTokens::keysBelow).orElse(GOOGLES_KEYS);
    this.ticker = ticker;
    this.verifier = verifier();
    this.fetchedNanos = ticker.nanos() - BETWEEN_FETCHES.toNanos();
  }

  private static String keysBelow(URI identity) {
    return identity.resolve("oauth2/v3/certs").toString();
  }

  @Override
  public NamedVm verify(String token, String audience, Instant now) {
    if (token.length() > LONGEST) {
      throw invalid("it is too long");
    }
    JsonWebToken.Payload claims = signed(token).getPayload();
    if (!List.of(audience).equals(claims.getAudienceAsList())) {
      throw invalid("it was made for somebody else");
    }
    Instant issued = seconds(claims.getIssuedAtTimeSeconds());
    Instant expires = seconds(claims.getExpirationTimeSeconds());
    if (now.isAfter(expires.plus(LEEWAY)) || now.isBefore(issued.minus(LEEWAY))) {
      throw invalid("it is good from " + issued + " to " + expires + " only");
    }
    return vm(claims);
  }

  /// Time and audience are looked at by [#verify]: the library knows this computer's clock only.
  private JsonWebSignature signed(String token) {
    try {
      return verified(token);
    } catch (VerificationException refused) {
      throw failure(refused);
    } catch (RuntimeException malformed) {
      // A stranger's text may be anything, and the library does not say what it then throws.
      throw invalid("it is none");
    }
  }

  private JsonWebSignature verified(String token) throws VerificationException {
    try {
      return present().verify(token);
    } catch (VerificationException unknownKey) {
      return afresh().verify(token);
    }
  }

  private synchronized TokenVerifier present() {
    return verifier;
  }

  /// One that fetches the keys anew, or the present one where that was done a moment ago.
  private synchronized TokenVerifier afresh() {
    if (ticker.nanos() - fetchedNanos >= BETWEEN_FETCHES.toNanos()) {
      fetchedNanos = ticker.nanos();
      verifier = verifier();
    }
    return verifier;
  }

  private TokenVerifier verifier() {
    return TokenVerifier.newBuilder()
        .setCertificatesLocation(keys)
        .setIssuer(ISSUER)
        .setClock(() -> 0)
        .build();
  }

  private NamedVm vm(JsonWebToken.Payload claims) {
    if (!(claims.get("google") instanceof Map<?, ?> google)
        || !(google.get("compute_engine") instanceof Map<?, ?> engine)) {
      throw invalid("it does not say which VM it is of: the format must be full");
    }
    String named = text(engine, "project_id");
    if (!named.equals(project)) {
      throw invalid("it is of the project '" + named + "'");
    }
    return new NamedVm(
        text(engine, "instance_id"), text(engine, "instance_name"), text(engine, "zone"));
  }

  private static String text(Map<?, ?> claims, String name) {
    return String.valueOf(claims.get(name));
  }

  private static Instant seconds(Long since1970) {
    if (since1970 == null) {
      throw invalid("it does not say when it is good");
    }
    return Instant.ofEpochSecond(since1970);
  }

  private static PodiumException failure(VerificationException refused) {
    for (Throwable cause = refused.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return new PodiumException.Unavailable(
            "A VM's identity token cannot be checked",
            "the keys that it is signed with cannot be read: " + cause.getMessage(),
            "Look whether this computer reaches www.googleapis.com.",
            refused);
      }
    }
    return invalid("its signature is wrong");
  }

  private static PodiumException invalid(String why) {
    return new PodiumException.Invalid(
        "A VM's identity token is not good", why, "Nothing is to be done if the VM is not yours.");
  }
}
