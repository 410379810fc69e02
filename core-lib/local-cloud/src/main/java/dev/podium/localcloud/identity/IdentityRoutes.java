package dev.podium.localcloud.identity;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServerBuilder;
import dev.podium.localcloud.state.token.IssuedTokens;
import dev.podium.localcloud.state.token.TokenSigner;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/// All of Google's sign-in endpoints, which are spread over four hosts there, as routes of one
/// server here.
public final class IdentityRoutes {
  private static final Executor VIRTUAL_THREADS = Thread::startVirtualThread;

  private final SigningKey key;
  private final ConsentEndpoint consent;
  private final TokenEndpoint token;
  private final Accounts accounts;
  private final ServiceAccountKeys accountKeys;

  /// @param tokens where issued access tokens are entered, for all servers of the cloud to check
  /// @param clock decides when codes and tokens expire
  public IdentityRoutes(IssuedTokens tokens, InstantSource clock) {
    Consents consents = new Consents(tokens, clock);
    this.key = new SigningKey();
    this.consent = new ConsentEndpoint(consents, key);
    this.accountKeys = new ServiceAccountKeys(clock);
    this.token = new TokenEndpoint(consents, accountKeys, tokens, key, clock);
    this.accounts = new Accounts(tokens, consents, key, clock);
  }

  /// Signs with the key that `/oauth2/v3/certs` shows.
  public TokenSigner signer() {
    return key;
  }

  /// Makes the key now, so that the first machine that asks does not wait for it. Blocks for some
  /// tenths of a second.
  public void prepareKey() {
    key.prepare();
  }

  /// Adds the routes to a server that may have others.
  public void registerOn(ServerBuilder server) {
    for (String path : List.of("/o/oauth2/v2/auth", "/o/oauth2/auth")) {
      on(server, HttpMethod.GET, path, (_, query) -> consent.show(query));
      on(server, HttpMethod.POST, path, (_, form) -> consent.answer(form));
    }
    on(server, HttpMethod.POST, "/token", (request, form) -> token.token(request.headers(), form));
    for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.POST)) {
      on(server, method, "/revoke", (_, form) -> token.revoke(form));
      on(
          server,
          method,
          "/tokeninfo",
          (request, form) -> accounts.tokeninfo(request.headers(), form));
      for (String path : List.of("/v1/userinfo", "/oauth2/v3/userinfo")) {
        on(
            server,
            method,
            path,
            (request, form) -> accounts.openIdUserinfo(request.headers(), form));
      }
    }
    // IAM's projects.serviceAccounts.keys.create.
    on(
        server,
        HttpMethod.POST,
        "/v1/projects/{project}/serviceAccounts/{account}/keys",
        (request, _) -> createKey(request));
    on(
        server,
        HttpMethod.GET,
        "/oauth2/v2/userinfo",
        (request, query) -> accounts.userinfo(request.headers(), query));
    on(server, HttpMethod.GET, "/oauth2/v3/certs", (_, _) -> Replies.publicKeys(key.publicKeys()));
    on(
        server,
        HttpMethod.GET,
        "/.well-known/openid-configuration",
        (request, _) -> Replies.json(200, discovery("http://" + request.authority())));
  }

  private HttpResponse createKey(AggregatedHttpRequest request) {
    String[] path = request.path().split("[/?]", -1);
    Map<String, Object> file =
        accountKeys.create(path[3], path[5], "http://" + request.authority());
    String name =
        "projects/%s/serviceAccounts/%s/keys/%s"
            .formatted(path[3], path[5], file.get("private_key_id"));
    return Replies.json(
        200,
        Map.of(
            "name", name,
            "privateKeyType", "TYPE_GOOGLE_CREDENTIALS_FILE",
            "keyAlgorithm", "KEY_ALG_RSA_2048",
            "keyOrigin", "GOOGLE_PROVIDED",
            "keyType", "USER_MANAGED",
            "privateKeyData", Replies.base64Json(file)));
  }

  /// A refusal before any endpoint is reached, HTTP 403.
  public static HttpResponse forbidden(HttpRequest request, String sentence) {
    return HttpResponse.of(
        request
            .aggregate()
            .handle(
                (_, _) -> Replies.oauthError(new OAuthException(403, "access_denied", sentence))));
  }

  private static void on(
      ServerBuilder server,
      HttpMethod method,
      String path,
      BiFunction<AggregatedHttpRequest, QueryParams, HttpResponse> endpoint) {
    server.service(Route.builder().path(path).methods(method).build(), service(endpoint));
  }

  /// Signing and making the key take milliseconds, so endpoints run off the event loop.
  private static HttpService service(
      BiFunction<AggregatedHttpRequest, QueryParams, HttpResponse> endpoint) {
    return (context, request) ->
        HttpResponse.of(
            request
                .aggregate()
                .thenApplyAsync(
                    whole ->
                        endpoint.apply(whole, Replies.parameters(whole, context.queryParams())),
                    VIRTUAL_THREADS));
  }

  private static Map<String, Object> discovery(String base) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("issuer", TokenSigner.ISSUER);
    document.put("authorization_endpoint", base + "/o/oauth2/v2/auth");
    document.put("token_endpoint", base + "/token");
    document.put("userinfo_endpoint", base + "/v1/userinfo");
    document.put("revocation_endpoint", base + "/revoke");
    document.put("jwks_uri", base + "/oauth2/v3/certs");
    document.put("response_types_supported", List.of("code"));
    document.put("response_modes_supported", List.of("query"));
    document.put("subject_types_supported", List.of("public"));
    document.put("id_token_signing_alg_values_supported", List.of("RS256"));
    document.put("scopes_supported", List.of("openid", "email", "profile"));
    document.put(
        "token_endpoint_auth_methods_supported",
        List.of("client_secret_post", "client_secret_basic"));
    document.put(
        "claims_supported",
        List.of("aud", "email", "email_verified", "exp", "iat", "iss", "nonce", "sub"));
    document.put("code_challenge_methods_supported", List.of("plain", "S256"));
    document.put(
        "grant_types_supported",
        List.of(
            "authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:jwt-bearer"));
    return document;
  }
}
