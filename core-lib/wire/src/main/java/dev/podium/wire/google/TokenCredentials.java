package dev.podium.wire.google;

import com.google.auth.Credentials;
import com.google.auth.Retryable;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Our tokens in the form in which Google's clients ask for them: at each call. An empty token goes
/// as none at all.
public final class TokenCredentials extends Credentials {
  private static final long serialVersionUID = 1L;

  private static final String AUTHORIZATION = "Authorization";

  private final transient AccessTokens tokens;
  private volatile String last = "";

  public TokenCredentials(AccessTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public String getAuthenticationType() {
    return "OAuth2";
  }

  @Override
  public Map<String, List<String>> getRequestMetadata(@Nullable URI uri) throws IOException {
    String token = freshToken();
    last = token;
    if (token.isEmpty()) {
      return Map.of();
    }
    List<String> bearer = List.of("Bearer " + token);
    return tokens
        .quotaProject()
        .map(payer -> Map.of(AUTHORIZATION, bearer, "x-goog-user-project", List.of(payer)))
        .orElseGet(() -> Map.of(AUTHORIZATION, bearer));
  }

  /// Google's clients take any failure here for a missing sign-in, but for one that says that the
  /// next try may work. Then they try again, and streams go on.
  private String freshToken() throws IOException {
    try {
      return tokens.token();
    } catch (PodiumException.Unavailable silent) {
      throw new PassingFailure(silent);
    }
  }

  /// The identity server could not be asked.
  private static final class PassingFailure extends IOException implements Retryable {
    private static final long serialVersionUID = 1L;

    PassingFailure(PodiumException.Unavailable cause) {
      super(cause.sentence(), cause);
    }

    @Override
    public boolean isRetryable() {
      return true;
    }

    @Override
    public int getRetryCount() {
      return 0;
    }
  }

  @Override
  public boolean hasRequestMetadata() {
    return true;
  }

  @Override
  public boolean hasRequestMetadataOnly() {
    return true;
  }

  /// Called by the clients when the server said 401.
  @Override
  public void refresh() {
    tokens.refused(last);
  }
}
