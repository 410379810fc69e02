package dev.podium.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A program that takes part in a benchmark as a process of its own: a server of ours or a peer. It
/// ends with [#close], or with this JVM.
public final class Program implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path TASKSET = Path.of("/usr/bin/taskset");

  private final Process process;
  private final BufferedReader output;
  private final Thread reaper;

  private Program(Process process) {
    this.process = process;
    this.output = process.inputReader();
    this.reaper = new Thread(this::kill);
    Runtime.getRuntime().addShutdownHook(reaper);
  }

  /// Starts one. What it says on its standard error is shown.
  ///
  /// @param environment in addition to this process's
  public static Program start(List<String> command, Path folder, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    return new Program(builder.start());
  }

  /// How to start a Java program with this program's class path and JVM; its name comes next.
  public static List<String> java(String... jvmArguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Djava.util.logging.config.class=dev.podium.bench.Quiet");
    command.addAll(List.of(jvmArguments));
    command.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    return command;
  }

  /// The command, held to one processor where the system can do that; unchanged elsewhere. A server
  /// on one processor and its clients on another disturb each other least.
  public static List<String> pinned(int processor, List<String> command) {
    if (!Files.isExecutable(TASKSET)) {
      return command;
    }
    List<String> pinned = new ArrayList<>(List.of(TASKSET.toString(), "-c", "" + processor));
    pinned.addAll(command);
    return pinned;
  }

  /// Reads lines of its standard output up to the first that is wanted.
  ///
  /// @throws IllegalStateException if it ends, or a minute passes, before
  public String line(Predicate<String> wanted) {
    Thread watch =
        Thread.startVirtualThread(() -> {
          try {
            Thread.sleep(PATIENCE);
            process.destroyForcibly();
          } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
          }
        });
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (wanted.test(line)) {
          return line;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      watch.interrupt();
    }
    throw new IllegalStateException(
        process.info().command().orElse("A program") + " ended, or said nothing for a minute");
  }

  /// Sends it a line on its standard input.
  public void say(String line) throws IOException {
    process.outputWriter().write(line + "\n");
    process.outputWriter().flush();
  }

  /// Its number, for what the system tells of it.
  public long pid() {
    return process.pid();
  }

  /// Sends a process a signal, by its name, where the system has signals.
  public static void signal(long pid, String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }

  /// The processor time that it has used, in seconds; NaN where the system does not say.
  public double cpuSeconds() {
    return process.info().totalCpuDuration().map(used -> used.toNanos() / 1e9).orElse(Double.NaN);
  }

  /// The memory that it holds, in MiB; NaN where the system does not say.
  public double residentMebibytes() {
    try {
      return Files.readString(Path.of("/proc/" + pid() + "/status"))
          .lines()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException unknown) {
      return Double.NaN;
    }
  }

  /// Waits for its own end.
  ///
  /// @return how it ended
  public int join() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    kill();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
      Runtime.getRuntime().removeShutdownHook(reaper);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException shuttingDown) {
      // The hook is running already.
    }
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
