import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// Makes the packages from the folders that the build has filled, with the tools of the JDK that
/// runs it:
///
///     java Package.java console <version> <podium folder> <installer folder> <target folder>
///     java Package.java agent   <version> <agent folder>  <installer folder> <target folder>
///
/// `console`: a runtime with JavaFX linked in, the app image around it, and this platform's package
/// (deb, or rpm where there is no dpkg; msi; dmg). The folder of the platform's name holds what
/// differs there: one jpackage option a line in `options`, and files that replace jpackage's own.
/// `agent`: a .deb with a small runtime and a systemd unit, for the VM's disk image.
class Package {
  /// What Podium and its libraries use of the JDK, beside what JavaFX asks for itself.
  private static final String CONSOLE_MODULES =
      "java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,"
          + "java.security.jgss,java.sql,java.xml,jdk.crypto.cryptoki,jdk.crypto.ec,jdk.httpserver,jdk.jfr,"
          + "jdk.localedata,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs";

  private static final String AGENT_MODULES =
      "java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,jdk.crypto.ec,jdk.jfr,"
          + "jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs";

  private final String version;
  private final Path folder;
  private final Path installer;
  private final Path target;

  private Package(String version, Path folder, Path installer, Path target) {
    // Packages know neither snapshots nor a zero as the first of three numbers on macOS.
    this.version = version.replace("-SNAPSHOT", "");
    this.folder = folder;
    this.installer = installer;
    this.target = target;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Package maker =
        new Package(
            arguments[1], Path.of(arguments[2]), Path.of(arguments[3]), Path.of(arguments[4]));
    Files.createDirectories(maker.target);
    if (arguments[0].equals("agent")) {
      maker.agent();
    } else {
      maker.console();
    }
  }

  private void console() throws IOException, InterruptedException {
    Path runtime = fresh("runtime");
    link(runtime, CONSOLE_MODULES + ",javafx.controls", folder.resolve("lib/javafx"));
    unpackNatives(folder.resolve("lib/javafx"), runtime);
    Path input = fresh("input");
    Files.createDirectories(input);
    try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
      for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
        Files.copy(jar, input.resolve(jar.getFileName()));
      }
    }
    Path image = fresh("app-image");
    jpackage(imageOptions(runtime, input, image));
    Path app = image.resolve(platform().equals("macos") ? "Podium.app" : "podium");
    Path home = app.resolve(platform().equals("macos") ? "Contents" : "lib");
    copy(folder.resolve("agent"), home.resolve("agent"));
    removeClassCache(home.resolve("agent/lib"));
    shareJars(home.resolve("agent/lib"), home.resolve("app"));
    try (Stream<Path> old = Files.list(target)) {
      for (Path file :
          old.filter(file -> file.toString().matches(".*/podium[_-][0-9].*")).toList()) {
        Files.delete(file);
      }
    }
    jpackage(packageOptions(app));
  }

  /// The agent's jars that the console has as well are kept once, where links are possible.
  private static void shareJars(Path agent, Path app) throws IOException {
    if (platform().equals("windows")) {
      return;
    }
    try (Stream<Path> jars = Files.list(agent)) {
      for (Path jar : jars.toList()) {
        Path twin = app.resolve(jar.getFileName());
        if (Files.exists(twin) && Files.mismatch(jar, twin) < 0) {
          Files.delete(jar);
          Files.createSymbolicLink(jar, agent.relativize(twin));
        }
      }
    }
  }

  private List<String> imageOptions(Path runtime, Path input, Path image) throws IOException {
    List<String> options = new ArrayList<>(common());
    options.addAll(List.of("--type", "app-image"));
    options.addAll(List.of("--runtime-image", runtime.toString()));
    options.addAll(List.of("--input", input.toString(), "--dest", image.toString()));
    options.addAll(List.of("--main-class", "dev.podium.desktop.Podium"));
    options.addAll(List.of("--main-jar", mainJar(input)));
    options.addAll(List.of("--icon", icon().toString()));
    for (String line : lines(folder.resolve("lib/jvm.options"))) {
      options.addAll(List.of("--java-options", line));
    }
    options.addAll(List.of("--java-options", "--add-modules=javafx.controls"));
    options.addAll(List.of("--java-options", "-Dpodium.home=$APPDIR/.."));
    if (platform().equals("windows")) {
      // The console's commands print; the same program without the black window opens the console.
      options.add("--win-console");
    }
    return options;
  }

  private List<String> packageOptions(Path app) throws IOException {
    Path own = installer.resolve(platform());
    List<String> options = new ArrayList<>(common());
    options.addAll(List.of("--app-image", app.toString(), "--dest", target.toString()));
    options.addAll(List.of("--type", packageType(), "--resource-dir", own.toString()));
    options.addAll(
        List.of("--license-file", installer.resolve("../LICENSE").normalize().toString()));
    options.addAll(lines(own.resolve("options")));
    if (platform().equals("linux")) {
      options.addAll(lines(own.resolve("options." + packageType())));
    }
    return options;
  }

  private List<String> common() {
    return List.of(
        "--name",
        platform().equals("linux") ? "podium" : "Podium",
        "--app-version",
        platform().equals("macos") && version.startsWith("0.")
            ? "1" + version.substring(1)
            : version,
        "--vendor",
        "Podium",
        "--description",
        "Runs a fleet of virtual machines as if it were one server");
  }

  private void agent() throws IOException, InterruptedException {
    if (!platform().equals("linux") || !Files.isExecutable(Path.of("/usr/bin/dpkg-deb"))) {
      System.out.println(
          "The agent's package is a .deb, which is made where dpkg-deb is: skipped.");
      return;
    }
    Path root = fresh("agent-root");
    Path home = root.resolve("opt/podium-agent");
    copy(folder, home);
    removeClassCache(home.resolve("lib"));
    link(home.resolve("runtime"), AGENT_MODULES, null);
    copy(installer.resolve("agent/linux"), root);
    Path control = root.resolve("DEBIAN/control");
    Files.writeString(
        control,
        Files.readString(control)
            .replace("VERSION", version)
            .replace("ARCHITECTURE", architecture())
            .replace("SIZE", Long.toString(kilobytes(home))));
    Path deb = target.resolve("podium-agent_" + version + "_" + architecture() + ".deb");
    // Jars are compressed already, so a stronger compressor costs minutes and saves nothing.
    start("dpkg-deb", "--build", "--root-owner-group", "-Zgzip", root.toString(), deb.toString());
  }

  /// The build's class cache is good for the build's own JDK only, not for a linked runtime, and it
  /// is larger than all jars together. Each build names it anew; the file `agent.cache` says how.
  private static void removeClassCache(Path lib) throws IOException {
    try (DirectoryStream<Path> caches = Files.newDirectoryStream(lib, "agent*.aot")) {
      for (Path cache : caches) {
        Files.delete(cache);
      }
    }
    Files.deleteIfExists(lib.resolve("agent.cache"));
  }

  /// A runtime keeps `bin/java`, because the local cloud's VMs are started with it.
  private static void link(Path runtime, String modules, Path modulePath)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>();
    if (modulePath != null) {
      options.addAll(List.of("--module-path", modulePath.toString()));
    }
    options.addAll(List.of("--add-modules", modules, "--output", runtime.toString()));
    options.addAll(List.of("--strip-debug", "--no-header-files", "--no-man-pages"));
    options.addAll(List.of("--compress", "zip-6"));
    if (modules.contains("jdk.localedata")) {
      options.addAll(List.of("--include-locales", "en,de,fr,es"));
    }
    run("jlink", options);
    // jlink's own archive is of no use with compact object headers.
    start(runtime.resolve("bin/java").toString(), "-XX:+UseCompactObjectHeaders", "-Xshare:dump");
  }

  private static void start(String... command) throws IOException, InterruptedException {
    ProcessBuilder process = new ProcessBuilder(command);
    process.redirectError(ProcessBuilder.Redirect.INHERIT);
    process.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    if (process.start().waitFor() != 0) {
      throw new IllegalStateException("Failed: " + String.join(" ", command));
    }
  }

  /// Where JavaFX finds its native libraries without unpacking them into the home folder, and where
  /// jpackage sees which system packages they need.
  private static void unpackNatives(Path javafx, Path runtime) throws IOException {
    Path libraries = runtime.resolve(platform().equals("windows") ? "bin" : "lib");
    try (Stream<Path> jars = Files.list(javafx)) {
      for (Path path : jars.toList()) {
        try (JarFile jar = new JarFile(path.toFile())) {
          for (var entry : jar.stream().filter(entry -> isNative(entry.getName())).toList()) {
            try (InputStream bytes = jar.getInputStream(entry)) {
              Files.copy(
                  bytes, libraries.resolve(entry.getName()), StandardCopyOption.REPLACE_EXISTING);
            }
          }
        }
      }
    }
  }

  private static boolean isNative(String name) {
    return !name.contains("/") && name.matches(".*\\.(so|dll|dylib)");
  }

  private static void jpackage(List<String> options) {
    run("jpackage", options);
  }

  private static void run(String tool, List<String> options) {
    ToolProvider provider =
        ToolProvider.findFirst(tool)
            .orElseThrow(() -> new IllegalStateException("This JDK has no " + tool));
    if (provider.run(System.out, System.err, options.toArray(String[]::new)) != 0) {
      throw new IllegalStateException(tool + " failed: " + String.join(" ", options));
    }
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return system.startsWith("win") ? "windows" : system.startsWith("mac") ? "macos" : "linux";
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }

  private static String packageType() {
    return switch (platform()) {
      case "windows" -> "msi";
      case "macos" -> "dmg";
      default -> Files.isExecutable(Path.of("/usr/bin/dpkg-deb")) ? "deb" : "rpm";
    };
  }

  private Path icon() {
    String form =
        switch (platform()) {
          case "windows" -> "ico";
          case "macos" -> "icns";
          default -> "png";
        };
    return installer.resolve("icon/podium." + form);
  }

  private static String mainJar(Path input) throws IOException {
    try (Stream<Path> jars = Files.list(input)) {
      return jars.map(jar -> jar.getFileName().toString())
          .filter(name -> name.startsWith("desktop-app-"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("Build desktop-app first"));
    }
  }

  private static List<String> lines(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  private Path fresh(String name) throws IOException {
    Path path = target.resolve(name);
    if (Files.exists(path)) {
      try (Stream<Path> old = Files.walk(path)) {
        for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return path;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.createDirectories(copy.getParent());
          Files.copy(
              file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private static long kilobytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum()
          / 1024;
    }
  }
}
