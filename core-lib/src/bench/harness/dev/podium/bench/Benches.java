package dev.podium.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Runs the benchmarks of the module in whose folder it is started: every program `…Bench` below
/// `src/bench/java`, one after another. Each has a JVM of its own, so that none inherits another's
/// heap or compiled code.
///
/// Arguments: the names of those to run, separated by commas, without `Bench` and in any case; none
/// or an empty one for all. Ends with 1 if a benchmark could not be run; a missed goal is told in
/// its table and fails nothing, because a figure depends on the machine.
public final class Benches {
  private static final Path SOURCES = Path.of("src", "bench", "java");
  private static final String SUFFIX = "Bench.java";

  private Benches() {}

  /// Runs them.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String wanted = arguments.length == 0 ? "" : arguments[0].toLowerCase(Locale.ROOT);
    boolean failed = false;
    for (Path source : sources()) {
      String name = source.getFileName().toString().replace(SUFFIX, "").toLowerCase(Locale.ROOT);
      if (wanted.isBlank() || List.of(wanted.split(",", -1)).contains(name)) {
        failed |= run(className(source)) != 0;
      }
    }
    System.exit(failed ? 1 : 0);
  }

  private static List<Path> sources() throws IOException {
    if (!Files.isDirectory(SOURCES)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(SOURCES)) {
      return all.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  private static String className(Path source) {
    String path = SOURCES.relativize(source).toString();
    return path.substring(0, path.length() - ".java".length()).replace(File.separatorChar, '.');
  }

  private static int run(String program) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Program.java());
    command.add(program);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
