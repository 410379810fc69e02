package dev.podium.fleet.config;

import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// One cloud that Podium can work with: Google with a project, or the local cloud.
///
/// @param name what the person calls it: lower-case letters, digits and hyphens, 1 to 40
/// @param local whether it runs on this computer, where nothing costs money
/// @param project the Google Cloud project's id
/// @param fleet the fleet's name: a lower-case letter, then lower-case letters, digits and hyphens,
///   1 to 40
/// @param computeEndpoint where Compute Engine's API is, `http://127.0.0.1:N` without a slash at
///   its end; none for Google's own
/// @param pubsubEndpoint where Pub/Sub is, `host:port`; one on the loopback is spoken to without
///   TLS; none for Google's own
/// @param identity base of the OAuth endpoints, with a slash at its end; none for Google's own
/// @param oauthClientId the OAuth client of type *Desktop app*; none means that nobody can sign in
///   with a browser
/// @param oauthClientSecret what Google issues with it; no secret in truth (RFC 8252, section 8.5)
/// @param machines how the project wants its VMs to be made
public record CloudProfile(
    String name,
    boolean local,
    String project,
    String fleet,
    Optional<String> computeEndpoint,
    Optional<String> pubsubEndpoint,
    Optional<URI> identity,
    Optional<String> oauthClientId,
    Optional<String> oauthClientSecret,
    MachineSettings machines) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,38}[a-z0-9])?");
  private static final Pattern FLEET = Pattern.compile("[a-z](?:[-a-z0-9]{0,38}[a-z0-9])?");

  /// 6 to 30 characters, and before them the domain of projects of the old kind.
  private static final Pattern PROJECT =
      Pattern.compile("(?:[-a-z0-9.]{1,63}:)?[a-z][-a-z0-9]{4,28}[a-z0-9]");

  private static final Pattern COMPUTE = Pattern.compile("https?://[^/\\s]+");
  private static final Pattern PUBSUB =
      Pattern.compile("[^/\\s:]+:[0-9]{1,5}|\\[[0-9a-fA-F:]+]:[0-9]{1,5}");

  /// @throws PodiumException.Invalid if a member is not in its form
  public CloudProfile {
    ProfileForm.require(NAME, "profile name", name, "prod");
    ProfileForm.require(PROJECT, "project id", project, "my-project-123");
    ProfileForm.require(FLEET, "fleet name", fleet, "demo");
    computeEndpoint.ifPresent(endpoint ->
        ProfileForm.require(COMPUTE, "compute endpoint", endpoint, "http://127.0.0.1:8080"));
    pubsubEndpoint.ifPresent(
        endpoint -> ProfileForm.require(PUBSUB, "Pub/Sub endpoint", endpoint, "127.0.0.1:8085"));
  }

  /// With VMs as Google's defaults have them.
  public CloudProfile(
      String name,
      boolean local,
      String project,
      String fleet,
      Optional<String> computeEndpoint,
      Optional<String> pubsubEndpoint,
      Optional<URI> identity,
      Optional<String> oauthClientId,
      Optional<String> oauthClientSecret) {
    this(
        name,
        local,
        project,
        fleet,
        computeEndpoint,
        pubsubEndpoint,
        identity,
        oauthClientId,
        oauthClientSecret,
        MachineSettings.usual());
  }

  /// The same with other settings for VMs.
  public CloudProfile with(MachineSettings other) {
    return new CloudProfile(
        name,
        local,
        project,
        fleet,
        computeEndpoint,
        pubsubEndpoint,
        identity,
        oauthClientId,
        oauthClientSecret,
        other);
  }

  /// The same for another project.
  public CloudProfile withProject(String id) {
    return new CloudProfile(
        name,
        local,
        id,
        fleet,
        computeEndpoint,
        pubsubEndpoint,
        identity,
        oauthClientId,
        oauthClientSecret,
        machines);
  }

  /// Google's own cloud.
  public static CloudProfile google(
      String name,
      String project,
      String fleet,
      Optional<String> oauthClientId,
      Optional<String> oauthClientSecret) {
    return new CloudProfile(
        name,
        false,
        project,
        fleet,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        oauthClientId,
        oauthClientSecret);
  }

  /// A local cloud that is running.
  ///
  /// @param compute its compute API's base, `http://127.0.0.1:N/compute/v1/`
  /// @param pubsub `127.0.0.1:M`
  public static CloudProfile local(
      URI compute, String pubsub, URI identity, String project, String fleet) {
    return new CloudProfile(
        "local",
        true,
        project,
        fleet,
        Optional.of(compute.getScheme() + "://" + compute.getRawAuthority()),
        Optional.of(pubsub),
        Optional.of(identity),
        Optional.of("podium-console.local"),
        Optional.empty());
  }

  /// Where in a folder the fleet has a file of its own. A project of the old kind has a colon in
  /// its id, which no file of Windows may have; no id has an underscore.
  public Path fleetFile(Path folder) {
    return folder.resolve(project.replace(':', '_')).resolve(fleet + ".json");
  }

  /// Without the client's secret, so that no log holds it.
  @Override
  public String toString() {
    return "CloudProfile[%s, project %s, fleet %s%s%s%s]"
        .formatted(
            name,
            project,
            fleet,
            computeEndpoint.map(endpoint -> ", compute " + endpoint).orElse(""),
            pubsubEndpoint.map(endpoint -> ", Pub/Sub " + endpoint).orElse(""),
            identity.map(base -> ", identity " + base).orElse(""));
  }
}
