package dev.podium.localcloud.machine;

import dev.podium.localcloud.machine.MachineKind.EndRequest;
import dev.podium.localcloud.machine.MachineKind.Launch;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.instance.Instance;
import dev.podium.localcloud.state.instance.Machines.Condition;
import dev.podium.localcloud.state.instance.Machines.End;
import dev.podium.localcloud.state.instance.SerialLog;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One machine that is on: its process, and the pump from the process's output to the serial log.
/// Also its network, where that runs through the cloud.
final class Machine {
  private static final System.Logger LOG = System.getLogger(Machine.class.getName());

  /// 128 and SIGTERM, by which shells and Java say that they were asked to end.
  private static final int ASKED_TO_END = 143;

  private final Instance instance;
  private final MachineKind kind;
  private final SerialLog log;
  private @Nullable Process process;
  private @Nullable MachineNetwork network;
  private EndRequest request = (process, _) -> process.destroy();
  private final Consumer<End> whenEnded;
  private Optional<String> metadata = Optional.empty();
  private boolean ended;
  private boolean hung;
  private boolean suspended;

  /// @param whenEnded told once its programs ended, unless [#end] was called
  Machine(Instance instance, MachineKind kind, SerialLog log, Consumer<End> whenEnded) {
    this.instance = instance;
    this.kind = kind;
    this.log = log;
    this.whenEnded = whenEnded;
  }

  Instance instance() {
    return instance;
  }

  MachineKind kind() {
    return kind;
  }

  SerialLog log() {
    return log;
  }

  /// Where its metadata server is: `127.0.0.1:PORT`.
  synchronized void knowMetadata(String address) {
    metadata = Optional.of(address);
  }

  /// Starts the process, unless the machine was turned off meanwhile.
  synchronized void start(Launch launch, Reaper reaper) throws IOException {
    network = launch.network();
    request = launch.request();
    if (ended) {
      disconnect();
      return;
    }
    Process started = launch.builder().redirectErrorStream(true).start();
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
      log.note("[local-cloud] " + kind.program() + " ended with code " + code + ".");
      tell(code);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    reaper.remove(started.pid());
  }

  /// Whoever is asked to end, by `poweroff` or SIGTERM, shuts down; everything else is a crash.
  private void tell(int code) {
    synchronized (this) {
      if (ended) {
        return;
      }
    }
    whenEnded.accept(code == 0 || code == ASKED_TO_END ? End.SHUTDOWN : End.CRASH);
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
    if (last != null) {
      if (grace.isPositive()) {
        ask(last, grace);
      }
      killAll(last);
    }
    disconnect();
  }

  private void ask(Process last, Duration grace) {
    long end = System.nanoTime() + grace.toNanos();
    EndRequest asking;
    synchronized (this) {
      asking = request;
    }
    asking.send(last, grace);
    try {
      last.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// A launcher that did not replace itself leaves its own child behind when it is killed.
  private static void killAll(Process last) {
    List<ProcessHandle> below = last.descendants().toList();
    last.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
    try {
      last.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void disconnect() {
    if (network != null) {
      network.close();
      network = null;
    }
  }

  /// All programs die at once; the machine stays on. Returns when they are dead.
  void crash() {
    Process last;
    synchronized (this) {
      last = process;
      hung = false;
    }
    if (last != null) {
      log.note("[local-cloud] The machine crashes, as the local cloud was told to let it.");
      killAll(last);
    }
  }

  /// Stops the programs where they are, or lets them carry on unless the machine is suspended.
  ///
  /// @throws Refusal if this system cannot do that
  synchronized void hang(boolean now) {
    if (process == null || !process.isAlive()) {
      throw Refusal.invalid("Nothing runs in the machine '" + instance.key().name() + "'.");
    }
    boolean before = hung || suspended;
    hung = now;
    try {
      pause(before);
    } catch (IOException absent) {
      throw new Refusal(
          501, "notImplemented", "This system cannot freeze a machine: " + absent.getMessage());
    }
  }

  /// Freezes the machine, or lets it carry on unless it hangs.
  synchronized void suspend(boolean now) {
    boolean before = hung || suspended;
    suspended = now;
    try {
      pause(before);
    } catch (IOException absent) {
      log.note("[local-cloud] This system cannot freeze a machine: " + absent.getMessage());
    }
  }

  /// Signals by the system's own tool, since the JDK has no other signals than those that end.
  private void pause(boolean before) throws IOException {
    boolean after = hung || suspended;
    if (before == after || process == null || !process.isAlive()) {
      return;
    }
    List<Long> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants())
            .map(ProcessHandle::pid)
            .toList();
    List<String> command = new ArrayList<>(List.of("kill", after ? "-STOP" : "-CONT"));
    all.forEach(pid -> command.add(String.valueOf(pid)));
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      if (after) {
        StoppedProcesses.await(all);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Cuts the network, or heals it.
  ///
  /// @throws Refusal if it does not run through the cloud
  synchronized void cut(boolean now) {
    if (network == null) {
      throw Refusal.invalid(
          "The network of '"
              + instance.key().name()
              + "' cannot be cut, because it does not run through the local cloud. Set"
              + " cuttableNetworks and reset the machine, or create another.");
    }
    network.set(now);
  }

  /// Lets nothing through to the port that it serves, or lets it through again. One that is reached
  /// directly stays open.
  synchronized void closePort(boolean now) {
    if (network != null) {
      network.close(now);
    }
  }

  synchronized Condition condition() {
    Process first = process;
    OptionalLong pid =
        first != null && first.isAlive() ? OptionalLong.of(first.pid()) : OptionalLong.empty();
    return new Condition(
        pid,
        hung && pid.isPresent(),
        network != null,
        network != null && network.isCut(),
        metadata);
  }
}
