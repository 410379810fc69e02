import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// Java runtimes with only the modules that Podium uses, linked by this JDK's jlink.
///
/// Modules are not compressed: a package is compressed as a whole, to less, and they load sooner.
class LinkedRuntime {
  /// What Podium and its libraries use of the JDK, beside what JavaFX asks for itself.
  private static final String CONSOLE =
      "java.base,java.desktop,java.logging,java.management,java.naming,java.net.http,"
          + "java.security.jgss,java.sql,java.xml,jdk.crypto.cryptoki,jdk.crypto.ec,jdk.jfr,"
          + "jdk.localedata,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs,"
          + "javafx.controls";

  private static final String AGENT =
      "java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,"
          + "jdk.crypto.ec,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs";

  /// Of AWT, which Podium runs without a display: what draws, prints and plays on one.
  private static final List<String> UNUSED =
      List.of("libawt_xawt.so", "libjawt.so", "libjsound.so", "libsplashscreen.so");

  private LinkedRuntime() {}

  /// The console's, with JavaFX from the jars of a folder.
  static void console(Path runtime, Path javafx) throws IOException, InterruptedException {
    link(
        runtime,
        CONSOLE,
        List.of("--module-path", javafx.toString(), "--include-locales", "en,de,fr,es"));
    unpackNatives(javafx, runtime);
    for (String library : UNUSED) {
      Files.deleteIfExists(runtime.resolve("lib").resolve(library));
    }
    strip(runtime);
  }

  /// The agent's.
  static void agent(Path runtime) throws IOException, InterruptedException {
    link(runtime, AGENT, List.of());
    strip(runtime);
  }

  /// A runtime keeps `bin/java`, because the local cloud's VMs are started with it.
  private static void link(Path runtime, String modules, List<String> more) throws IOException {
    Folders.removed(runtime);
    List<String> options = new ArrayList<>(more);
    options.addAll(List.of("--add-modules", modules, "--output", runtime.toString()));
    options.addAll(List.of("--strip-debug", "--no-header-files", "--no-man-pages"));
    options.addAll(List.of("--compress", "zip-0"));
    Tool.ofJdk("jlink", options);
    if (!Platform.system().equals("windows")) {
      try (Stream<Path> programs = Files.list(runtime.resolve("bin"))) {
        for (Path program : programs.filter(file -> !file.endsWith("java")).toList()) {
          Files.delete(program);
        }
      }
    }
  }

  private static void strip(Path runtime) throws IOException, InterruptedException {
    if (!Platform.system().equals("linux") || !Platform.has("strip")) {
      return;
    }
    for (Path file : Folders.files(runtime)) {
      if (Platform.isLibrary(file.toString()) || Files.isExecutable(file)) {
        Tool.run("strip", "--strip-unneeded", file.toString());
      }
    }
  }

  /// Where JavaFX finds its native libraries without unpacking them into the home folder.
  private static void unpackNatives(Path javafx, Path runtime) throws IOException {
    Path libraries = runtime.resolve(Platform.system().equals("windows") ? "bin" : "lib");
    try (Stream<Path> jars = Files.list(javafx)) {
      for (Path path : jars.toList()) {
        try (JarFile jar = new JarFile(path.toFile())) {
          for (JarEntry entry : jar.stream().toList()) {
            if (!entry.getName().contains("/") && Platform.isLibrary(entry.getName())) {
              try (InputStream bytes = jar.getInputStream(entry)) {
                Path library = libraries.resolve(entry.getName());
                Files.copy(bytes, library, StandardCopyOption.REPLACE_EXISTING);
              }
            }
          }
        }
      }
    }
  }
}
