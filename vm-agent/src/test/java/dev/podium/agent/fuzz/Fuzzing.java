package dev.podium.agent.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lets Jazzer throw inputs at each target, each in a JVM of its own, and tells how many it threw
/// and what it found. What it learns stays in `target/fuzz`, as does the input of a finding.
///
/// Arguments: how many inputs in all, 10,000,000 if none; the names of the targets, all if none.
/// Ends with 1 if something was found.
final class Fuzzing {
  private static final Path FOLDER = Path.of("target", "fuzz");
  private static final Pattern DONE = Pattern.compile("Done (\\d+) (?:runs )?in (\\d+) second");

  private Fuzzing() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    long inputs = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
    List<String> wanted =
        List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    long done = 0;
    boolean good = true;
    for (Target target : Target.all()) {
      if (wanted.isEmpty() || wanted.contains(target.toString())) {
        long ran = run(target, (long) (inputs * target.share()));
        good &= ran >= 0;
        done += Math.max(0, ran);
      }
    }
    System.out.printf("%,d inputs in all, %s%n", done, good ? "nothing found" : "SEE ABOVE");
    System.exit(good ? 0 : 1);
  }

  /// @return how many inputs were thrown; -1 if something was found
  private static long run(Target target, long inputs) throws IOException, InterruptedException {
    Path corpus = seed(target);
    Process jazzer = start(target, inputs, corpus);
    long runs = -1;
    List<String> said = new ArrayList<>();
    try (BufferedReader out = jazzer.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.add(line);
        Matcher end = DONE.matcher(line);
        if (end.find()) {
          runs = Long.parseLong(end.group(1));
          System.out.printf("%-16s %,12d inputs in %s s%n", target, runs, end.group(2));
        }
      }
    }
    if (jazzer.waitFor() != 0 || runs < 0) {
      System.out.println(target + ": ended with " + jazzer.exitValue());
      said.stream().skip(Math.max(0, said.size() - 60)).forEach(System.out::println);
      return -1;
    }
    return runs;
  }

  private static Path seed(Target target) throws IOException {
    Path corpus = FOLDER.resolve(target.toString());
    Files.createDirectories(corpus);
    int number = 0;
    for (String text : target.seeds()) {
      Files.write(corpus.resolve("seed-" + number++), text.getBytes(StandardCharsets.UTF_8));
    }
    return corpus;
  }

  private static Process start(Target target, long inputs, Path corpus) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            // Jazzer loads its own part into the running JVM.
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-classpath",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + target.main().getName(),
            "--instrumentation_includes=dev.podium.**",
            "--reproducer_path=" + FOLDER,
            "-artifact_prefix=" + FOLDER + "/" + target + "-",
            "-runs=" + inputs,
            "-max_len=4096",
            corpus.toString())
        .redirectErrorStream(true)
        .start();
  }
}
