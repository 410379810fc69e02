package dev.podium.localcloud.machine;

import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.instance.Instance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Machines that are the agent itself, without an operating system of their own.
///
/// @param command what a machine runs
/// @param environment added to this process's own
/// @param pubsub where they find Pub/Sub: `host:port`
public record AgentProcesses(List<String> command, Map<String, String> environment, String pubsub)
    implements MachineKind {
  private static final List<String> METADATA_VARIABLES =
      List.of("GCE_METADATA_HOST", "GCE_METADATA_IP", "GCE_METADATA_ROOT");

  private static final String PUBSUB_VARIABLE = "PUBSUB_EMULATOR_HOST";

  public AgentProcesses {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  @Override
  public String ownAddress() {
    return "127.0.0.1";
  }

  @Override
  public Map<String, String> additions() {
    return Map.of();
  }

  @Override
  public String program() {
    return "The agent's process";
  }

  @Override
  public boolean keepsDisk() {
    return false;
  }

  @Override
  public Duration grace(Duration usual) {
    return usual;
  }

  @Override
  public Launch prepare(
      Instance instance, String metadata, Path home, int served, int hidden, FaultPlan plan)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    Map<String, String> variables = builder.environment();
    variables.putAll(environment);
    METADATA_VARIABLES.forEach(variable -> variables.put(variable, metadata));
    variables.put(PUBSUB_VARIABLE, pubsub);
    variables.put("PODIUM_EXIT_ON_STDIN_EOF", "1");
    return new Launch(
        builder, network(variables, served, hidden, plan), (process, _) -> process.destroy());
  }

  private static @Nullable MachineNetwork network(
      Map<String, String> environment, int served, int hidden, FaultPlan plan) throws IOException {
    if (!plan.now().cuttableNetworks() && !plan.now().probesCut()) {
      return null;
    }
    List<String> addresses = new ArrayList<>(METADATA_VARIABLES);
    addresses.add(PUBSUB_VARIABLE);
    return RelayedNetwork.open(environment, addresses, served, hidden);
  }
}
