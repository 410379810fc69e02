package dev.podium.desktop.program;

import dev.podium.fleet.acceptance.AcceptanceReport;
import dev.podium.fleet.acceptance.AcceptanceStep;
import dev.podium.fleet.image.desk.ImageDesk;
import dev.podium.fleet.preflight.Preflight;
import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the commands start. Each method blocks until it has done what it says, and throws a
/// [PodiumException] with the reason if it cannot; what it starts, it hands to the [Shutdown], also
/// if it fails half-way.
public interface Programs {
  /// Opens the window and returns when it is closed.
  ///
  /// @return false if there is no display to open it on; nothing was started then
  boolean console(Shutdown shutdown);

  /// Starts monitor and API, and on the local profile the local cloud first.
  Served serve(ServeRequest request, Shutdown shutdown);

  /// Starts the local cloud alone.
  CloudAddresses localCloud(LocalCloudRequest request, Shutdown shutdown);

  /// Signs in to a Google Cloud project through the system's browser.
  ///
  /// @param tell receives what the person has to know meanwhile
  /// @return who signed in: an e-mail address
  String login(LoginRequest request, Consumer<String> tell);

  /// Ends the session and revokes its tokens.
  ///
  /// @param profile none: the one that counts
  /// @return who was signed in, if anybody
  Optional<String> logout(Optional<String> profile);

  /// In whose name the cloud would be asked, and which project: that of who is signed in, else that
  /// of the Application Default Credentials that there are.
  ///
  /// @param profile none: the one that counts
  /// @param defaultCredentials whether these are used although somebody is signed in
  Optional<Identity> whoami(Optional<String> profile, boolean defaultCredentials);

  /// Looks at everything Podium needs on this computer and in the project.
  List<Finding> doctor();

  /// Opens the pre-flight of a project; nothing is asked of it yet.
  ///
  /// @throws PodiumException.NotFound if it is not known which project is meant
  Preflight preflight(PreflightRequest request);

  /// Walks in a project the promises that only a real cloud can show, with a small fleet of its own
  /// that is removed again. Blocks for up to 20 minutes.
  ///
  /// @param told each step as it ends
  /// @throws PodiumException if the walk could not begin
  AcceptanceReport acceptance(
      AcceptanceRequest request, Consumer<AcceptanceStep> told, Shutdown shutdown);

  /// Removes whatever such walks left in a project.
  ///
  /// @return what there was
  String cleanAcceptance(PreflightRequest where, Shutdown shutdown);

  /// Opens what is done with the images of a project; nothing is asked of it yet, but perhaps a
  /// person who is to sign in.
  ///
  /// @throws PodiumException.NotFound if it is not known which project is meant
  ImageDesk images(ImageRequest request, Shutdown shutdown);

  /// @param where the project, and by what it is asked
  /// @param family none: `podium-agent`
  /// @param zone none: those that the fleet uses
  /// @param machineType of the VMs that prove an image; none: a small one
  /// @param bucket of Cloud Storage; none: the project's own for images
  /// @param keep how many images of the family stay; none: three
  record ImageRequest(
      PreflightRequest where,
      Optional<String> family,
      Optional<String> zone,
      Optional<String> machineType,
      Optional<String> bucket,
      Optional<Integer> keep) {
    /// Everything as usual, in the project that is known already.
    public static ImageRequest usual() {
      return new ImageRequest(
          new PreflightRequest(Optional.empty(), Optional.empty(), Optional.empty(), false),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  /// @param where the project, and by what it is asked
  /// @param zone none: those that a new fleet uses
  /// @param image or family that the VMs are made from; none: that which a new fleet uses
  record AcceptanceRequest(PreflightRequest where, Optional<String> zone, Optional<String> image) {}

  /// The Google Cloud projects that this user has set up.
  SavedProfiles profiles();

  /// The servers and consoles of this user that run now.
  RunningServers running();

  /// The local clouds of this user that run now, alone or in a server or console. An entry is as
  /// one of [#running], but its API is the local cloud's own, and there is no key for it.
  RunningServers runningClouds();

  /// @param local whether on a local cloud of its own; neither this nor a profile nor a cloud: the
  ///   profile that is signed in, else the local cloud
  /// @param cloud any address of a local cloud that runs already, to be its console
  /// @param defaultCredentials whether Application Default Credentials stand for a sign-in
  /// @param limits none: demo on the local cloud, standard elsewhere
  /// @param port 0 for any free one
  /// @param apiKeyFile where the key is written; none: in Podium's state folder
  record ServeRequest(
      boolean local,
      Optional<String> profile,
      Optional<URI> cloud,
      boolean defaultCredentials,
      Optional<Limits> limits,
      int port,
      Optional<Path> apiKeyFile) {
    /// What serves this profile with everything else as usual; none: as the parameter `local` says.
    public static ServeRequest usual(Optional<String> profile) {
      return new ServeRequest(
          false, profile, Optional.empty(), false, Optional.empty(), 0, Optional.empty());
    }
  }

  /// The two sets of health limits.
  enum Limits {
    /// A class sees a broken VM red within 5 s and gone within 30 s.
    DEMO,
    /// For work.
    STANDARD;

    /// As it is typed.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param apiKeyFile holds the key for the API, readable by this user alone; the empty path where
  ///   there is none
  /// @param profile the name of the profile that is served
  record Served(URI api, Path apiKeyFile, String profile, CloudAddresses cloud) {}

  /// Where a cloud answers, in the form its clients want.
  ///
  /// @param compute base of Compute Engine's REST API, with a slash at its end
  /// @param pubsub host and port of Pub/Sub's gRPC
  /// @param identity base of the OAuth endpoints, with a slash at its end
  /// @param storage root of Cloud Storage's JSON API, without a slash at its end; empty where a
  ///   local cloud of an older release has none
  record CloudAddresses(
      String compute, String pubsub, String identity, String storage, String project) {
    public CloudAddresses {
      storage = Objects.requireNonNullElse(storage, "");
    }
  }

  /// @param port of Compute Engine and identity; 0 for any free one
  /// @param pubsubPort of Pub/Sub; 0 for any free one
  /// @param seed none: that of the faults, else 1
  /// @param timeScale what the cloud's durations are multiplied with, above 0
  /// @param requireAuth whether requests need a good access token
  /// @param requestLinks whether links lead to the host by which a request came, not to Google's
  /// @param faults what goes wrong from the start, as JSON; `{}` for nothing
  /// @param diskImage what VMs boot in QEMU; empty: they are processes
  record LocalCloudRequest(
      int port,
      int pubsubPort,
      String project,
      OptionalLong seed,
      Pace pace,
      double timeScale,
      boolean requireAuth,
      boolean requestLinks,
      String faults,
      Optional<Path> diskImage) {
    /// What a server or a console starts beside itself.
    public static LocalCloudRequest usual() {
      return new LocalCloudRequest(
          0,
          0,
          "podium-local",
          OptionalLong.empty(),
          Pace.FAST,
          1,
          false,
          false,
          "{}",
          Optional.empty());
    }
  }

  /// How long things take in a local cloud.
  enum Pace {
    /// Milliseconds.
    FAST,
    /// As on Compute Engine.
    REALISTIC;

    /// As it is typed.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param profile which to sign in to, or to make; none: the one that was used last
  /// @param project none: the one of the profile
  /// @param oauthClient the file that Google's console gives; none: the one of the profile
  /// @param port of 127.0.0.1 to which the browser comes back; 0 for any free one
  /// @param defaultCredentials whether Application Default Credentials stand for a sign-in
  /// @param preflight whether to ask for the scopes of the pre-flight as well
  /// @param pasted lines that the person copies out of a browser elsewhere, each when it is there,
  ///   null at their end; none where this computer's own browser is used
  record LoginRequest(
      Optional<String> profile,
      Optional<String> project,
      Optional<Path> oauthClient,
      int port,
      boolean defaultCredentials,
      boolean preflight,
      Optional<Supplier<@Nullable String>> pasted) {}

  /// @param project none: that of the profile
  /// @param profile none: the one that was used last
  /// @param cloud any address of a local cloud that runs, to look at that instead
  /// @param defaultCredentials whether to ask by Application Default Credentials although somebody
  ///   is signed in; where nobody is, they are taken if there are any
  record PreflightRequest(
      Optional<String> project,
      Optional<String> profile,
      Optional<URI> cloud,
      boolean defaultCredentials) {}

  /// @param email an e-mail address, or a word for credentials that do not say whose they are
  /// @param profile the name of the profile whose project it is
  /// @param credentials what they are, in words: `a sign-in by browser`
  /// @param signedIn whether a person signed in; false for Application Default Credentials
  record Identity(
      String email, String project, String profile, String credentials, boolean signedIn) {}

  /// What the doctor found.
  ///
  /// @param what was looked at
  /// @param answer what was seen and, where it is not good, what to do
  record Finding(String what, boolean good, String answer) {}
}
