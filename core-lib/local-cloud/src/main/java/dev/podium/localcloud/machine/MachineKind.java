package dev.podium.localcloud.machine;

import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.instance.Instance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the machines of a cloud are: a process each, and how it is started and asked to end. Any
/// thread may call.
public interface MachineKind {
  /// The metadata item that tells the agent where to serve.
  String PORT_ITEM = "podium-port";

  /// The address that a machine has for itself, as its metadata says.
  String ownAddress();

  /// Metadata that each machine of the kind needs, beside its port.
  Map<String, String> additions();

  /// How the process is called in the machine's serial log, at the start of a sentence.
  String program();

  /// Whether what a machine wrote is there again when it is started after a stop.
  boolean keepsDisk();

  /// What a machine gets to end by itself, where the cloud's own tempo gives it `usual`.
  Duration grace(Duration usual);

  /// Makes all ready for a start, and starts nothing yet. May block for a while.
  ///
  /// @param metadata where the machine's metadata server is: `127.0.0.1:PORT`
  /// @param home a folder of the machine's own, which is there
  /// @param served the port of the loopback on which it is to be reached; 0 for none
  /// @param hidden a free port, for kinds that forward from `served` to another
  /// @throws IOException if it cannot be started; the sentence says why
  Launch prepare(
      Instance instance, String metadata, Path home, int served, int hidden, FaultPlan plan)
      throws IOException;

  /// A process that is ready to be started.
  ///
  /// @param builder its output goes to the serial log
  /// @param network ends with the machine; null where it cannot be cut
  /// @param request asks the running process to end by itself
  record Launch(ProcessBuilder builder, @Nullable MachineNetwork network, EndRequest request) {}

  /// Asks a machine to end by itself, as a press of its power button does.
  @FunctionalInterface
  interface EndRequest {
    /// Returns when it is asked, long before it has ended.
    ///
    /// @param longest how long the machine gets in all
    void send(Process process, Duration longest);
  }
}
