package dev.podium.desktop.program.open;

import dev.podium.desktop.program.Programs.CloudAddresses;
import dev.podium.desktop.program.Programs.Limits;
import dev.podium.desktop.program.Programs.LocalCloudRequest;
import dev.podium.desktop.program.Programs.Served;
import dev.podium.desktop.program.RunningServers;
import dev.podium.desktop.program.Shutdown;
import dev.podium.desktop.program.Version;
import dev.podium.fleet.api.ApiOptions;
import dev.podium.fleet.api.ApiServer;
import dev.podium.fleet.api.key.ApiKeys;
import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.HttpHealthProbe;
import dev.podium.fleet.cloud.Leftovers;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.directory.FleetSettings;
import dev.podium.fleet.facade.FleetPorts;
import dev.podium.fleet.facade.FleetService;
import dev.podium.fleet.google.GoogleCloud;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.invite.InviteDesk;
import dev.podium.fleet.scaler.SpendingLedger;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.CloudTicker;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens fleets: the cloud's clients, the monitor, the API, in the order in which one needs the
/// other. What is opened goes to the [Shutdown] at once, so that it also ends when a later step
/// fails.
public final class FleetOpener {
  private static final Logger LOG = LoggerFactory.getLogger(FleetOpener.class);
  private static final String LOCAL_FLEET = "local";

  /// A cloud that answers does so in a second or two.
  private static final Duration FIRST_LIST = Duration.ofSeconds(5);

  private final PodiumFolders folders;

  public FleetOpener(PodiumFolders folders) {
    this.folders = folders;
  }

  /// Starts the local cloud and opens its fleet. Blocks for a second or two.
  public OpenFleet local(Options options, Shutdown shutdown) {
    return local(
        LocalClouds.addresses(
            LocalClouds.start(LocalCloudRequest.usual(), runningClouds(folders), shutdown)),
        options,
        shutdown);
  }

  /// Opens the fleet of a local cloud that runs. Blocks for a second or two.
  public OpenFleet local(CloudAddresses cloud, Options options, Shutdown shutdown) {
    CloudProfile profile =
        CloudProfile.local(
            URI.create(cloud.compute()),
            cloud.pubsub(),
            URI.create(cloud.identity()),
            cloud.project(),
            LOCAL_FLEET);
    // The local cloud asks nobody who they are unless it is told to.
    return open(
        profile,
        AccessTokens.fixed("local"),
        System.getProperty("user.name", "operator") + "@localhost",
        options.limits().orElse(Limits.DEMO),
        options,
        cloud,
        shutdown);
  }

  /// Opens the fleet of a Google Cloud project. Blocks for a second or two.
  public OpenFleet google(
      CloudProfile profile,
      AccessTokens tokens,
      String operator,
      Options options,
      Shutdown shutdown) {
    return open(
        profile,
        tokens,
        operator,
        options.limits().orElse(Limits.STANDARD),
        options,
        addresses(profile),
        shutdown);
  }

  /// The same in the name of this operator.
  ///
  /// @throws dev.podium.wire.model.PodiumException.NotSignedIn if their credentials are good no
  ///   more
  public OpenFleet google(Operator operator, Options options, Shutdown shutdown) {
    if (!operator.signedIn()) {
      // The first token shows whether they are good, before anything is opened with them.
      operator.tokens().token();
    }
    LOG.info(
        "Project {} is worked with as {} ({}).",
        operator.profile().project(),
        operator.name(),
        operator.credentials());
    return google(operator.profile(), operator.tokens(), operator.name(), options, shutdown);
  }

  private OpenFleet open(
      CloudProfile profile,
      AccessTokens tokens,
      String operator,
      Limits limits,
      Options options,
      CloudAddresses addresses,
      Shutdown shutdown) {
    CloudTicker clock = new CloudTicker(Ticker.system());
    InviteDesk desk = InviteDesk.open(inviteKeys(folders, profile), clock::cloud);
    HealthLimits health =
        switch (limits) {
          case DEMO -> HealthLimits.demo();
          case STANDARD -> HealthLimits.standard();
        };
    FleetSettings settings =
        new FleetSettings(
            profile.fleet(), operator, consoleId(), Version.podium(), health, profile.defaults());
    ComputeCloud compute =
        shutdown.add("The client of Compute Engine", GoogleCloud.compute(profile, tokens, clock));
    MessageBus bus = shutdown.add("The client of Pub/Sub", GoogleCloud.bus(profile, tokens));
    Leftovers leftovers =
        shutdown.add("The client for what was left", GoogleCloud.leftovers(profile, tokens));
    FleetService fleet =
        shutdown.add(
            "The health monitor",
            new FleetService(
                settings,
                SavedPolicy.of(folders, profile).open(health),
                new FleetPorts(
                    compute,
                    bus,
                    leftovers,
                    new HttpHealthProbe(),
                    GoogleCloud.identityTokens(profile),
                    clock),
                desk,
                ledger(profile)));
    fleet.start();
    var _ = fleet.startSweep().thenAccept(report -> LOG.info("{}", report.sentence()));
    Path keyFile = options.apiKeyFile().orElse(folders.data().resolve("api-key"));
    ApiKeys keys = ApiKeys.open(folders.data().resolve("api-keys.json"));
    keys.issueTo(keyFile);
    ApiServer api =
        shutdown.add(
            "The API",
            new ApiServer(fleet, keys, ApiOptions.loopback(options.port()), clock::cloud));
    URI base = api.start();
    return new OpenFleet(
        fleet,
        profile,
        operator,
        limits,
        new MonitorReadiness(fleet.events(), FIRST_LIST),
        new Served(base, keyFile.toAbsolutePath(), profile.name(), addresses));
  }

  private SpendingLedger ledger(CloudProfile profile) {
    return SpendingLedger.open(
        SavedSpending.of(folders, profile),
        write -> Thread.ofVirtual().name("spending").start(write));
  }

  /// Where local clouds tell that they run.
  public static RunningServers runningClouds(PodiumFolders folders) {
    return new RunningServers(folders.state().resolve("running-clouds"));
  }

  /// Each fleet has keys of its own, so that an invite of one is nothing to the VMs of another.
  static Path inviteKeys(PodiumFolders folders, CloudProfile profile) {
    return profile.fleetFile(folders.data().resolve("invite-keys"));
  }

  /// Another at each start, so that several consoles of one person can be told apart.
  static String consoleId() {
    return "console-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  }

  private static CloudAddresses addresses(CloudProfile profile) {
    return new CloudAddresses(
        profile.computeEndpoint().orElse("https://compute.googleapis.com") + "/compute/v1/",
        profile.pubsubEndpoint().orElse("pubsub.googleapis.com:443"),
        profile.identity().map(URI::toString).orElse("https://accounts.google.com/"),
        // A local cloud serves both at one port.
        profile.computeEndpoint().orElse("https://storage.googleapis.com"),
        profile.project());
  }

  /// @param limits none: demo on the local cloud, standard elsewhere
  /// @param port of the API; 0 for any free one
  /// @param apiKeyFile none: in Podium's own folder
  public record Options(Optional<Limits> limits, int port, Optional<Path> apiKeyFile) {
    /// What a window uses.
    public static Options usual() {
      return new Options(Optional.empty(), 0, Optional.empty());
    }
  }

  /// A fleet that is watched and served.
  ///
  /// @param readiness for whoever must not find the fleet empty before its monitor has seen it
  public record OpenFleet(
      FleetService fleet,
      CloudProfile profile,
      String operator,
      Limits limits,
      MonitorReadiness readiness,
      Served served) {}
}
