package dev.podium.fleet.auth;

import dev.podium.fleet.auth.TokenClient.Tokens;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An access token that is replaced before it ends.
///
/// Its life is the server's `expires_in`, counted on the monotonic clock. Where that clock stands
/// still while the computer sleeps, the wall clock tells; a wall clock that runs wrong costs at
/// worst a refresh too many.
final class RefreshedTokens implements AccessTokens {
  /// Refreshed this long before its end, so that what is asked with it can still be carried out.
  private static final Duration MARGIN = Duration.ofMinutes(4);

  private final TokenClient client;
  private final String refreshToken;
  private final Optional<Instant> signedIn;
  private final Ticker ticker;
  private final Runnable whenRevoked;
  private @Nullable Held held;

  /// @param signedIn when the person signed in, if that is known
  /// @param whenRevoked told when the refresh token is good no more
  RefreshedTokens(
      TokenClient client,
      String refreshToken,
      Optional<Tokens> first,
      Optional<Instant> signedIn,
      Ticker ticker,
      Runnable whenRevoked) {
    this.client = client;
    this.refreshToken = refreshToken;
    this.signedIn = signedIn;
    this.ticker = ticker;
    this.whenRevoked = whenRevoked;
    first.ifPresent(tokens -> held = hold(tokens));
  }

  @Override
  public synchronized String token() {
    Held present = held;
    if (present != null && left(present).compareTo(margin(present)) > 0) {
      return present.token();
    }
    try {
      Held fresh = hold(client.refresh(refreshToken, signedInAgo()));
      held = fresh;
      return fresh.token();
    } catch (PodiumException.NotSignedIn e) {
      held = null;
      whenRevoked.run();
      throw e;
    } catch (PodiumException.Unavailable e) {
      // It is early: the old one serves for some minutes yet, and the next call tries again.
      if (present != null && !left(present).isNegative()) {
        return present.token();
      }
      throw e;
    }
  }

  @Override
  public synchronized Instant expires() {
    return held == null ? Instant.EPOCH : held.wallEnd();
  }

  @Override
  public synchronized void refused(String token) {
    if (held != null && held.token().equals(token)) {
      held = null;
    }
  }

  private Optional<Duration> signedInAgo() {
    return signedIn.map(then -> Duration.between(then, ticker.wall()));
  }

  private Held hold(Tokens tokens) {
    return new Held(
        tokens.access(),
        tokens.lifetime(),
        ticker.nanos() + tokens.lifetime().toNanos(),
        ticker.wall().plus(tokens.lifetime()));
  }

  private Duration left(Held token) {
    Duration monotonic = Duration.ofNanos(token.monotonicEnd() - ticker.nanos());
    Duration wall = Duration.between(ticker.wall(), token.wallEnd());
    return monotonic.compareTo(wall) < 0 ? monotonic : wall;
  }

  /// A token that lives for less than twice the margin is used for half of its life.
  private static Duration margin(Held token) {
    Duration half = token.lifetime().dividedBy(2);
    return half.compareTo(MARGIN) < 0 ? half : MARGIN;
  }

  private record Held(String token, Duration lifetime, long monotonicEnd, Instant wallEnd) {}
}
