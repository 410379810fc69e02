package dev.podium.localcloud;

import dev.podium.localcloud.compute.fault.FaultsJson;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.fault.Faults;
import dev.podium.localcloud.state.fault.Tempo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How a local cloud is to be.
///
/// @param port of Compute Engine and sign-in, 1 to 65535; 0 for any that is free
/// @param pubsubPort of Pub/Sub; 0 for any that is free
/// @param project the one project's id
/// @param seed ids and chances are drawn from it
/// @param timeScale what the cloud's durations are multiplied with, run limits included; positive,
///   1 is fast enough for people
/// @param agentCommand what a machine with the agent's image runs; empty: instances are only
///   records
/// @param requireAuth whether requests without a good access token are refused
/// @param requestLinks whether links in answers lead to the host by which a request came, not to
///   Google's
/// @param tempo how long things take before they are scaled
/// @param faults what goes wrong from the start
/// @param diskImage what machines with the agent's image boot in QEMU; empty: they run
///   `agentCommand` themselves
public record LocalCloudOptions(
    int port,
    int pubsubPort,
    String project,
    long seed,
    double timeScale,
    List<String> agentCommand,
    boolean requireAuth,
    boolean requestLinks,
    Tempo.Profile tempo,
    Faults faults,
    Optional<Path> diskImage) {
  public LocalCloudOptions {
    agentCommand = List.copyOf(agentCommand);
    if (!project.matches("[a-z][-a-z0-9]{4,28}[a-z0-9]")) {
      throw new LocalCloudException(
          "'"
              + project
              + "' cannot be a project's id: it must have 6 to 30 lower-case letters, digits or"
              + " hyphens, starting with a letter.");
    }
    if (!(timeScale > 0)) {
      throw new LocalCloudException("The time scale must be positive, not " + timeScale + ".");
    }
  }

  /// Any ports, project `podium-local`, no machines, no tokens needed, nothing goes wrong.
  public static LocalCloudOptions defaults() {
    return new LocalCloudOptions(
        0,
        0,
        "podium-local",
        1,
        1.0,
        List.of(),
        false,
        false,
        Tempo.Profile.FAST,
        Faults.none(),
        Optional.empty());
  }

  /// The same on other ports; 0 for any that is free.
  public LocalCloudOptions withPorts(int compute, int pubsub) {
    return new LocalCloudOptions(
        compute,
        pubsub,
        project,
        seed,
        timeScale,
        agentCommand,
        requireAuth,
        requestLinks,
        tempo,
        faults,
        diskImage);
  }

  /// The same with another project.
  public LocalCloudOptions withProject(String id) {
    return new LocalCloudOptions(
        port,
        pubsubPort,
        id,
        seed,
        timeScale,
        agentCommand,
        requireAuth,
        requestLinks,
        tempo,
        faults,
        diskImage);
  }

  /// The same from another seed.
  public LocalCloudOptions withSeed(long other) {
    return new LocalCloudOptions(
        port,
        pubsubPort,
        project,
        other,
        timeScale,
        agentCommand,
        requireAuth,
        requestLinks,
        tempo,
        faults,
        diskImage);
  }

  /// The same at another speed.
  public LocalCloudOptions withTimeScale(double scale) {
    return new LocalCloudOptions(
        port,
        pubsubPort,
        project,
        seed,
        scale,
        agentCommand,
        requireAuth,
        requestLinks,
        tempo,
        faults,
        diskImage);
  }

  /// The same with machines that run `command`.
  public LocalCloudOptions withAgentCommand(List<String> command) {
    return new LocalCloudOptions(
        port,
        pubsubPort,
        project,
        seed,
        timeScale,
        command,
        requireAuth,
        requestLinks,
        tempo,
        faults,
        diskImage);
  }

  /// The same with or without tokens being needed.
  public LocalCloudOptions withRequireAuth(boolean required) {
    return new LocalCloudOptions(
        port,
        pubsubPort,
        project,
        seed,
        timeScale,
        agentCommand,
        required,
        requestLinks,
        tempo,
        faults,
        diskImage);
  }

  /// The same with links that lead to the host by which a request came, or to Google's.
  public LocalCloudOptions withRequestLinks(boolean request) {
    return new LocalCloudOptions(
        port,
        pubsubPort,
        project,
        seed,
        timeScale,
        agentCommand,
        requireAuth,
        request,
        tempo,
        faults,
        diskImage);
  }

  /// The same with other durations.
  public LocalCloudOptions withTempo(Tempo.Profile profile) {
    return new LocalCloudOptions(
        port,
        pubsubPort,
        project,
        seed,
        timeScale,
        agentCommand,
        requireAuth,
        requestLinks,
        profile,
        faults,
        diskImage);
  }

  /// The same with faults from the start, given as `GET /local/faults` answers them; a seed among
  /// them replaces this one's.
  ///
  /// @throws LocalCloudException if the text says nothing that could go wrong
  public LocalCloudOptions withFaults(String json) {
    try {
      FaultsJson.Wanted wanted = FaultsJson.read(json);
      return new LocalCloudOptions(
          port,
          pubsubPort,
          project,
          wanted.seed().orElse(seed),
          timeScale,
          agentCommand,
          requireAuth,
          requestLinks,
          tempo,
          wanted.faults(),
          diskImage);
    } catch (Refusal refusal) {
      throw new LocalCloudException(refusal.text(), refusal);
    }
  }

  /// The same with machines that boot a disk image, raw or qcow2, in QEMU.
  public LocalCloudOptions withDiskImage(Path image) {
    return new LocalCloudOptions(
        port,
        pubsubPort,
        project,
        seed,
        timeScale,
        agentCommand,
        requireAuth,
        requestLinks,
        tempo,
        faults,
        Optional.of(image));
  }
}
