package dev.podium.localcloud;

import dev.podium.localcloud.compute.fault.FaultsJson;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.fault.Faults;
import dev.podium.localcloud.state.fault.Tempo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
    return with(draft -> {
      draft.port = compute;
      draft.pubsubPort = pubsub;
    });
  }

  /// The same with another project.
  public LocalCloudOptions withProject(String id) {
    return with(draft -> draft.project = id);
  }

  /// The same from another seed.
  public LocalCloudOptions withSeed(long other) {
    return with(draft -> draft.seed = other);
  }

  /// The same at another speed.
  public LocalCloudOptions withTimeScale(double scale) {
    return with(draft -> draft.timeScale = scale);
  }

  /// The same with machines that run `command`.
  public LocalCloudOptions withAgentCommand(List<String> command) {
    return with(draft -> draft.agentCommand = command);
  }

  /// The same with or without tokens being needed.
  public LocalCloudOptions withRequireAuth(boolean required) {
    return with(draft -> draft.requireAuth = required);
  }

  /// The same with links that lead to the host by which a request came, or to Google's.
  public LocalCloudOptions withRequestLinks(boolean request) {
    return with(draft -> draft.requestLinks = request);
  }

  /// The same with other durations.
  public LocalCloudOptions withTempo(Tempo.Profile profile) {
    return with(draft -> draft.tempo = profile);
  }

  /// The same with faults from the start, given as `GET /local/faults` answers them; a seed among
  /// them replaces this one's.
  ///
  /// @throws LocalCloudException if the text says nothing that could go wrong
  public LocalCloudOptions withFaults(String json) {
    try {
      FaultsJson.Wanted wanted = FaultsJson.read(json);
      return with(draft -> {
        draft.seed = wanted.seed().orElse(seed);
        draft.faults = wanted.faults();
      });
    } catch (Refusal refusal) {
      throw new LocalCloudException(refusal.text(), refusal);
    }
  }

  /// The same with machines that boot a disk image, raw or qcow2, in QEMU.
  public LocalCloudOptions withDiskImage(Path image) {
    return with(draft -> draft.diskImage = Optional.of(image));
  }

  private LocalCloudOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /// A copy while it is changed: each member stands once.
  private static final class Draft {
    private int port;
    private int pubsubPort;
    private String project;
    private long seed;
    private double timeScale;
    private List<String> agentCommand;
    private boolean requireAuth;
    private boolean requestLinks;
    private Tempo.Profile tempo;
    private Faults faults;
    private Optional<Path> diskImage;

    Draft(LocalCloudOptions from) {
      this.port = from.port;
      this.pubsubPort = from.pubsubPort;
      this.project = from.project;
      this.seed = from.seed;
      this.timeScale = from.timeScale;
      this.agentCommand = from.agentCommand;
      this.requireAuth = from.requireAuth;
      this.requestLinks = from.requestLinks;
      this.tempo = from.tempo;
      this.faults = from.faults;
      this.diskImage = from.diskImage;
    }

    LocalCloudOptions options() {
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
          diskImage);
    }
  }
}
