import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Makes the packages from the folders that the build has filled, with the tools of the JDK that
/// runs it:
///
///     java Package.java agent   <version> <agent folder>  <installer folder> <target folder> [bare]
///     java Package.java console <version> <podium folder> <installer folder> <target folder> [bare]
///
/// `agent`: a .deb with a small runtime and a systemd unit, for the VM's disk image. `console`: the
/// program with a runtime in which JavaFX is linked, and on Linux a .deb, a .rpm where rpmbuild is,
/// and a tar.gz; on Windows an .msi, on macOS a .dmg. The agent's .deb, made before, is put into it.
/// With `bare` no class caches are made, and jars stay as the build left them.
///
/// The installer's folder of the platform's name holds what differs there.
class Package {
  private final String version;
  private final Path folder;
  private final Path installer;
  private final Path target;
  private final boolean bare;

  private Package(String[] arguments) {
    // Packages know no snapshots.
    this.version = arguments[1].replace("-SNAPSHOT", "");
    this.folder = Path.of(arguments[2]);
    this.installer = Path.of(arguments[3]).toAbsolutePath().normalize();
    this.target = Path.of(arguments[4]).toAbsolutePath();
    this.bare = arguments.length > 5 && arguments[5].equals("bare");
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Package maker = new Package(arguments);
    Files.createDirectories(maker.target);
    if (arguments[0].equals("agent")) {
      maker.agent();
    } else {
      maker.console();
    }
  }

  private void agent() throws IOException, InterruptedException {
    if (!Platform.system().equals("linux") || !Platform.has("dpkg-deb")) {
      System.out.println(
          "The agent's package is a .deb, which is made where dpkg-deb is: skipped.");
      return;
    }
    Path root = Folders.fresh(target.resolve("agent-root"));
    Path home = root.resolve("opt/podium-agent");
    Folders.copy(folder, home);
    Files.deleteIfExists(home.resolve("bin/podium-agent.cmd"));
    ClassCaches.remove(home.resolve("lib"), "agent");
    LinkedRuntime.agent(home.resolve("runtime"));
    if (!bare) {
      Jars.trim(home.resolve("lib"));
      ClassCaches.agent(home, home.resolve("runtime"), training(), consoleJars());
    }
    Folders.copy(installer.resolve("agent/linux"), root);
    new DebianPackage(installer, target, version, bare).agent(root);
  }

  private void console() throws IOException, InterruptedException {
    Path home = Folders.fresh(target.resolve("console")).resolve("podium");
    Folders.copy(folder, home);
    if (!Platform.system().equals("windows")) {
      Files.deleteIfExists(home.resolve("bin/podium.cmd"));
      Files.deleteIfExists(home.resolve("agent/bin/podium-agent.cmd"));
    }
    ClassCaches.remove(home.resolve("lib"), "podium");
    ClassCaches.remove(home.resolve("lib"), "command");
    ClassCaches.remove(home.resolve("agent/lib"), "agent");
    LinkedRuntime.console(home.resolve("runtime"), folder.resolve("lib/javafx"));
    Folders.removed(home.resolve("lib/javafx"));
    if (!bare) {
      Jars.trim(home.resolve("lib"));
      Jars.trim(home.resolve("agent/lib"));
      shareJars(home.resolve("agent/lib"), home.resolve("lib"));
      ClassCaches.agent(
          home.resolve("agent"), home.resolve("runtime"), training(), home.resolve("lib"));
    }
    bringAgent(home.resolve("agent"));
    if (Platform.system().equals("linux")) {
      if (!bare) {
        ClassCaches.console(home);
      }
      new LinuxConsole(installer, target, version).packages(home);
    } else {
      new DesktopConsole(installer, target, version).packages(home, bare);
    }
  }

  /// The agent's .deb, from which `podium image bake` makes the VMs' image, for each processor that
  /// it was made for.
  private void bringAgent(Path agent) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      for (Path deb :
          files
              .filter(file -> file.getFileName().toString().matches("podium-agent_.*\\.deb"))
              .toList()) {
        Folders.copy(deb, agent.resolve(deb.getFileName()));
      }
    }
  }

  /// The agent's jars that the console has as well are kept once, where links are possible.
  private static void shareJars(Path agent, Path console) throws IOException {
    if (Platform.system().equals("windows")) {
      return;
    }
    for (Path jar : Folders.files(agent)) {
      Path twin = console.resolve(jar.getFileName());
      if (jar.toString().endsWith(".jar") && Files.exists(twin) && Files.mismatch(jar, twin) < 0) {
        Files.delete(jar);
        Files.createSymbolicLink(jar, agent.relativize(twin));
      }
    }
  }

  private Path training() {
    return installer.resolve("../vm-agent/src/build/java/AgentCache.java").normalize();
  }

  private Path consoleJars() {
    return installer.resolve("../desktop-app/target/podium/lib").normalize();
  }
}
