package dev.podium.localcloud.identity;

import com.linecorp.armeria.common.QueryParams;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;

/// What an app asks a person to consent to.
///
/// @param state given back unchanged; empty where the app sent none
/// @param offline whether the app wants a refresh token
/// @param nonce repeated in the identity token; empty where the app sent none
/// @param loginHint the e-mail address that the app expects; may be empty
record AuthorizationRequest(
    String clientId,
    URI redirect,
    List<String> scopes,
    String state,
    ProofKey proofKey,
    boolean offline,
    String nonce,
    String loginHint) {
  /// Google takes any port and path on these for an app of the type "Desktop".
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  /// @throws OAuthException where no answer may be sent to the redirect address: the person sees it
  static AuthorizationRequest parse(QueryParams query) {
    String clientId = required(query, "client_id");
    URI redirect = redirect(required(query, "redirect_uri"));
    String responseType = required(query, "response_type");
    if (!responseType.equals("code")) {
      throw OAuthException.invalidRequest("Invalid response_type: " + responseType);
    }
    List<String> scopes =
        List.of(required(query, "scope").trim().split("\\s+", -1)).stream().distinct().toList();
    String challenge = query.get("code_challenge", "");
    ProofKey proofKey = new ProofKey(challenge, query.get("code_challenge_method", "plain"));
    if (!proofKey.isKnownMethod()) {
      throw OAuthException.invalidRequest(
          "Invalid code_challenge_method: " + proofKey.method() + " is neither S256 nor plain");
    }
    return new AuthorizationRequest(
        clientId,
        redirect,
        scopes,
        query.get("state", ""),
        proofKey,
        query.get("access_type", "online").equals("offline"),
        query.get("nonce", ""),
        query.get("login_hint", ""));
  }

  /// The redirect address with these parameters, and the state if there is one.
  String answer(String name, String value) {
    QueryParams parameters =
        state.isEmpty() ? QueryParams.of(name, value) : QueryParams.of("state", state, name, value);
    String separator = redirect.getRawQuery() == null ? "?" : "&";
    return redirect + separator + parameters.toQueryString();
  }

  private static URI redirect(String text) {
    try {
      URI redirect = new URI(text);
      boolean permitted =
          "http".equals(redirect.getScheme())
              && redirect.getHost() != null
              && LOOPBACK.contains(redirect.getHost())
              && redirect.getRawUserInfo() == null
              && redirect.getRawFragment() == null;
      if (permitted) {
        return redirect;
      }
    } catch (URISyntaxException malformed) {
      // Refused below, like every other address that is not a loopback one.
    }
    throw new OAuthException(
        400,
        "redirect_uri_mismatch",
        "The redirect address "
            + text
            + " is not on this computer. An app for the desktop is answered at"
            + " http://127.0.0.1:PORT, http://[::1]:PORT or http://localhost:PORT only.");
  }

  private static String required(QueryParams query, String name) {
    String value = query.get(name, "");
    if (value.isBlank()) {
      throw OAuthException.invalidRequest("Missing required parameter: " + name);
    }
    return value;
  }
}
