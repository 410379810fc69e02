package dev.podium.fleet.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.fleet.auth.OperatorSignIn.Attempt;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.google.GoogleCloud;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole way round: our flow, a browser's requests and the local cloud's identity server. Its
/// compute API lets nobody in without a good token.
@Timeout(60)
class OperatorSignInTest {
  private static final Pattern TICKET = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"");
  private static final HttpClient BROWSER =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

  private static LocalCloud cloud;
  private static CloudProfile profile;

  @TempDir Path folder;
  private final AtomicLong elapsed = new AtomicLong();
  private final Ticker ticker =
      new Ticker() {
        @Override
        public long nanos() {
          return elapsed.get();
        }

        @Override
        public Instant wall() {
          return Instant.EPOCH.plusNanos(elapsed.get());
        }
      };

  @BeforeAll
  static void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults().withRequireAuth(true));
    profile =
        CloudProfile.local(
            cloud.compute(), cloud.pubsub(), cloud.identity(), cloud.project(), "demo");
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void an_operator_signs_in_works_restarts_and_signs_out_for_good() throws Exception {
    Attempt attempt = signIn().begin();
    HttpResponse<String> page = consent(attempt.page(), "allow");
    Session session = attempt.done().get(10, TimeUnit.SECONDS);

    assertThat(page.body()).contains("You are signed in").contains(session.email());
    assertThat(session.email()).contains("@");
    try (var compute = GoogleCloud.compute(profile, session.tokens())) {
      assertThat(compute.zones()).isNotEmpty();
    }
    Path kept = folder.resolve("data/secrets/sign-in-local.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");

    Session resumed = Session.resume(profile, secrets(), ticker).orElseThrow();
    assertThat(resumed.email()).isEqualTo(session.email());
    String first = resumed.tokens().token();
    assertThat(resumed.tokens().token()).isEqualTo(first);
    elapsed.addAndGet(Duration.ofMinutes(59).toNanos());
    assertThat(resumed.tokens().token()).isNotEqualTo(first);

    resumed.signOut();
    assertThat(kept).doesNotExist();
    elapsed.addAndGet(Duration.ofHours(2).toNanos());
    assertThat(session.ended()).as("nobody has asked yet").isFalse();
    assertThatThrownBy(session.tokens()::token)
        .isInstanceOf(PodiumException.NotSignedIn.class)
        .hasMessageContaining("revoked or has expired");
    assertThat(session.ended()).isTrue();
    assertThat(Session.resume(profile, secrets(), ticker)).isEmpty();
  }

  @Test
  void a_token_that_the_cloud_refuses_is_replaced_and_the_call_made_again() throws Exception {
    Attempt attempt = signIn().begin();
    consent(attempt.page(), "allow");
    Session session = attempt.done().get(10, TimeUnit.SECONDS);
    String dead = session.tokens().token();
    AccessTokens tokens =
        new AccessTokens() {
          private String current = dead + "x";

          @Override
          public String token() {
            return current;
          }

          @Override
          public Instant expires() {
            return Instant.MAX;
          }

          @Override
          public void refused(String token) {
            current = dead;
          }
        };

    try (var compute = GoogleCloud.compute(profile, tokens)) {
      assertThat(compute.zones()).isNotEmpty();
    }
  }

  @Test
  void a_person_who_says_no_is_not_signed_in() throws Exception {
    Attempt attempt = signIn().begin();

    HttpResponse<String> page = consent(attempt.page(), "deny");

    assertThat(page.body()).contains("Nobody was signed in");
    assertNotSignedIn(attempt, "Podium was not allowed in");
  }

  @Test
  void somebody_elses_answer_neither_signs_in_nor_ends_the_wait() throws Exception {
    Attempt attempt = signIn().begin();
    String redirect = FormText.parse(attempt.page().getRawQuery()).get("redirect_uri");

    HttpResponse<String> forged =
        BROWSER.send(
            HttpRequest.newBuilder(URI.create(redirect + "?code=stolen&state=guessed")).build(),
            BodyHandlers.ofString());

    assertThat(forged.statusCode()).isEqualTo(400);
    assertThat(attempt.done()).isNotDone();
    consent(attempt.page(), "allow");
    assertThat(attempt.done()).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void the_address_of_the_page_that_did_not_load_signs_in_from_another_computer() throws Exception {
    Attempt attempt = signIn().begin();
    assertThatThrownBy(() -> attempt.paste(attempt.page().toString()))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("the page on which you sign in");
    assertThatThrownBy(() -> attempt.paste("Ann"))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("neither an address nor a code");

    attempt.paste("  " + unloaded(attempt.page(), "allow") + "\n");

    Session session = attempt.done().get(10, TimeUnit.SECONDS);
    assertThat(session.email()).isEqualTo("ann@example.org");
    assertThat(session.tokens().token()).isNotEmpty();
  }

  @Test
  void the_code_alone_signs_in_and_only_where_its_proof_is() throws Exception {
    Attempt first = signIn().begin();
    String code =
        FormText.parse(URI.create(unloaded(first.page(), "allow")).getRawQuery())
            .getOrDefault("code", "");

    Attempt second = signIn().begin();
    second.paste(code);
    assertThat(second.done()).as("another sign-in's code").isCompletedExceptionally();

    Attempt third = signIn().begin();
    String own =
        FormText.parse(URI.create(unloaded(third.page(), "allow")).getRawQuery())
            .getOrDefault("code", "");
    third.paste(own);
    assertThat(third.done()).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void a_pasted_address_of_another_sign_in_is_refused_and_the_right_one_still_waited_for()
      throws Exception {
    Attempt earlier = signIn().begin();
    String stale = unloaded(earlier.page(), "allow");
    Attempt attempt = signIn().begin();

    assertThatThrownBy(() -> attempt.paste(stale))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("an earlier sign-in");
    assertThat(attempt.done()).isNotDone();

    attempt.paste(unloaded(attempt.page(), "deny"));
    assertNotSignedIn(attempt, "Podium was not allowed in");
  }

  @Test
  void the_scopes_of_the_pre_flight_are_asked_for_only_where_it_is_wanted() {
    Attempt plain = signIn().begin();
    assertThat(FormText.parse(plain.page().getRawQuery()).get("scope"))
        .doesNotContain("cloud-platform");
    Attempt more = signIn().withPreflight().begin();
    assertThat(FormText.parse(more.page().getRawQuery()).get("scope"))
        .contains("auth/compute", "auth/pubsub", "auth/cloud-platform");
    plain.cancel();
    more.cancel();
  }

  @Test
  void the_browser_comes_back_to_the_port_that_was_chosen() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Attempt attempt = new OperatorSignIn(profile, _ -> {}, secrets(), ticker, port).begin();
    assertThat(FormText.parse(attempt.page().getRawQuery()).get("redirect_uri"))
        .isEqualTo("http://127.0.0.1:" + port + "/");

    assertThatThrownBy(() -> new OperatorSignIn(profile, _ -> {}, secrets(), ticker, port).begin())
        .isInstanceOf(PodiumException.Unavailable.class)
        .hasMessageContaining("port " + port + " of this computer");
    consent(attempt.page(), "allow");
    assertThat(attempt.done()).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void a_tab_that_was_closed_ends_the_wait_and_so_does_cancelling() {
    Attempt late =
        new OperatorSignIn(profile, _ -> {}, secrets(), ticker, Duration.ofMillis(200)).begin();
    assertNotSignedIn(late, "the browser did not come back");

    Attempt cancelled = signIn().begin();
    cancelled.cancel();
    cancelled.cancel();
    assertNotSignedIn(cancelled, "it was given up");
  }

  @Test
  void a_profile_without_a_client_says_where_to_make_one() {
    CloudProfile bare =
        CloudProfile.google("prod", "my-project-1", "demo", Optional.empty(), Optional.empty());

    assertThatThrownBy(() -> new OperatorSignIn(bare, _ -> {}, secrets(), ticker).begin())
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("names no OAuth client");
  }

  @Test
  void the_proof_is_a_new_one_each_time_within_the_standards_alphabet() {
    Pkce pkce = Pkce.fresh();

    assertThat(pkce.verifier()).matches("[A-Za-z0-9._~-]{64,128}");
    assertThat(Pkce.fresh().verifier()).isNotEqualTo(pkce.verifier());
  }

  private OperatorSignIn signIn() {
    return new OperatorSignIn(profile, _ -> {}, secrets(), ticker);
  }

  private SecretStore secrets() {
    return new SecretStore(
        PodiumFolders.of(Map.of("PODIUM_HOME", folder.toString()), "Linux", folder));
  }

  private static void assertNotSignedIn(Attempt attempt, String why) {
    assertThat(attempt.done())
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(PodiumException.NotSignedIn.class)
        .withMessageContaining(why);
  }

  /// The address of the page that does not load in a browser of another computer.
  private static String unloaded(URI page, String decision) throws Exception {
    HttpClient elsewhere =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    HttpResponse<String> answer = consent(elsewhere, page, decision);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private static HttpResponse<String> consent(URI page, String decision) throws Exception {
    return consent(BROWSER, page, decision);
  }

  /// What a person does in the browser: reads the page, presses a button, is sent back to Podium.
  private static HttpResponse<String> consent(HttpClient browser, URI page, String decision)
      throws Exception {
    String html =
        browser.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
    Matcher ticket = TICKET.matcher(html);
    assertThat(ticket.find()).as(html).isTrue();
    Map<String, String> form =
        Map.of(
            "ticket",
            ticket.group(1),
            "account",
            "other",
            "email",
            "ann@example.org",
            "decision",
            decision);
    return browser.send(
        HttpRequest.newBuilder(page.resolve("/o/oauth2/v2/auth"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(FormText.of(form)))
            .build(),
        BodyHandlers.ofString());
  }
}
