package dev.podium.localcloud.metadata;

import dev.podium.localcloud.state.Project;
import dev.podium.localcloud.state.instance.Instance;
import dev.podium.localcloud.state.instance.InstanceSpec.ServiceAccount;
import dev.podium.localcloud.state.token.IssuedTokens;
import dev.podium.localcloud.state.token.TokenSigner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Tokens of machines' service accounts. Any thread may call.
final class MachineTokens {
  private static final Duration LIFETIME = Duration.ofSeconds(3_599);

  /// Google's server gives out the same token until four minutes before its end; its Java client
  /// asks again a quarter of a minute later.
  private static final Duration REFRESH = Duration.ofMinutes(4);

  private static final String EVERYTHING = "https://www.googleapis.com/auth/cloud-platform";

  /// @param token opaque
  /// @param expires from then on it is worthless
  record Issued(String token, Instant expires) {}

  private record Key(long instance, String email, List<String> scopes) {}

  private final IssuedTokens tokens;
  private final TokenSigner signer;
  private final InstantSource clock;
  private final Map<Key, Issued> cached = new ConcurrentHashMap<>();

  MachineTokens(IssuedTokens tokens, TokenSigner signer, InstantSource clock) {
    this.tokens = tokens;
    this.signer = signer;
    this.clock = clock;
  }

  /// An access token.
  ///
  /// @param wanted fewer scopes than the account has in this machine; empty for all of them
  Issued access(Instance instance, ServiceAccount account, List<String> wanted) {
    List<String> scopes =
        wanted.isEmpty()
            ? account.scopes()
            : wanted.stream()
                .filter(scope ->
                    account.scopes().contains(EVERYTHING) || account.scopes().contains(scope))
                .toList();
    return Objects.requireNonNull(
        cached.compute(
            new Key(instance.id(), account.email(), scopes),
            (key, known) -> known != null && good(known) ? known : issue(account, scopes)));
  }

  private boolean good(Issued issued) {
    return clock.instant().isBefore(issued.expires().minus(REFRESH))
        && tokens.find(issued.token()).isPresent();
  }

  private Issued issue(ServiceAccount account, List<String> scopes) {
    return new Issued(
        tokens.issueToMachine(account.email(), scopes, LIFETIME), clock.instant().plus(LIFETIME));
  }

  /// A signed statement of who the machine is, for one reader.
  ///
  /// @param full whether to tell what the machine is, too
  String identity(
      Project project, Instance instance, ServiceAccount account, String audience, boolean full) {
    long now = clock.instant().getEpochSecond();
    String subject = IssuedTokens.subjectOf(account.email());
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("aud", audience);
    claims.put("azp", subject);
    claims.put("sub", subject);
    claims.put("iss", TokenSigner.ISSUER);
    claims.put("iat", now);
    claims.put("exp", now + 3_600);
    if (full) {
      claims.put("email", account.email());
      claims.put("email_verified", true);
      claims.put(
          "google",
          Map.of(
              "compute_engine",
              Map.of(
                  "project_id", project.id(),
                  "project_number", project.number(),
                  "zone", instance.key().zone(),
                  "instance_id", String.valueOf(instance.id()),
                  "instance_name", instance.key().name(),
                  "instance_creation_timestamp", instance.created().getEpochSecond())));
    }
    return signer.sign(claims);
  }

  /// Forgets the tokens of a machine that is gone, and makes them worthless.
  void forget(long instanceId) {
    cached
        .entrySet()
        .removeIf(entry -> {
          boolean gone = entry.getKey().instance() == instanceId;
          if (gone) {
            tokens.revoke(entry.getValue().token());
          }
          return gone;
        });
  }
}
