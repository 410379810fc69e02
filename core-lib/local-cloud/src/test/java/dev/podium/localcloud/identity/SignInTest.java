package dev.podium.localcloud.identity;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.auth.oauth2.ClientId;
import com.google.auth.oauth2.DefaultPKCEProvider;
import com.google.auth.oauth2.UserAuthorizer;
import com.google.auth.oauth2.UserCredentials;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.podium.localcloud.state.token.IssuedTokens;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Signing in over real sockets, with Google's own library and with plain HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInTest {
  private static final URI CALLBACK = URI.create("http://127.0.0.1:43210/callback");
  private static final String COMPUTE = "https://www.googleapis.com/auth/compute";
  private static final String VERIFIER = "v".repeat(64);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final IssuedTokens tokens = new IssuedTokens(now::get);
  private final HttpClient browser = HttpClient.newHttpClient();
  private Server server;
  private String base;

  @BeforeAll
  void start() {
    ServerBuilder builder =
        Server.builder()
            .port(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), SessionProtocol.HTTP);
    new IdentityRoutes(tokens, now::get).registerOn(builder);
    server = builder.build();
    server.start().join();
    base = "http://127.0.0.1:" + server.activeLocalPort();
  }

  @AfterAll
  void stop() {
    server.stop().join();
    browser.close();
  }

  @Test
  void googles_library_signs_in_with_its_own_172_character_verifier_and_refreshes()
      throws Exception {
    UserAuthorizer authorizer =
        UserAuthorizer.newBuilder()
            .setClientId(ClientId.of("desktop", "not-so-secret"))
            .setScopes(List.of("openid", "email", COMPUTE))
            .setCallbackUri(CALLBACK)
            .setUserAuthUri(URI.create(base + "/o/oauth2/auth"))
            .setTokenServerUri(URI.create(base + "/token"))
            .setPKCEProvider(new DefaultPKCEProvider())
            .build();
    String page =
        authorizer
            .getAuthorizationUrl("operator@podium.local", "the state", CALLBACK, Map.of())
            .toString();

    Map<String, String> callback = answer(page, "allow");
    assertThat(callback).containsEntry("state", "the state");
    UserCredentials credentials =
        authorizer.getCredentialsFromCode(callback.getOrDefault("code", ""), CALLBACK, Map.of());

    String first = requireNonNull(credentials.getAccessToken()).getTokenValue();
    assertThat(tokens.find(first))
        .hasValueSatisfying(grant -> {
          assertThat(grant.email()).isEqualTo("operator@podium.local");
          assertThat(grant.scopes()).contains(COMPUTE);
        });
    credentials.refresh();
    String second = requireNonNull(credentials.getAccessToken()).getTokenValue();
    assertThat(second).isNotEqualTo(first);
    assertThat(tokens.find(second)).isPresent();
  }

  @Test
  void an_identity_token_is_signed_with_the_published_key() throws Exception {
    JsonNode granted = signIn();

    SignedJWT token = SignedJWT.parse(granted.get("id_token").asText());
    JWKSet keys = JWKSet.parse(get("/oauth2/v3/certs", "").body());
    var key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey();
    assertThat(key.isPrivate()).isFalse();
    assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
    assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("desktop");
    assertThat(token.getJWTClaimsSet().getStringClaim("email")).isEqualTo("operator@podium.local");
  }

  @Test
  void userinfo_and_tokeninfo_tell_whom_a_token_belongs_to() throws Exception {
    JsonNode granted = signIn();
    String token = granted.get("access_token").asText();

    assertThat(granted.get("scope").asText()).isEqualTo("openid email " + COMPUTE);
    JsonNode person = json(get("/oauth2/v2/userinfo", token));
    assertThat(person.get("email").asText()).isEqualTo("operator@podium.local");
    JsonNode info = json(post("/tokeninfo", Map.of("access_token", token)));
    assertThat(info.get("aud").asText()).isEqualTo("desktop");
    assertThat(info.get("access_type").asText()).isEqualTo("offline");
    assertThat(get("/oauth2/v2/userinfo", "forged").statusCode()).isEqualTo(401);
  }

  @Test
  void a_wrong_verifier_or_none_is_refused() throws Exception {
    String code = code();

    assertError(redeem(code, "w".repeat(64)), 400, "invalid_grant");
    assertError(redeem(code, ""), 400, "invalid_grant");
    assertThat(redeem(code, VERIFIER).statusCode()).isEqualTo(200);
  }

  @Test
  void a_code_works_once_and_a_second_use_ends_what_the_first_gave() throws Exception {
    String code = code();
    String token = json(redeem(code, VERIFIER)).get("access_token").asText();

    assertError(redeem(code, VERIFIER), 400, "invalid_grant");
    assertThat(tokens.find(token)).isEmpty();
  }

  @Test
  void a_code_expires() throws Exception {
    String code = code();

    now.updateAndGet(time -> time.plus(Duration.ofMinutes(10)));

    assertError(redeem(code, VERIFIER), 400, "invalid_grant");
  }

  @Test
  void denied_consent_tells_the_app() throws Exception {
    Map<String, String> callback = answer(authorize(VERIFIER, "plain"), "deny");

    assertThat(callback)
        .containsEntry("error", "access_denied")
        .containsEntry("state", "s 1")
        .doesNotContainKey("code");
  }

  @Test
  void a_consent_page_counts_once_and_cannot_be_answered_without_its_ticket() throws Exception {
    String page = authorize(VERIFIER, "plain");
    Map<String, String> form = form(send(HttpRequest.newBuilder(URI.create(page))).body(), "allow");

    assertThat(post("/o/oauth2/v2/auth", form).statusCode()).isEqualTo(303);
    assertThat(post("/o/oauth2/v2/auth", form).statusCode()).isEqualTo(400);
    form.put("ticket", "guessed");
    assertThat(post("/o/oauth2/v2/auth", form).statusCode()).isEqualTo(400);
  }

  @Test
  void revoking_a_refresh_token_ends_its_access_tokens_too() throws Exception {
    JsonNode granted = signIn();
    String refreshToken = granted.get("refresh_token").asText();

    assertThat(post("/revoke", Map.of("token", refreshToken)).statusCode()).isEqualTo(200);

    assertThat(tokens.find(granted.get("access_token").asText())).isEmpty();
    Map<String, String> refresh =
        Map.of(
            "grant_type", "refresh_token", "client_id", "desktop", "refresh_token", refreshToken);
    assertError(post("/token", refresh), 400, "invalid_grant");
    assertError(post("/revoke", Map.of("token", refreshToken)), 400, "invalid_token");
  }

  @Test
  void only_loopback_addresses_are_redirected_to() throws Exception {
    for (String elsewhere :
        List.of(
            "http://example.org/callback",
            "https://127.0.0.1:1/",
            "http://127.0.0.1.example.org/",
            "http://user@127.0.0.1/",
            "podium:/callback")) {
      HttpResponse<String> page =
          get("/o/oauth2/v2/auth?" + encode(authorization(VERIFIER, "plain", elsewhere)), "");
      assertThat(page.statusCode()).as(elsewhere).isEqualTo(400);
      assertThat(page.body()).as(elsewhere).contains("redirect_uri_mismatch");
    }
  }

  @Test
  void nothing_of_the_request_becomes_markup() throws Exception {
    Map<String, String> asked = authorization(VERIFIER, "plain", CALLBACK.toString());
    asked.put("client_id", "<script>x</script>");
    asked.put("scope", "openid \"><b>");

    String page = get("/o/oauth2/v2/auth?" + encode(asked), "").body();

    assertThat(page).doesNotContain("<script>", "<b>").contains("&lt;script&gt;");
  }

  private JsonNode signIn() throws Exception {
    String code = code();
    return json(redeem(code, VERIFIER));
  }

  private String code() throws Exception {
    return answer(authorize(VERIFIER, "plain"), "allow").getOrDefault("code", "");
  }

  private HttpResponse<String> redeem(String code, String verifier) throws Exception {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", "desktop");
    form.put("redirect_uri", CALLBACK.toString());
    form.put("code", code);
    if (!verifier.isEmpty()) {
      form.put("code_verifier", verifier);
    }
    return post("/token", form);
  }

  private String authorize(String challenge, String method) {
    return base
        + "/o/oauth2/v2/auth?"
        + encode(authorization(challenge, method, CALLBACK.toString()));
  }

  private static Map<String, String> authorization(
      String challenge, String method, String redirect) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("client_id", "desktop");
    query.put("redirect_uri", redirect);
    query.put("response_type", "code");
    query.put("scope", "openid email " + COMPUTE);
    query.put("access_type", "offline");
    query.put("state", "s 1");
    query.put("code_challenge", challenge);
    query.put("code_challenge_method", method);
    return query;
  }

  /// Fills the consent page in as a person does, and returns what the app's callback gets.
  private Map<String, String> answer(String page, String decision) throws Exception {
    HttpResponse<String> shown = send(HttpRequest.newBuilder(URI.create(page)));
    assertThat(shown.statusCode()).isEqualTo(200);
    HttpResponse<String> answered = post("/o/oauth2/v2/auth", form(shown.body(), decision));
    assertThat(answered.statusCode()).isEqualTo(303);
    URI callback = URI.create(answered.headers().firstValue("location").orElseThrow());
    assertThat(callback.toString()).startsWith(CALLBACK.toString());
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : callback.getRawQuery().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      parameters.put(parts[0], java.net.URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  private static Map<String, String> form(String page, String decision) {
    Matcher ticket = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"").matcher(page);
    assertThat(ticket.find()).isTrue();
    Map<String, String> form = new LinkedHashMap<>();
    form.put("ticket", ticket.group(1));
    form.put("account", "operator@podium.local");
    form.put("decision", decision);
    return form;
  }

  private HttpResponse<String> get(String path, String token) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    return send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
  }

  private HttpResponse<String> post(String path, Map<String, String> form) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encode(form))));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return browser.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body());
  }

  private static void assertError(HttpResponse<String> response, int status, String code)
      throws Exception {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(new ObjectMapper().readTree(response.body()).get("error").asText()).isEqualTo(code);
  }

  private static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
