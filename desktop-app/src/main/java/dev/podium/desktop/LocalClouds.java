package dev.podium.desktop;

import dev.podium.core.model.PodiumException;
import dev.podium.desktop.cli.Programs.CloudAddresses;
import dev.podium.desktop.cli.Programs.LocalCloudRequest;
import dev.podium.desktop.cli.Shutdown;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudException;
import dev.podium.localcloud.LocalCloudOptions;

/// Starts local clouds whose machines run the agent beside this program.
final class LocalClouds {
  private LocalClouds() {}

  /// Blocks until it serves.
  ///
  /// @throws PodiumException if it cannot start
  static LocalCloud start(LocalCloudRequest request, Shutdown shutdown) {
    try {
      return shutdown.add(
          "The local cloud",
          LocalCloud.start(
              LocalCloudOptions.defaults()
                  .withPorts(request.port(), request.pubsubPort())
                  .withProject(request.project())
                  .withSeed(request.seed())
                  .withTimeScale(request.timeScale())
                  .withAgentCommand(AgentCommand.find())));
    } catch (LocalCloudException failure) {
      // Its message is the whole sentence, remedy included.
      throw new PodiumException.CloudFailed(String.valueOf(failure.getMessage()), "", "", failure);
    }
  }

  static CloudAddresses addresses(LocalCloud cloud) {
    return new CloudAddresses(
        cloud.compute().toString(), cloud.pubsub(), cloud.identity().toString(), cloud.project());
  }
}
