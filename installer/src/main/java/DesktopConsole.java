import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The console's packages for Windows (.msi) and macOS (.dmg), by jpackage.
///
/// On Windows a program either has a console window or has none. So there are two: `podium`, whose
/// commands print, and its twin `Podium Console` in the menu, which opens the window alone.
class DesktopConsole {
  private final Path installer;
  private final Path target;
  private final String version;

  DesktopConsole(Path installer, Path target, String version) {
    this.installer = installer;
    this.target = target;
    this.version = version;
  }

  /// @param home the program with its runtime
  /// @param bare whether to make no class cache
  void packages(Path home, boolean bare) throws IOException, InterruptedException {
    boolean mac = Platform.system().equals("macos");
    Path input = Folders.fresh(target.resolve("input"));
    for (Path file : Folders.files(home.resolve("lib"))) {
      Folders.copy(file, input.resolve(home.resolve("lib").relativize(file).toString()));
    }
    Path image = Folders.removed(target.resolve("app-image"));
    Tool.ofJdk("jpackage", imageOptions(home.resolve("runtime"), input, image));
    Path app = image.resolve(mac ? "Podium.app" : "Podium");
    Path inside = mac ? app.resolve("Contents") : app;
    Folders.copy(home.resolve("agent"), inside.resolve("agent"));
    if (!bare) {
      cache(inside, mac);
    }
    Tool.ofJdk("jpackage", packageOptions(app));
    try (Stream<Path> made = Files.list(target)) {
      for (Path file : made.filter(each -> each.toString().matches(".*\\.(msi|dmg)")).toList()) {
        Budget.report(installer.resolve("budget"), "podium.installer", file, app);
      }
    }
  }

  /// Made by the runtime that will use it, for the class path in the launchers' configuration.
  private static void cache(Path inside, boolean mac) throws IOException, InterruptedException {
    Path app = inside.resolve("app");
    Path runtime = inside.resolve(mac ? "runtime/Contents/Home" : "runtime");
    List<String> jars =
        Files.readAllLines(app.resolve("Podium.cfg")).stream()
            .filter(line -> line.startsWith("app.classpath="))
            .map(line ->
                line.substring("app.classpath=".length()).replace("$APPDIR", app.toString()))
            .toList();
    Path data = Files.createTempDirectory("podium-rehearsal");
    try {
      Tool.run(
          data,
          Map.of("PODIUM_HOME", data.toString(), "NO_GCE_CHECK", "true"),
          List.of(
              runtime.resolve(mac ? "bin/java" : "bin/java.exe").toString(),
              "@" + app.resolve("jvm.options"),
              "-Dglass.platform=Headless",
              "-Dprism.order=sw",
              "-XX:AOTCacheOutput=" + app.resolve("podium.aot"),
              "--add-modules=javafx.controls",
              "--class-path",
              String.join(File.pathSeparator, jars),
              "dev.podium.desktop.Rehearsal"));
    } finally {
      Folders.removed(data);
    }
  }

  private List<String> imageOptions(Path runtime, Path input, Path image) throws IOException {
    List<String> options = new ArrayList<>(common());
    options.addAll(List.of("--type", "app-image", "--runtime-image", runtime.toString()));
    options.addAll(List.of("--input", input.toString(), "--dest", image.toString()));
    options.addAll(List.of("--main-class", "dev.podium.desktop.Podium"));
    options.addAll(List.of("--main-jar", mainJar(input), "--icon", icon().toString()));
    for (String line : Folders.lines(input.resolve("jvm.options"))) {
      options.addAll(List.of("--java-options", line));
    }
    options.addAll(List.of("--java-options", "--add-modules=javafx.controls"));
    options.addAll(List.of("--java-options", "-Dpodium.home=$APPDIR/.."));
    // A cache that is not there, or of another runtime, is passed over without a word.
    options.addAll(List.of("--java-options", "-XX:AOTCache=$APPDIR/podium.aot"));
    options.addAll(List.of("--java-options", "-Xlog:aot=off", "--java-options", "-Xlog:cds=off"));
    if (Platform.system().equals("windows")) {
      options.add("--win-console");
      options.addAll(
          List.of(
              "--add-launcher",
              "Podium Console=" + installer.resolve("windows/window.properties")));
    }
    return options;
  }

  private List<String> packageOptions(Path app) throws IOException {
    Path own = installer.resolve(Platform.system());
    List<String> options = new ArrayList<>(common());
    options.addAll(List.of("--app-image", app.toString(), "--dest", target.toString()));
    options.addAll(List.of("--type", Platform.system().equals("windows") ? "msi" : "dmg"));
    options.addAll(List.of("--resource-dir", own.toString()));
    options.addAll(
        List.of("--license-file", installer.resolve("../LICENSE").normalize().toString()));
    options.addAll(Folders.lines(own.resolve("options")));
    String identity = System.getenv("PODIUM_MAC_SIGNING_IDENTITY");
    if (Platform.system().equals("macos") && identity != null && !identity.isBlank()) {
      options.addAll(List.of("--mac-sign", "--mac-signing-key-user-name", identity));
    }
    return options;
  }

  private List<String> common() {
    boolean mac = Platform.system().equals("macos");
    return List.of(
        "--name",
        "Podium",
        "--app-version",
        // macOS knows no zero as the first of three numbers.
        mac && version.startsWith("0.") ? "1" + version.substring(1) : version,
        "--vendor",
        "Podium",
        "--description",
        "Runs a fleet of virtual machines as if it were one server");
  }

  private Path icon() {
    return installer.resolve(
        "icon/podium." + (Platform.system().equals("windows") ? "ico" : "icns"));
  }

  private static String mainJar(Path input) throws IOException {
    try (Stream<Path> jars = Files.list(input)) {
      return jars.map(jar -> jar.getFileName().toString())
          .filter(name -> name.startsWith("desktop-app-"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("Build desktop-app first"));
    }
  }
}
