package dev.podium.desktop.program.open;

import dev.podium.desktop.program.Display;
import dev.podium.desktop.program.Programs.Finding;
import dev.podium.desktop.program.Programs.Identity;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Looks at what Podium needs on this computer.
///
/// @param signedIn who is signed in, if anybody
public record Doctor(PodiumFolders folders, Optional<Identity> signedIn) {
  private static final int JAVA = 25;

  public List<Finding> look() {
    return Stream.concat(
            Stream.of(java(), agent(), loopback(), display()),
            Stream.concat(
                Stream.of(folders.config(), folders.state(), folders.data()).map(Doctor::folder),
                Stream.of(identity())))
        .toList();
  }

  private static Finding java() {
    int version = Runtime.version().feature();
    return new Finding(
        "Java", version >= JAVA, Runtime.version() + " in " + System.getProperty("java.home"));
  }

  private static Finding agent() {
    try {
      return new Finding(
          "The agent, for local VMs",
          AgentCommand.find().contains("dev.podium.agent.Main"),
          AgentCommand.lib().toString());
    } catch (PodiumException missing) {
      return new Finding("The agent, for local VMs", false, missing.inFull());
    }
  }

  private static Finding loopback() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Finding(
          "Ports on 127.0.0.1", socket.isBound(), "free ones such as " + socket.getLocalPort());
    } catch (IOException refused) {
      return new Finding(
          "Ports on 127.0.0.1",
          false,
          "none can be opened (" + refused.getMessage() + "); see this system's limits");
    }
  }

  private static Finding display() {
    return new Finding(
        "A display",
        true,
        Display.isThere(System.getenv())
            ? "found; 'podium' opens the console"
            : "none; 'podium' serves its API instead of opening the console");
  }

  private static Finding folder(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "doctor", null));
      return new Finding("A folder to write to", true, folder.toString());
    } catch (IOException refused) {
      return new Finding(
          "A folder to write to",
          false,
          folder + " refuses; see that it belongs to you, or name another in PODIUM_HOME");
    }
  }

  private Finding identity() {
    return new Finding(
        "A Google Cloud project",
        true,
        signedIn
            .map(identity ->
                identity.signedIn()
                    ? identity.email() + " is signed in to " + identity.project()
                    : identity.email()
                        + " for "
                        + identity.project()
                        + " ("
                        + identity.credentials()
                        + ")")
            .orElse("nobody is signed in; 'podium serve --local' needs nobody"));
  }
}
