package dev.podium.fleet.auth;

import dev.podium.fleet.auth.LoopbackListener.Reply;
import dev.podium.fleet.auth.TokenClient.Tokens;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.google.CloudFeature;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.DurationText;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Signs an operator in with the browser: the authorization code flow for installed apps, with PKCE
/// and a redirect to the loopback. May be used from any thread.
public final class OperatorSignIn {
  /// How long the person has.
  public static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final List<String> RIGHTS =
      CloudFeature.scopes(CloudFeature.of(CloudFeature.Whose.OPERATOR));
  private static final String SCOPE = "openid email " + String.join(" ", RIGHTS);

  private final CloudProfile profile;
  private final SignInBrowser browser;
  private final SecretStore secrets;
  private final Ticker ticker;
  private final Duration patience;

  public OperatorSignIn(
      CloudProfile profile, SignInBrowser browser, SecretStore secrets, Ticker ticker) {
    this(profile, browser, secrets, ticker, PATIENCE);
  }

  OperatorSignIn(
      CloudProfile profile,
      SignInBrowser browser,
      SecretStore secrets,
      Ticker ticker,
      Duration patience) {
    this.profile = profile;
    this.browser = browser;
    this.secrets = secrets;
    this.ticker = ticker;
    this.patience = patience;
  }

  /// A sign-in that waits for its person.
  public interface Attempt {
    /// The page that the browser was asked to show, for a person to open where no browser could be.
    URI page();

    /// Completes with the session; fails with a [PodiumException]: `NotSignedIn` if the person said
    /// no, closed the page, or took longer than [#PATIENCE].
    CompletableFuture<Session> done();

    /// Gives up. Safe to call at any time, more than once.
    void cancel();
  }

  /// Opens the browser and waits in the background.
  ///
  /// @throws PodiumException.Invalid if the profile has no OAuth client
  public Attempt begin() {
    TokenClient client = new TokenClient(profile);
    CompletableFuture<Session> done = new CompletableFuture<>();
    Pkce pkce = Pkce.fresh();
    String state = Pkce.randomText(24);
    Redemption redemption = new Redemption(client, pkce, state, done);
    LoopbackListener listener;
    try {
      listener = new LoopbackListener(redemption::arrived);
    } catch (IOException e) {
      throw new PodiumException.Unavailable(
          "Signing in did not work",
          "no port of this computer is free for the browser's answer",
          "Close other programs and try again.",
          e);
    }
    redemption.redirect.complete(listener.redirect());
    URI page = page(client, pkce, state, listener.redirect());
    Thread.ofVirtual().name("sign-in-wait").start(() -> awaitEnd(done, listener));
    openBrowser(page);
    return new Waiting(page, done);
  }

  private URI page(TokenClient client, Pkce pkce, String state, URI redirect) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", TokenClient.clientId(profile));
    query.put("redirect_uri", redirect.toString());
    query.put("scope", SCOPE);
    query.put("state", state);
    query.put("code_challenge", pkce.challenge());
    query.put("code_challenge_method", "S256");
    // Without these two Google gives a refresh token at the first sign-in only.
    query.put("access_type", "offline");
    query.put("prompt", "consent");
    return URI.create(client.endpoints().authorization() + "?" + FormText.of(query));
  }

  private void openBrowser(URI page) {
    try {
      browser.open(page);
    } catch (IOException e) {
      // The person can open the page by hand: the attempt shows its address.
      System.getLogger(OperatorSignIn.class.getName())
          .log(System.Logger.Level.INFO, "No browser could be opened: " + e.getMessage());
    }
  }

  private void awaitEnd(CompletableFuture<Session> done, LoopbackListener listener) {
    try (listener) {
      done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      done.completeExceptionally(
          new PodiumException.NotSignedIn(
              "Nobody was signed in",
              "the browser did not come back within " + DurationText.inMinutes(patience),
              "Try again and finish in the browser.",
              null));
    } catch (ExecutionException | java.util.concurrent.CancellationException e) {
      // Whoever waits for the session is told.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Waiting(URI page, CompletableFuture<Session> done) implements Attempt {
    @Override
    public void cancel() {
      done.completeExceptionally(
          new PodiumException.NotSignedIn(
              "Nobody was signed in", "it was given up", "Try again when you like.", null));
    }
  }

  /// What happens when the browser comes back.
  private final class Redemption {
    private final TokenClient client;
    private final Pkce pkce;
    private final String state;
    private final CompletableFuture<Session> done;
    private final CompletableFuture<URI> redirect = new CompletableFuture<>();

    Redemption(TokenClient client, Pkce pkce, String state, CompletableFuture<Session> done) {
      this.client = client;
      this.pkce = pkce;
      this.state = state;
      this.done = done;
    }

    Reply arrived(Map<String, String> query) {
      // Somebody else's page must neither sign in nor end the wait of the right one.
      if (!same(state, query.getOrDefault("state", ""))) {
        return new Reply(400, SignInPages.stale(), () -> {});
      }
      if (!query.containsKey("code")) {
        return denied(query.getOrDefault("error", "nothing"));
      }
      try {
        Tokens tokens = client.exchange(query.get("code"), pkce.verifier(), redirect.join());
        requireRights(tokens);
        Session session = Session.begin(profile, tokens, secrets, ticker);
        return new Reply(200, SignInPages.done(session.email()), () -> done.complete(session));
      } catch (PodiumException e) {
        return new Reply(
            200, SignInPages.failed(e.sentence()), () -> done.completeExceptionally(e));
      }
    }

    private Reply denied(String error) {
      PodiumException failure =
          error.equals("access_denied")
              ? new PodiumException.NotSignedIn(
                  "Nobody was signed in",
                  "Podium was not allowed in",
                  "Try again and allow it, or use the local cloud.",
                  null)
              : new PodiumException.CloudFailed(
                  "Signing in did not work",
                  "the identity server said '" + error + "'",
                  "Check the OAuth client in the profile, then try again.",
                  null);
      return new Reply(200, SignInPages.denied(), () -> done.completeExceptionally(failure));
    }

    /// Google lets people tick rights one by one.
    private void requireRights(Tokens tokens) {
      List<String> allowed = List.of(tokens.scope().split(" ", -1));
      if (!tokens.scope().isEmpty() && !allowed.containsAll(RIGHTS)) {
        throw new PodiumException.NotPermitted(
            "Signing in did not work",
            "Podium was not allowed to use both Compute Engine and Pub/Sub",
            "Try again and leave both ticked.",
            null);
      }
    }

    private static boolean same(String expected, String given) {
      return MessageDigest.isEqual(
          expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
  }
}
