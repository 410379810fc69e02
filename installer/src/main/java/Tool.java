import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/// Runs the programs that make packages; a failure ends the build and shows what was said.
class Tool {
  private Tool() {}

  /// A tool of this JDK.
  static void ofJdk(String tool, List<String> options) {
    ToolProvider provider =
        ToolProvider.findFirst(tool)
            .orElseThrow(() -> new IllegalStateException("This JDK has no " + tool));
    if (provider.run(System.out, System.err, options.toArray(String[]::new)) != 0) {
      throw new IllegalStateException(tool + " failed: " + String.join(" ", options));
    }
  }

  /// A program of the system's.
  ///
  /// @return what it printed
  static String run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException("Failed: " + String.join(" ", command) + "\n" + said);
    }
    return said;
  }

  /// The same in this folder.
  static String run(String... command) throws IOException, InterruptedException {
    return run(Path.of("").toAbsolutePath(), Map.of(), List.of(command));
  }
}
