package dev.podium.desktop.program.open;

import dev.podium.desktop.program.Programs.CloudAddresses;
import dev.podium.desktop.program.Programs.LoginRequest;
import dev.podium.desktop.program.Programs.PreflightRequest;
import dev.podium.desktop.program.SavedProfiles;
import dev.podium.desktop.system.BrowserOpener;
import dev.podium.fleet.auth.OperatorSignIn;
import dev.podium.fleet.auth.SecretStore;
import dev.podium.fleet.auth.Session;
import dev.podium.fleet.auth.SignInBrowser;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.google.DefaultCredentials;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is signed in to a Google Cloud project on this computer. The profile that was used last is
/// the one that counts where none is named. May be used from any thread.
public final class OperatorSessions {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorSessions.class);
  private static final String DEFAULT_PROFILE = "google";
  private static final String DEFAULT_FLEET = "podium";

  private final SavedProfiles profiles;
  private final SecretStore secrets;
  private final BrowserOpener browser;

  /// @param chosen the profile that the environment names; see [SavedProfiles]
  public OperatorSessions(PodiumFolders folders, Optional<String> chosen, BrowserOpener browser) {
    this.profiles = new SavedProfiles(folders, chosen, LOG::warn);
    this.secrets = new SecretStore(folders);
    this.browser = browser;
  }

  /// The projects that this user has set up.
  public SavedProfiles profiles() {
    return profiles;
  }

  /// The session that an earlier sign-in left, if one did. Asks nobody whether it is still good.
  public Optional<Session> whoami() {
    return whoami(Optional.empty());
  }

  private Optional<Session> whoami(Optional<String> name) {
    return name.map(profiles::get).or(profiles::current).flatMap(this::resume);
  }

  /// In whose name the cloud is asked: that of who is signed in to the profile, else that of the
  /// Application Default Credentials, if there are some and a project is known. Blocks for a second
  /// or so where nobody is signed in.
  ///
  /// @param name none: the profile that counts
  /// @param defaultCredentials whether these are used although somebody is signed in
  /// @throws PodiumException if they are asked for and there are none, or no project is known
  public Optional<Operator> operator(Optional<String> name, boolean defaultCredentials) {
    if (defaultCredentials) {
      return Optional.of(by(DefaultCredentials.find(), name));
    }
    Optional<Operator> signedIn = whoami(name).map(Operator::of);
    return signedIn.isPresent()
        ? signedIn
        : DefaultCredentials.findIfAny()
            .filter(found -> name.isPresent() || projectKnown(found))
            .map(found -> by(found, name));
  }

  /// In whose name a project is worked with that an option names; where nobody is signed in, the
  /// person signs in now.
  ///
  /// @param localFleet the fleet to work with in a local cloud
  /// @throws PodiumException if it is not known which project, or nobody signs in
  public Operator asker(PreflightRequest where, String localFleet) {
    if (where.cloud().isPresent()) {
      CloudAddresses cloud = LocalClouds.at(where.cloud().get());
      return new Operator(
          CloudProfile.local(
              URI.create(cloud.compute()),
              cloud.pubsub(),
              URI.create(cloud.identity()),
              cloud.project(),
              localFleet),
          AccessTokens.fixed("local"),
          "operator@localhost",
          "nothing, for the local cloud asks nobody",
          () -> false);
    }
    Operator found =
        where.defaultCredentials()
            ? by(DefaultCredentials.find(), where.profile())
            : Operator.of(signInOrResume(where.profile(), page -> LOG.info("{}", inOneLine(page))));
    return where
        .project()
        .map(project ->
            new Operator(
                found.profile().withProject(project),
                found.tokens(),
                found.name(),
                found.credentials(),
                found.signedOut()))
        .orElse(found);
  }

  private boolean projectKnown(DefaultCredentials credentials) {
    return profiles.current().isPresent() || credentials.project().isPresent();
  }

  private Operator by(DefaultCredentials credentials, Optional<String> name) {
    return Operator.of(profileFor(name, credentials), credentials);
  }

  /// Makes the profile that of these credentials: the one that counts from now on. Nobody stays
  /// signed in to it on this computer.
  ///
  /// @throws PodiumException if there are none, or they are good no more
  public Operator loginByDefaultCredentials(LoginRequest request) {
    DefaultCredentials credentials = DefaultCredentials.find();
    CloudProfile profile =
        request.profile().flatMap(profiles::find).isPresent() || request.project().isPresent()
            ? settled(request)
            : profileFor(request.profile(), credentials);
    credentials.token();
    resume(profile).ifPresent(Session::signOut);
    profiles.save(profile);
    profiles.use(profile);
    return Operator.of(profile, credentials);
  }

  /// The session of the profile, or of the one used last; where there is none, the person signs in
  /// now. Blocks for as long as the person takes.
  ///
  /// @param page receives the page to open by hand where no browser opens
  /// @throws PodiumException.NotSignedIn also if the thread is interrupted: nobody is signed in
  ///   then, even if the person finishes in the browser later
  public Session signInOrResume(Optional<String> name, Consumer<URI> page) {
    CloudProfile profile =
        name.map(profiles::get).or(profiles::current).orElseThrow(OperatorSessions::noProfile);
    Session session = resume(profile).orElseGet(() -> ended(browserSignIn(profile), page));
    profiles.use(profile);
    return session;
  }

  /// Signs in anew, and makes or changes the profile if the request says what it is to be.
  public Session login(LoginRequest request, Consumer<String> tell) {
    CloudProfile profile = settled(request);
    Session session =
        request
            .pasted()
            .map(lines -> byPasting(signInTo(profile, request, false), lines, tell))
            .orElseGet(() ->
                ended(
                    signInTo(profile, request, true).begin(),
                    page -> tell.accept(inOneLine(page))));
    profiles.save(profile);
    profiles.use(profile);
    return session;
  }

  /// @return who was signed in to the profile that counts, if anybody
  public Optional<String> signOut() {
    return signOut(Optional.empty());
  }

  /// @param name none: the profile that counts
  /// @return who was signed in to it, if anybody
  public Optional<String> signOut(Optional<String> name) {
    Optional<Session> session = whoami(name);
    session.ifPresent(Session::signOut);
    return session.map(Session::email);
  }

  Optional<Session> resume(CloudProfile profile) {
    return Session.resume(profile, secrets, Ticker.system());
  }

  /// What to tell a person at a terminal who may have to open the page by hand.
  public static String inOneLine(URI page) {
    return "Sign in in your browser. If none opened, open this page: " + page;
  }

  /// Opens the browser for a sign-in that may also look at what a project has.
  OperatorSignIn.Attempt beginSignIn(CloudProfile profile) {
    return new OperatorSignIn(profile, this::open, secrets, Ticker.system())
        .withPreflight()
        .begin();
  }

  private OperatorSignIn.Attempt browserSignIn(CloudProfile profile) {
    return new OperatorSignIn(profile, this::open, secrets, Ticker.system()).begin();
  }

  /// @param here whether this computer's own browser is opened
  private OperatorSignIn signInTo(CloudProfile profile, LoginRequest request, boolean here) {
    SignInBrowser shown = here ? this::open : page -> {};
    OperatorSignIn signIn =
        new OperatorSignIn(profile, shown, secrets, Ticker.system(), request.port());
    return request.preflight() ? signIn.withPreflight() : signIn;
  }

  private static Session byPasting(
      OperatorSignIn signIn, Supplier<@Nullable String> lines, Consumer<String> tell) {
    OperatorSignIn.Attempt attempt = signIn.begin();
    tell.accept("Open this page in a browser, on whatever computer: " + attempt.page());
    tell.accept(
        "Its last page does not load there, which is right. Copy that page's address from the"
            + " address bar and paste it here, then press Enter:");
    // Reading cannot be interrupted, and the browser may come back by a tunnel in the meantime.
    Thread.ofVirtual().name("pasted").start(() -> paste(attempt, lines, tell));
    return ended(attempt, page -> {});
  }

  private static void paste(
      OperatorSignIn.Attempt attempt, Supplier<@Nullable String> lines, Consumer<String> tell) {
    for (String line = lines.get(); line != null && !attempt.done().isDone(); line = lines.get()) {
      try {
        if (!line.isBlank()) {
          attempt.paste(line);
        }
      } catch (PodiumException.Invalid unusable) {
        tell.accept(unusable.inFull());
      }
    }
  }

  private static Session ended(OperatorSignIn.Attempt attempt, Consumer<URI> page) {
    page.accept(attempt.page());
    try {
      return attempt.done().get();
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof PodiumException known
          ? known
          : new IllegalStateException("Signing in failed", failure.getCause());
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
      throw new PodiumException.NotSignedIn(
          "Nobody was signed in", "it was given up", "Try again when you like.", givenUp);
    } finally {
      attempt.cancel();
    }
  }

  private void open(URI page) throws IOException {
    try {
      browser.open(page);
    } catch (PodiumException unopened) {
      throw new IOException(unopened.sentence(), unopened);
    }
  }

  private CloudProfile settled(LoginRequest request) {
    Optional<CloudProfile> known =
        request.profile().map(profiles::find).orElseGet(profiles::current);
    Optional<OAuthClient> client = request.oauthClient().map(OAuthClient::read);
    if (request.project().isEmpty() && client.isEmpty()) {
      return known.orElseThrow(OperatorSessions::noProfile);
    }
    CloudProfile base =
        known.orElseGet(() -> unnamed(request.project().orElseThrow(OperatorSessions::noProfile)));
    CloudProfile named = base.withName(request.profile().orElse(base.name()));
    CloudProfile placed = named.withProject(request.project().orElse(named.project()));
    return client
        .map(given -> placed.withClient(given.id(), Optional.of(given.secret())))
        .orElse(placed);
  }

  /// The profile to use with credentials that nobody signs in for: the named one or the one used
  /// last. Where there is none, one for the project that the credentials name.
  ///
  /// @throws PodiumException.NotFound if there is none of them
  public CloudProfile profileFor(Optional<String> name, DefaultCredentials credentials) {
    return name.map(profiles::get)
        .or(profiles::current)
        .or(() -> credentials.project().map(OperatorSessions::unnamed))
        .orElseThrow(() ->
            new PodiumException.NotFound(
                "It is not known which project to use",
                "there is no profile, and the default credentials name no project",
                "Set GOOGLE_CLOUD_PROJECT to the project's id, or name a profile.",
                null));
  }

  static CloudProfile unnamed(String project) {
    return CloudProfile.google(
        DEFAULT_PROFILE, project, DEFAULT_FLEET, Optional.empty(), Optional.empty());
  }

  private static PodiumException noProfile() {
    return new PodiumException.NotFound(
        "There is no Google Cloud project to sign in to",
        "none has been set up on this computer",
        "Set one up with 'podium login --project ID --oauth-client FILE', where the file is the"
            + " one that Google's console gives for an OAuth client of the kind 'Desktop app'.",
        null);
  }
}
