package dev.podium.desktop.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a local cloud's machine runs where a test has VMs of several kinds. The machine's name says
/// which: `old-…` is of the release before VMs signed, `stolen-…` is the test's own, and all others
/// run the agent that was built.
///
/// Started in the agent's place, in the one process that the local cloud knows.
public final class ChosenAgent {
  private static final String HOME = "podium.test.agent";

  /// The folder of an agent of the release before, in place of the one that plays it.
  private static final String BEFORE = "podium.test.before";

  private ChosenAgent() {}

  /// For the local cloud's environment: names a folder where the agent is this program.
  ///
  /// @param folder is made, and the caller's to remove
  static Map<String, String> environment(Path folder) {
    Path real = Path.of("target/podium/agent/lib").toAbsolutePath();
    try {
      Path lib = Files.createDirectories(folder.resolve("lib"));
      // The main class ends a JVM's options, so what the local cloud appends are its arguments.
      String options =
          Files.readString(real.resolve("jvm.options"))
              + "\n\"-D%s=%s\"\n".formatted(HOME, escaped(real.toString()))
              + "\"-D%s=%s\"\n".formatted(BEFORE, escaped(System.getProperty(BEFORE, "")))
              + "--class-path\n\"%s\"\n%s\n"
                  .formatted(
                      escaped(System.getProperty("java.class.path")), ChosenAgent.class.getName());
      Files.writeString(lib.resolve("jvm.options"), options);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return Map.of("PODIUM_AGENT_HOME", folder.toString());
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\");
  }

  static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public static void main(String[] arguments) throws Exception {
    String host = System.getenv("GCE_METADATA_HOST");
    String name = metadata(host, "instance/name");
    String before = System.getProperty(BEFORE, "");
    if (name.startsWith("stolen-")) {
      System.out.println("metadata at " + host);
      while (System.in.read() >= 0) {
        // Whoever started it holds its standard input open.
      }
    } else if (name.startsWith("old-") && before.isEmpty()) {
      OldAgent.run(host);
    } else {
      run(Path.of(name.startsWith("old-") ? before : System.getProperty(HOME)));
    }
  }

  static String metadata(String host, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + host + "/computeMetadata/v1/" + path))
            .header("Metadata-Flavor", "Google")
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString()).body().strip();
    }
  }

  /// Runs the agent of that folder, apart from this program's classes.
  private static void run(Path lib) throws Exception {
    List<Path> jars;
    try (Stream<Path> files = Files.list(lib)) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    URL[] places = new URL[jars.size()];
    for (int n = 0; n < places.length; n++) {
      places[n] = jars.get(n).toUri().toURL();
    }
    // Never closed: the agent loads classes as long as it runs.
    URLClassLoader loader = new URLClassLoader(places, ClassLoader.getPlatformClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    Class<?> main = loader.loadClass("dev.podium.agent.Main");
    main.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
  }
}
