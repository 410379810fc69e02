package dev.podium.localcloud.machine;

import dev.podium.localcloud.state.Instance;
import dev.podium.localcloud.state.SerialLog;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One machine that is on: its process, and the pump from the process's output to the serial log.
final class Machine {
  private static final System.Logger LOG = System.getLogger(Machine.class.getName());

  private final Instance instance;
  private final SerialLog log;
  private @Nullable Process process;
  private boolean ended;

  Machine(Instance instance, SerialLog log) {
    this.instance = instance;
    this.log = log;
  }

  Instance instance() {
    return instance;
  }

  SerialLog log() {
    return log;
  }

  /// Starts the process, unless the machine was turned off meanwhile.
  synchronized void start(ProcessBuilder builder, Reaper reaper) throws IOException {
    if (ended) {
      return;
    }
    Process started = builder.redirectErrorStream(true).start();
    process = started;
    reaper.add(started.pid());
    Thread.ofVirtual().name("serial-" + instance.key().name()).start(() -> pump(started, reaper));
  }

  private void pump(Process started, Reaper reaper) {
    byte[] buffer = new byte[8_192];
    try (InputStream output = started.getInputStream()) {
      for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
        log.write(buffer, count);
      }
    } catch (IOException closed) {
      LOG.log(System.Logger.Level.DEBUG, "The output of {0} ended.", instance.key().name());
    }
    try {
      int code = started.waitFor();
      log.note("[local-cloud] The agent's process ended with code " + code + ".");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    reaper.remove(started.pid());
  }

  /// Ends the process: asks, waits, then forces. Returns when it is gone.
  ///
  /// @param grace zero to force at once
  void end(Duration grace) {
    Process last;
    synchronized (this) {
      ended = true;
      last = process;
    }
    if (last == null) {
      return;
    }
    // A launcher that did not replace itself leaves its own child behind when it is killed.
    List<ProcessHandle> below = last.descendants().toList();
    try {
      if (grace.isPositive()) {
        last.destroy();
        last.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
      }
      below.forEach(ProcessHandle::destroyForcibly);
      last.destroyForcibly().waitFor();
    } catch (InterruptedException interrupted) {
      last.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /// Sends a signal by the system's own tool; nothing happens where there is none.
  synchronized void signal(String signal) {
    if (process == null || !process.isAlive()) {
      return;
    }
    try {
      new ProcessBuilder("kill", signal, String.valueOf(process.pid())).inheritIO().start();
    } catch (IOException absent) {
      log.note("[local-cloud] This system cannot freeze a machine: " + absent.getMessage());
    }
  }
}
