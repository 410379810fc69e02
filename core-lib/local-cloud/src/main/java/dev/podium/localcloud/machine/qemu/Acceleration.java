package dev.podium.localcloud.machine.qemu;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Whether this computer's processor can run machines itself. Its word is not enough: some
/// computers offer it, and then a guest hangs. So a trial boot shows it.
final class Acceleration {
  /// Software alone, which works everywhere.
  static final String SOFTWARE = "tcg";

  private static final System.Logger LOG = System.getLogger(Acceleration.class.getName());
  private static final Path KVM = Path.of("/dev/kvm");

  /// Linux says it when it starts its first program; a machine that works does so in two seconds.
  private static final String STARTED = "Run /init as init process";

  /// How long a trial boot gets.
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /// Ends what it runs when its input ends, so also when this program is gone.
  private static final List<String> LEASH =
      List.of(
          "/bin/sh",
          "-c",
          "\"$@\" </dev/null & exec >/dev/null 2>&1; read -r _; kill -9 $!",
          "trial");

  private Acceleration() {}

  /// What this system offers, if anything.
  ///
  /// @param system the operating system's name, as Java tells it
  static Optional<String> offered(String system) {
    if (system.toLowerCase(Locale.ROOT).startsWith("mac")) {
      return System.getProperty("os.arch").equals("x86_64") ? Optional.of("hvf") : Optional.empty();
    }
    return Files.isReadable(KVM) && Files.isWritable(KVM) ? Optional.of("kvm") : Optional.empty();
  }

  /// Boots a machine with what is offered and looks whether its kernel gets on. Blocks for that
  /// long at most.
  ///
  /// @param trial boots with what is offered and is thrown away
  /// @return what machines are to use
  static String proven(QemuCommand trial, Duration patience) {
    String offered = trial.accelerator();
    String why;
    try {
      why = starts(trial, patience) ? "" : "a trial boot did not get on";
    } catch (IOException failure) {
      why = String.valueOf(failure.getMessage());
    }
    LOG.log(
        System.Logger.Level.INFO,
        why.isEmpty()
            ? "VMs run with " + offered
            : "VMs run in software, several times slower than with " + offered + ": " + why);
    return why.isEmpty() ? offered : SOFTWARE;
  }

  private static boolean starts(QemuCommand trial, Duration patience) throws IOException {
    List<String> command = new ArrayList<>(LEASH);
    command.addAll(trial.line());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    // Its end ends the reading below.
    Thread limit = Thread.ofVirtual().start(() -> endAfter(process, patience));
    try (BufferedReader serial =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = serial.readLine(); line != null; line = serial.readLine()) {
        if (line.contains(STARTED)) {
          return true;
        }
      }
      return false;
    } finally {
      limit.interrupt();
      release(process);
    }
  }

  private static void endAfter(Process process, Duration patience) {
    try {
      process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException done) {
      Thread.currentThread().interrupt();
    }
    release(process);
  }

  private static void release(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException ended) {
      LOG.log(System.Logger.Level.DEBUG, "A trial had ended by itself.", ended);
    }
  }
}
