package dev.podium.desktop;

import dev.podium.core.model.PodiumException;
import dev.podium.desktop.cli.Programs.CloudAddresses;
import dev.podium.desktop.cli.Programs.LocalCloudRequest;
import dev.podium.desktop.cli.Programs.Served;
import dev.podium.desktop.cli.RunningServers;
import dev.podium.desktop.cli.Shutdown;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudException;
import dev.podium.localcloud.LocalCloudOptions;
import dev.podium.localcloud.state.Tempo;
import java.nio.file.Path;

/// Starts local clouds whose machines run the agent beside this program.
final class LocalClouds {
  private LocalClouds() {}

  /// Blocks until it serves.
  ///
  /// @param clouds where other commands find it
  /// @throws PodiumException if it cannot start
  static LocalCloud start(LocalCloudRequest request, RunningServers clouds, Shutdown shutdown) {
    LocalCloud cloud;
    try {
      cloud = shutdown.add("The local cloud", LocalCloud.start(options(request)));
    } catch (LocalCloudException failure) {
      // Its message is the whole sentence, remedy included.
      throw new PodiumException.CloudFailed(String.valueOf(failure.getMessage()), "", "", failure);
    }
    shutdown.add(
        "The note that this local cloud runs",
        clouds.announce(
            new Served(cloud.identity(), Path.of(""), cloud.project(), addresses(cloud))));
    return cloud;
  }

  private static LocalCloudOptions options(LocalCloudRequest request) {
    LocalCloudOptions options =
        LocalCloudOptions.defaults()
            .withPorts(request.port(), request.pubsubPort())
            .withProject(request.project())
            .withTempo(
                switch (request.pace()) {
                  case FAST -> Tempo.Profile.FAST;
                  case REALISTIC -> Tempo.Profile.REALISTIC;
                })
            .withTimeScale(request.timeScale())
            .withRequireAuth(request.requireAuth())
            .withAgentCommand(AgentCommand.find())
            .withFaults(request.faults());
    return request.seed().isPresent() ? options.withSeed(request.seed().getAsLong()) : options;
  }

  static CloudAddresses addresses(LocalCloud cloud) {
    return new CloudAddresses(
        cloud.compute().toString(), cloud.pubsub(), cloud.identity().toString(), cloud.project());
  }
}
