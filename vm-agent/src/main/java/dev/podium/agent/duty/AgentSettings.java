package dev.podium.agent.duty;

import dev.podium.wire.chat.AgentMetadata;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What this VM is and was told to be, read once at its start.
///
/// @param project the cloud project, for Pub/Sub
/// @param vmId the cloud's number of the VM
/// @param region the cloud region that the VM is in, such as `europe-west1`
/// @param address where people reach it: the external address, else the internal one
/// @param internalAddress the VM's own, at which it listens; may be the same
/// @param pubsub where Pub/Sub is, `host:port`, for a VM that a local cloud emulates
public record AgentSettings(
    String project,
    String vm,
    String vmId,
    String fleet,
    String region,
    String address,
    String internalAddress,
    int port,
    int seats,
    Duration heartbeat,
    Optional<String> pubsub) {
  private static final int DEFAULT_PORT = 8080;
  private static final int DEFAULT_SEATS = 50;
  private static final int DEFAULT_HEARTBEAT_SECONDS = 5;

  /// The others count a VM as gone after 15 s of silence, so two heartbeats may be lost.
  private static final int SLOWEST_HEARTBEAT_SECONDS = 5;

  private static final @Nullable String LISTEN_PORT = System.getenv("PODIUM_LISTEN_PORT");

  private static final Pattern EMULATED_PUBSUB = Pattern.compile("169\\.254\\.2\\.2:[0-9]{1,5}");

  private static final Pattern FLEET = Pattern.compile("[a-z][a-z0-9-]{0,40}");

  /// Reads and checks it. Blocks.
  ///
  /// @throws PodiumException if the server does not answer or an item has no meaning; the sentence
  ///   names the item
  public static AgentSettings read(MetadataClient metadata) {
    return read((Items) metadata::get);
  }

  /// The same from wherever the items are.
  public static AgentSettings read(Items metadata) {
    String fleet = attribute(metadata, AgentMetadata.FLEET).orElse("");
    if (!FLEET.matcher(fleet).matches()) {
      throw invalid(
          AgentMetadata.FLEET,
          fleet.isEmpty() ? "it is missing" : "'" + fleet + "' is not a fleet's name",
          "Set it to lower-case letters, digits and hyphens, such as 'class-a'.");
    }
    String internal = required(metadata, "instance/network-interfaces/0/ip");
    return new AgentSettings(
        required(metadata, "project/project-id"),
        required(metadata, "instance/name"),
        required(metadata, "instance/id"),
        fleet,
        regionOf(required(metadata, "instance/zone")),
        metadata
            .get("instance/network-interfaces/0/access-configs/0/external-ip")
            .filter(address -> !address.isEmpty())
            .orElse(internal),
        internal,
        number(metadata, AgentMetadata.PORT, DEFAULT_PORT, 0, 65_535),
        number(metadata, AgentMetadata.SEATS, DEFAULT_SEATS, 1, 10_000),
        Duration.ofSeconds(
            Math.min(
                SLOWEST_HEARTBEAT_SECONDS,
                number(
                    metadata, AgentMetadata.HEARTBEAT_SECONDS, DEFAULT_HEARTBEAT_SECONDS, 1, 60))),
        attribute(metadata, AgentMetadata.PUBSUB)
            .filter(address -> EMULATED_PUBSUB.matcher(address).matches()));
  }

  /// Where the metadata server has an instance attribute.
  public static String path(String attribute) {
    return "instance/attributes/" + attribute;
  }

  /// Where people find the page.
  ///
  /// @param openPort where the agent listens
  public String url(int openPort) {
    return url(address, LISTEN_PORT == null ? openPort : port);
  }

  /// Where the agent listens: on its port, unless the local cloud has told it another. It does so
  /// where it stands before the agent, to be able to cut the VM's network.
  public int listenPort() {
    return LISTEN_PORT == null ? port : Integer.parseInt(LISTEN_PORT);
  }

  /// Whether it shares the loopback with who started it: a VM of the local cloud that is a process.
  /// One that is emulated has an address of its own, although people reach it at the loopback too.
  public boolean local() {
    return internalAddress.startsWith("127.") || internalAddress.equals("localhost");
  }

  /// A zone is written `projects/7/zones/europe-west1-b`.
  private static String regionOf(String zone) {
    String name = zone.substring(zone.lastIndexOf('/') + 1);
    return name.substring(0, Math.max(0, name.lastIndexOf('-')));
  }

  private static String url(String host, int port) {
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return "http://" + literal + (port == 80 ? "" : ":" + port) + "/";
  }

  private static Optional<String> attribute(Items metadata, String name) {
    return metadata.get(path(name)).filter(value -> !value.isEmpty());
  }

  private static String required(Items metadata, String path) {
    return metadata
        .get(path)
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () -> invalid(path, "it is missing", "Every Compute Engine VM has it; is this one?"));
  }

  private static int number(Items metadata, String name, int otherwise, int least, int most) {
    Optional<String> value = attribute(metadata, name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Told below.
    }
    throw invalid(
        name,
        "'" + value.get() + "' is not a number from " + least + " to " + most,
        "Correct it on the instance, or remove it for the default of " + otherwise + ".");
  }

  private static PodiumException invalid(String item, String why, String remedy) {
    return new PodiumException.Invalid(
        "The metadata item " + item + " can not be used", why, remedy);
  }

  /// A metadata server's items, by their paths.
  @FunctionalInterface
  public interface Items {
    /// @return empty where there is no such item
    Optional<String> get(String path);
  }
}
