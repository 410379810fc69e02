package dev.podium.fleet.auth;

import static java.util.stream.Collectors.joining;

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
import java.util.stream.Stream;

/// Signs an operator in with the browser: the authorization code flow for installed apps, with PKCE
/// and a redirect to the loopback. May be used from any thread.
public final class OperatorSignIn {
  /// How long the person has.
  public static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final List<String> RIGHTS =
      CloudFeature.scopes(CloudFeature.of(CloudFeature.Whose.OPERATOR));

  private final CloudProfile profile;
  private final SignInBrowser browser;
  private final SecretStore secrets;
  private final Ticker ticker;
  private final int port;
  private final Duration patience;
  private final List<String> more;

  public OperatorSignIn(
      CloudProfile profile, SignInBrowser browser, SecretStore secrets, Ticker ticker) {
    this(profile, browser, secrets, ticker, 0);
  }

  /// @param port of the loopback to which the browser comes back, where a firewall or a tunnel of
  ///   SSH lets one through; 0 for any free one
  public OperatorSignIn(
      CloudProfile profile, SignInBrowser browser, SecretStore secrets, Ticker ticker, int port) {
    this(profile, browser, secrets, ticker, port, PATIENCE, List.of());
  }

  OperatorSignIn(
      CloudProfile profile,
      SignInBrowser browser,
      SecretStore secrets,
      Ticker ticker,
      Duration patience) {
    this(profile, browser, secrets, ticker, 0, patience, List.of());
  }

  private OperatorSignIn(
      CloudProfile profile,
      SignInBrowser browser,
      SecretStore secrets,
      Ticker ticker,
      int port,
      Duration patience,
      List<String> more) {
    this.profile = profile;
    this.browser = browser;
    this.secrets = secrets;
    this.ticker = ticker;
    this.port = port;
    this.patience = patience;
    this.more = more;
  }

  /// The same, and also asks for what the pre-flight looks at: the project, its billing, its APIs
  /// and its accounts. Who unticks that is signed in all the same.
  public OperatorSignIn withPreflight() {
    List<String> scopes =
        CloudFeature.scopes(CloudFeature.of(CloudFeature.Whose.PREFLIGHT)).stream()
            .filter(scope -> !RIGHTS.contains(scope))
            .toList();
    return new OperatorSignIn(profile, browser, secrets, ticker, port, patience, scopes);
  }

  /// A sign-in that waits for its person.
  public interface Attempt {
    /// The page that the browser was asked to show, for a person to open where no browser could be.
    URI page();

    /// Completes with the session; fails with a [PodiumException]: `NotSignedIn` if the person said
    /// no, closed the page, or took longer than [#PATIENCE].
    CompletableFuture<Session> done();

    /// Takes what a person copied out of a browser on another computer, whose page of this computer
    /// did not load: its whole address, or the code in it. Blocks on the network.
    ///
    /// @throws PodiumException.Invalid if it is neither, or belongs to another sign-in; this one
    ///   goes on waiting
    void paste(String text);

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
      listener = new LoopbackListener(port, redemption::arrived);
    } catch (IOException e) {
      throw noPort(e);
    }
    redemption.redirect.complete(listener.redirect());
    URI page = page(client, pkce, state, listener.redirect());
    Thread.ofVirtual().name("sign-in-wait").start(() -> awaitEnd(done, listener));
    openBrowser(page);
    return new Waiting(page, redemption, done);
  }

  private PodiumException noPort(IOException failure) {
    return new PodiumException.Unavailable(
        "Signing in did not work",
        port == 0
            ? "no port of this computer is free for the browser's answer"
            : "port " + port + " of this computer cannot be opened for the browser's answer",
        port == 0
            ? "Close other programs and try again."
            : "Choose another port, or close the program that has it.",
        failure);
  }

  private URI page(TokenClient client, Pkce pkce, String state, URI redirect) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", TokenClient.clientId(profile));
    query.put("redirect_uri", redirect.toString());
    query.put(
        "scope",
        "openid email " + Stream.concat(RIGHTS.stream(), more.stream()).collect(joining(" ")));
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

  private record Waiting(URI page, Redemption redemption, CompletableFuture<Session> done)
      implements Attempt {
    @Override
    public void paste(String text) {
      redemption.pasted(PastedAnswer.read(text));
    }

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

    /// A code alone brings no state. That it belongs to this sign-in is then proved by PKCE alone:
    /// the identity server redeems it only with this sign-in's verifier.
    void pasted(Map<String, String> query) {
      if (!same(state, query.getOrDefault("state", state))) {
        throw PastedAnswer.ofAnotherSignIn();
      }
      Map<String, String> whole = new LinkedHashMap<>(query);
      whole.put("state", state);
      arrived(whole).afterwards().run();
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
