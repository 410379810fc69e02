package dev.podium.desktop;

import dev.podium.core.model.PodiumException;
import dev.podium.desktop.cli.Programs;
import dev.podium.desktop.cli.RunningServers;
import dev.podium.desktop.cli.Shutdown;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The only place that constructs.
final class Wiring implements Programs {
  @Override
  public boolean console(Shutdown shutdown) {
    return false;
  }

  @Override
  public Served serve(ServeRequest request, Shutdown shutdown) {
    throw new PodiumException.Unavailable("later", "", "", null);
  }

  @Override
  public CloudAddresses localCloud(LocalCloudRequest request, Shutdown shutdown) {
    return LocalClouds.addresses(LocalClouds.start(request, shutdown));
  }

  @Override
  public String login(LoginRequest request) {
    throw new PodiumException.Unavailable("later", "", "", null);
  }

  @Override
  public Optional<String> logout() {
    return Optional.empty();
  }

  @Override
  public Optional<Identity> whoami() {
    return Optional.empty();
  }

  @Override
  public List<Finding> doctor() {
    return List.of();
  }

  @Override
  public RunningServers running() {
    return new RunningServers(Path.of("/nonexistent"));
  }
}
