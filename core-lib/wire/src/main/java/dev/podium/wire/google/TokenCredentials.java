package dev.podium.wire.google;

import com.google.auth.Credentials;
import dev.podium.wire.cloud.AccessTokens;
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
    String token = tokens.token();
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
