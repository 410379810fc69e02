import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Class caches (JEP 483, 514 and 515), made by the very runtime that a package ships: what one
/// real run loaded, linked and profiled. A JVM takes a cache only for the runtime and class path of
/// that run, so each has a name of its own in the file that its launcher reads.
class ClassCaches {
  private static final String PROOF = "-Xlog:class+load:file=";

  private ClassCaches() {}

  /// Makes the two caches of the console in its `lib`: of the window and servers, and of short
  /// commands, since a JVM takes in all of a cache at its start.
  ///
  /// @param home with `bin`, `lib` and `runtime`
  static void console(Path home) throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("podium-rehearsal");
    Path served = Files.createTempDirectory("podium-rehearsal");
    try {
      rehearse(home, data, "podium", "");
      Process server =
          start(
              home, served, List.of(launcher(home, "podium"), "serve", "--local", "--json-ready"));
      try {
        server.inputReader().readLine();
        rehearse(home, served, "command", "commands");
      } finally {
        server.destroy();
        server.waitFor();
      }
      prove(home, data, "version");
    } finally {
      Folders.removed(data);
      Folders.removed(served);
    }
  }

  private static Process start(Path home, Path data, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().putAll(clean(data));
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static void rehearse(Path home, Path data, String cache, String part)
      throws IOException, InterruptedException {
    Path lib = home.resolve("lib");
    remove(lib, cache);
    boolean display = System.getenv("DISPLAY") != null || !Platform.system().equals("linux");
    Map<String, String> environment = clean(data);
    environment.put("PODIUM_MAIN", "dev.podium.desktop.Rehearsal");
    environment.put(
        "PODIUM_JAVA_OPTS",
        "-XX:AOTCacheOutput="
            + lib.resolve(cache + ".aot")
            + (display ? "" : " -Dglass.platform=Headless -Dprism.order=sw"));
    List<String> command = new ArrayList<>(List.of(launcher(home, "podium")));
    if (!part.isEmpty()) {
      command.add(part);
    }
    Tool.run(home, environment, command);
    name(lib, cache);
  }

  /// Lets agents run in a local cloud once, and keeps the cache in the agent's `lib`.
  ///
  /// @param agent with `bin` and `lib`
  /// @param runtime that will start it
  /// @param training the program that trains it, and the jars that it needs
  static void agent(Path agent, Path runtime, Path training, Path jars)
      throws IOException, InterruptedException {
    Path lib = agent.resolve("lib");
    remove(lib, "agent");
    Map<String, String> environment = new HashMap<>();
    environment.put("PODIUM_JAVA_HOME", runtime.toString());
    environment.put("PODIUM_JAVA_OPTS", "-XX:AOTCacheOutput=" + lib.resolve("agent.aot"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String said =
        Tool.run(
            agent,
            environment,
            List.of(
                java,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-classpath",
                jars + File.separator + "*",
                training.toString(),
                agent.toString(),
                "true"));
    if (!Files.exists(lib.resolve("agent.cache"))
        || Files.readString(lib.resolve("agent.cache")).startsWith("none")) {
      throw new IllegalStateException("The agent's class cache was not made:\n" + said);
    }
  }

  /// Removes what the build made for its own JDK: another runtime cannot use it.
  static void remove(Path lib, String program) throws IOException {
    try (DirectoryStream<Path> caches = Files.newDirectoryStream(lib, program + "*.aot")) {
      for (Path cache : caches) {
        Files.delete(cache);
      }
    }
    Files.deleteIfExists(lib.resolve(program + ".cache"));
  }

  private static void name(Path lib, String program) throws IOException {
    String name = program + "-" + Long.toString(System.currentTimeMillis(), 36) + ".aot";
    Files.move(lib.resolve(program + ".aot"), lib.resolve(name));
    Files.writeString(lib.resolve(program + ".cache"), name + "\n");
  }

  /// A launcher that does not use its cache prints nothing of it, or worse, an error at each start.
  private static void prove(Path home, Path data, String command)
      throws IOException, InterruptedException {
    Path loaded = data.resolve("loaded");
    Map<String, String> environment = clean(data);
    environment.put("PODIUM_JAVA_OPTS", PROOF + loaded);
    String said = Tool.run(home, environment, List.of(launcher(home, "podium"), command));
    try (Stream<String> lines = Files.lines(loaded)) {
      boolean used =
          lines.anyMatch(line ->
              line.contains("dev.podium.desktop.Podium ") && line.contains("shared objects file"));
      if (!used || said.lines().count() != 1) {
        throw new IllegalStateException("The console does not use its class cache:\n" + said);
      }
    }
  }

  private static Map<String, String> clean(Path data) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PODIUM_HOME", data.toString());
    environment.put("NO_GCE_CHECK", "true");
    environment.put("CLOUDSDK_CONFIG", data.resolve("gcloud").toString());
    return environment;
  }

  private static String launcher(Path home, String program) {
    return home.resolve("bin")
        .resolve(Platform.system().equals("windows") ? program + ".cmd" : program)
        .toString();
  }
}
