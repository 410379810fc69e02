package dev.podium.localcloud.state.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Every access token that the local cloud has given out, to people and to service accounts alike.
///
/// Safe for use from any thread.
public final class IssuedTokens {
  /// How many live tokens are kept. A client that asks for a new one with each request must not
  /// fill the memory, so the oldest is forgotten first.
  private static final int MOST_TOKENS = 100_000;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Grant> grants = new LinkedHashMap<>();
  private final List<Consumer<Optional<String>>> renewals = new CopyOnWriteArrayList<>();

  /// @param clock decides when a token has expired
  public IssuedTokens(InstantSource clock) {
    this.clock = clock;
  }

  /// Gives out a new bearer token to a person.
  ///
  /// @param email whom it speaks for
  /// @param scopes the OAuth scopes, as full URLs or the short OpenID words
  /// @param lifetime from now; must be positive
  /// @return the token, opaque, in the `ya29.` form by which people and scanners know Google's
  public String issue(String email, Collection<String> scopes, Duration lifetime) {
    return issue(email, scopes, lifetime, false);
  }

  /// As [#issue], to a machine in the name of its service account. It may do what [MachineRole]
  /// says.
  public String issueToMachine(String email, Collection<String> scopes, Duration lifetime) {
    return issue(email, scopes, lifetime, true);
  }

  private String issue(
      String email, Collection<String> scopes, Duration lifetime, boolean machine) {
    if (!lifetime.isPositive()) {
      throw new IllegalArgumentException("A token's lifetime must be positive, not " + lifetime);
    }
    byte[] secret = new byte[48];
    random.nextBytes(secret);
    String token = "ya29." + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    Instant now = clock.instant();
    Grant grant = new Grant(email, new LinkedHashSet<>(scopes), now, now.plus(lifetime), machine);
    synchronized (grants) {
      forgetOld(now);
      grants.put(token, grant);
    }
    return token;
  }

  /// What a token permits, or nothing if it was never issued, has expired or was revoked.
  public Optional<Grant> find(String token) {
    synchronized (grants) {
      return Optional.ofNullable(grants.get(token))
          .filter(grant -> clock.instant().isBefore(grant.expires()));
    }
  }

  /// Makes a token worthless at once.
  ///
  /// @return whether it was good until now
  public boolean revoke(String token) {
    synchronized (grants) {
      Grant grant = grants.remove(token);
      return grant != null && clock.instant().isBefore(grant.expires());
    }
  }

  /// Makes many tokens worthless at once, as an administrator can, and ends what could renew them.
  ///
  /// @param email whose; none for everybody's
  /// @return how many were good until now
  public int revokeAll(Optional<String> email) {
    renewals.forEach(renewal -> renewal.accept(email));
    Instant now = clock.instant();
    synchronized (grants) {
      List<String> theirs =
          grants.entrySet().stream()
              .filter(entry -> email.isEmpty() || entry.getValue().email().equals(email.get()))
              .map(Map.Entry::getKey)
              .toList();
      return (int)
          theirs.stream()
              .map(grants::remove)
              .filter(grant -> grant != null && now.isBefore(grant.expires()))
              .count();
    }
  }

  /// Tells whoever can renew tokens of each [#revokeAll], before it happens.
  public void onRevokeAll(Consumer<Optional<String>> renewal) {
    renewals.add(renewal);
  }

  /// The account number that belongs to an e-mail address: 21 digits. It is the same on every
  /// start, since clients store it as the identity that survives a change of address.
  public static String subjectOf(String email) {
    byte[] address = email.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    StringBuilder digits = new StringBuilder("1");
    for (byte part : sha256(address)) {
      digits.append(Byte.toUnsignedInt(part) % 10);
      if (digits.length() == 21) {
        break;
      }
    }
    return digits.toString();
  }

  private void forgetOld(Instant now) {
    var oldestFirst = grants.values().iterator();
    while (oldestFirst.hasNext()) {
      boolean expired = !now.isBefore(oldestFirst.next().expires());
      if (!expired && grants.size() < MOST_TOKENS) {
        return;
      }
      oldestFirst.remove();
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }

  /// What one token permits.
  ///
  /// @param email whom it speaks for
  /// @param scopes in the order in which they were asked for
  /// @param issued when it was given out
  /// @param expires from this moment on it is worthless
  /// @param machine whether a machine's service account has it, and not a person
  public record Grant(
      String email, SequencedSet<String> scopes, Instant issued, Instant expires, boolean machine) {
    /// Whether any one of these scopes was granted.
    public boolean permitsAnyOf(Collection<String> wanted) {
      return wanted.stream().anyMatch(scopes::contains);
    }

    /// The account's number, see [IssuedTokens#subjectOf].
    public String subject() {
      return subjectOf(email);
    }
  }
}
