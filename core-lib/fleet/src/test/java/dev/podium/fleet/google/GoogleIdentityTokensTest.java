package dev.podium.fleet.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.podium.fleet.cloud.IdentityTokens.NamedVm;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GoogleIdentityTokensTest {
  private static final String AUDIENCE = "podium/class-a/thumbprint";
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static RSAKey key;
  private static RSAKey next;

  private final ManualTicker ticker = new ManualTicker();
  private final AtomicInteger fetched = new AtomicInteger();
  private volatile RSAKey served;
  private HttpServer server;
  private GoogleIdentityTokens tokens;

  @BeforeAll
  static void makeKeys() throws JOSEException {
    key = new RSAKeyGenerator(2048).keyID("one").algorithm(JWSAlgorithm.RS256).generate();
    next = new RSAKeyGenerator(2048).keyID("two").algorithm(JWSAlgorithm.RS256).generate();
  }

  @BeforeEach
  void serve() throws IOException {
    served = key;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/oauth2/v3/certs",
        exchange -> {
          fetched.incrementAndGet();
          byte[] body = new JWKSet(served).toString(true).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    tokens =
        new GoogleIdentityTokens(
            CloudProfile.local(base, "127.0.0.1:1", base, "podium-local", "class-a"), ticker);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_good_token_names_the_vm() throws JOSEException {
    assertThat(tokens.verify(signed(claims()), AUDIENCE, NOW))
        .isEqualTo(new NamedVm("4711", "vm-a", "us-central1-a"));
  }

  @Test
  void a_token_of_another_project_audience_or_issuer_is_refused() throws JOSEException {
    refused(signed(claims().claim("google", google("other-project"))), "the project");
    refused(signed(claims().audience("podium/class-b/thumbprint")), "somebody else");
    refused(signed(claims().issuer("https://example.org")), "signature");
  }

  @Test
  void a_token_is_good_by_the_clouds_clock_and_not_by_this_computers() throws JOSEException {
    String token = signed(claims());
    assertThatThrownBy(() -> tokens.verify(token, AUDIENCE, NOW.plus(Duration.ofMinutes(63))))
        .isInstanceOf(PodiumException.Invalid.class);
    assertThatThrownBy(() -> tokens.verify(token, AUDIENCE, NOW.minus(Duration.ofMinutes(3))))
        .isInstanceOf(PodiumException.Invalid.class);
    refused(signed(claims().expirationTime(null)), "when it is good");
  }

  @Test
  void a_token_that_does_not_say_of_which_vm_it_is_is_refused() throws JOSEException {
    refused(signed(claims().claim("google", null)), "which VM");
  }

  @Test
  void a_token_that_the_cloud_did_not_sign_is_refused() throws JOSEException {
    refused(signed(next, claims()), "signature");
    refused(new PlainJWT(claims().build()).serialize(), "signature");
    byte[] publicKey = key.toRSAPublicKey().getEncoded();
    refused(signed(JWSAlgorithm.HS256, new MACSigner(publicKey), "one", claims()), "signature");
    refused("", "it is none");
    refused("a.b.c", "");
    refused("x".repeat(10_000), "too long");
  }

  @Test
  void keys_are_fetched_anew_when_they_rotate_and_at_most_once_a_minute() throws JOSEException {
    tokens.verify(signed(claims()), AUDIENCE, NOW);
    String later = signed(next, claims());
    ticker.pass(Duration.ofMinutes(2));
    refused(later, "signature");
    refused(later, "signature");
    int before = fetched.get();
    served = next;
    refused(later, "signature");
    assertThat(fetched.get()).isEqualTo(before);
    ticker.pass(Duration.ofMinutes(2));
    assertThat(tokens.verify(later, AUDIENCE, NOW).name()).isEqualTo("vm-a");
  }

  @Test
  void keys_that_cannot_be_had_are_told_apart_from_a_bad_token() throws JOSEException {
    server.stop(0);
    String token = signed(claims());
    assertThatThrownBy(() -> tokens.verify(token, AUDIENCE, NOW))
        .isInstanceOf(PodiumException.Unavailable.class);
  }

  private void refused(String token, String why) {
    assertThatThrownBy(() -> tokens.verify(token, AUDIENCE, NOW))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining(why);
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("https://accounts.google.com")
        .audience(AUDIENCE)
        .subject("1")
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plus(Duration.ofHours(1))))
        .claim("google", google("podium-local"));
  }

  private static Map<String, Object> google(String project) {
    return Map.of(
        "compute_engine",
        Map.of(
            "project_id", project,
            "zone", "us-central1-a",
            "instance_id", "4711",
            "instance_name", "vm-a"));
  }

  private static String signed(JWTClaimsSet.Builder claims) throws JOSEException {
    return signed(key, claims);
  }

  private static String signed(RSAKey by, JWTClaimsSet.Builder claims) throws JOSEException {
    return signed(JWSAlgorithm.RS256, new RSASSASigner(by), by.getKeyID(), claims);
  }

  private static String signed(
      JWSAlgorithm algorithm, JWSSigner signer, String keyId, JWTClaimsSet.Builder claims)
      throws JOSEException {
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims.build());
    token.sign(signer);
    return token.serialize();
  }
}
