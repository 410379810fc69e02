package dev.podium.agent.duty;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tokens of the VM's service account, from its metadata server, for an emulator. Google's own
/// class for them loads hundreds of others, and refuses to be used without TLS. Any thread may ask;
/// one at a time waits for the server.
///
/// A VM without a service account, or without such a server, has no token and asks as nobody.
public final class ServiceAccountTokens implements AccessTokens {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceAccountTokens.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "instance/service-accounts/default/token";

  /// The metadata server gives out a new one four minutes before the end. Source:
  /// https://cloud.google.com/compute/docs/access/authenticate-workloads
  private static final Duration REFRESH = Duration.ofSeconds(225);

  /// How long nobody asks again after there was none.
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private final Function<String, Optional<String>> metadata;
  private final Ticker ticker;
  private String token = "";
  private Instant expires = Instant.EPOCH;
  private long endNanos;
  private long askNanos;

  /// @param metadata reads an item below `computeMetadata/v1/`; empty if there is none
  public ServiceAccountTokens(Function<String, Optional<String>> metadata, Ticker ticker) {
    this.metadata = metadata;
    this.ticker = ticker;
    this.endNanos = ticker.nanos();
    this.askNanos = ticker.nanos();
  }

  /// Never fails: who needs a token and has none is told by the cloud.
  @Override
  public synchronized String token() {
    if (ticker.nanos() - askNanos >= 0) {
      ask();
    }
    return ticker.nanos() - endNanos < 0 ? token : "";
  }

  private void ask() {
    askNanos = ticker.nanos() + AGAIN.toNanos();
    try {
      metadata.apply(PATH).ifPresent(this::take);
    } catch (PodiumException silent) {
      LOG.debug("No token of the service account", silent);
    }
  }

  private void take(String answer) {
    try {
      JsonNode read = JSON.readTree(answer);
      Duration life = Duration.ofSeconds(read.path("expires_in").asLong());
      token = read.path("access_token").asText();
      expires = ticker.wall().plus(life);
      endNanos = ticker.nanos() + life.toNanos();
      Duration good = life.minus(REFRESH);
      askNanos = ticker.nanos() + (good.compareTo(AGAIN) > 0 ? good : AGAIN).toNanos();
    } catch (JsonProcessingException unreadable) {
      LOG.debug("The metadata server's token can not be read", unreadable);
    }
  }

  @Override
  public synchronized Instant expires() {
    return expires;
  }

  /// An account whose tokens were revoked has others at once.
  @Override
  public synchronized void refused(String refused) {
    if (refused.equals(token)) {
      askNanos = ticker.nanos();
    }
  }
}
