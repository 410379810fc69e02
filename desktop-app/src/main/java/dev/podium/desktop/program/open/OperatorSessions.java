package dev.podium.desktop.program.open;

import dev.podium.desktop.program.Programs.LoginRequest;
import dev.podium.desktop.program.SavedProfiles;
import dev.podium.desktop.system.BrowserOpener;
import dev.podium.fleet.auth.OperatorSignIn;
import dev.podium.fleet.auth.SecretStore;
import dev.podium.fleet.auth.Session;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.MachineSettings;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.google.DefaultCredentials;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
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
    return profiles.current().flatMap(this::resume);
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
    Session session = resume(profile).orElseGet(() -> signIn(profile, page));
    profiles.use(profile);
    return session;
  }

  /// Signs in anew, and makes or changes the profile if the request says what it is to be.
  public Session login(LoginRequest request, Consumer<String> tell) {
    CloudProfile profile = settled(request);
    Session session = signIn(profile, page -> tell.accept(inOneLine(page)));
    profiles.save(profile);
    profiles.use(profile);
    return session;
  }

  /// @return who was signed in, if anybody
  public Optional<String> signOut() {
    Optional<Session> session = whoami();
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

  private Session signIn(CloudProfile profile, Consumer<URI> page) {
    OperatorSignIn.Attempt attempt =
        new OperatorSignIn(profile, this::open, secrets, Ticker.system()).begin();
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
    String project =
        request
            .project()
            .or(() -> known.map(CloudProfile::project))
            .orElseThrow(OperatorSessions::noProfile);
    return CloudProfile.google(
            request.profile().or(() -> known.map(CloudProfile::name)).orElse(DEFAULT_PROFILE),
            project,
            known.map(CloudProfile::fleet).orElse(DEFAULT_FLEET),
            client.map(OAuthClient::id).or(() -> known.flatMap(CloudProfile::oauthClientId)),
            client
                .map(OAuthClient::secret)
                .or(() -> known.flatMap(CloudProfile::oauthClientSecret)))
        .with(known.map(CloudProfile::machines).orElseGet(MachineSettings::usual));
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
