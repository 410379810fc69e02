package dev.podium.desktop.program.open;

import dev.podium.desktop.program.Programs.CloudAddresses;
import dev.podium.desktop.program.Programs.PreflightRequest;
import dev.podium.fleet.auth.Session;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.google.DefaultCredentials;
import dev.podium.fleet.google.project.ProjectPreflight;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.fleet.preflight.Preflight;
import dev.podium.fleet.preflight.fact.ProjectView.SignIn;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// Opens the pre-flight of a project in the name of whoever is there to ask.
///
/// @param folders where policies are
/// @param operators who is signed in
public record PreflightOpener(PodiumFolders folders, OperatorSessions operators) {
  private static final String BROWSER = "a sign-in in the browser";
  private static final String DEFAULT = "Application Default Credentials";

  /// @throws PodiumException.NotFound if it is not known which project is meant
  public Preflight open(PreflightRequest request) {
    if (request.cloud().isPresent()) {
      return local(LocalClouds.at(request.cloud().get()));
    }
    Optional<CloudProfile> profile =
        request.profile().map(operators.profiles()::get).or(operators.profiles()::current);
    Optional<Session> session =
        request.defaultCredentials() ? Optional.empty() : profile.flatMap(operators::resume);
    if (session.isPresent()) {
      return open(
          about(session.get().profile(), request),
          session.get().tokens(),
          new SignIn(session.get().email(), BROWSER));
    }
    Optional<DefaultCredentials> credentials = credentials(request.defaultCredentials());
    CloudProfile meant =
        profile
            .or(() -> request.project().map(OperatorSessions::unnamed))
            .or(() ->
                credentials.flatMap(DefaultCredentials::project).map(OperatorSessions::unnamed))
            .map(known -> about(known, request))
            .orElseThrow(PreflightOpener::noProject);
    return credentials
        .map(found -> open(meant, found, new SignIn(found.account(), DEFAULT)))
        .orElseGet(() -> open(meant, nobody(meant), new SignIn("nobody", "nothing")));
  }

  private Preflight local(CloudAddresses cloud) {
    CloudProfile profile =
        CloudProfile.local(
            URI.create(cloud.compute()),
            cloud.pubsub(),
            URI.create(cloud.identity()),
            cloud.project(),
            "local");
    return open(
        profile,
        AccessTokens.fixed("local"),
        new SignIn(
            System.getProperty("user.name", "operator") + "@localhost",
            "nothing, for the local cloud asks nobody"));
  }

  private static CloudProfile about(CloudProfile profile, PreflightRequest request) {
    return request.project().map(profile::withProject).orElse(profile);
  }

  private Preflight open(CloudProfile profile, AccessTokens tokens, SignIn signIn) {
    ScalingPolicy policy = SavedPolicy.of(folders, profile).open(HealthLimits.standard()).scaling();
    return ProjectPreflight.open(profile, tokens, signIn, policy);
  }

  /// @param wanted whether it is a fault if there are none
  private static Optional<DefaultCredentials> credentials(boolean wanted) {
    try {
      return Optional.of(DefaultCredentials.find());
    } catch (PodiumException.NotSignedIn none) {
      if (wanted) {
        throw none;
      }
      return Optional.empty();
    }
  }

  /// That nobody is signed in is one of the things that are found.
  private static AccessTokens nobody(CloudProfile profile) {
    return new AccessTokens() {
      @Override
      public String token() {
        throw new PodiumException.NotSignedIn(
            "Nobody is signed in",
            "",
            "Sign in with 'podium login --project "
                + profile.project()
                + "', or run 'gcloud auth application-default login'.",
            null);
      }

      @Override
      public Instant expires() {
        return Instant.EPOCH;
      }
    };
  }

  private static PodiumException noProject() {
    return new PodiumException.NotFound(
        "It is not known which project to look at",
        "none has been set up on this computer",
        "Name it with --project ID.",
        null);
  }
}
