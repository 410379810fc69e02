package dev.podium.localcloud.machine;

import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.instance.Instance;
import dev.podium.localcloud.state.instance.InstanceSpec;
import dev.podium.localcloud.state.instance.Machines;
import dev.podium.localcloud.state.instance.MetadataHosts;
import dev.podium.localcloud.state.instance.SerialLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Machines that are child processes of this JVM. Any thread may call.
public final class ProcessMachines implements Machines, AutoCloseable {
  /// The metadata item that tells the agent where to serve.
  private static final String PORT_ITEM = "podium-port";

  /// What all machines of a cloud share.
  ///
  /// @param command what a machine with the agent's image runs
  /// @param environment added to this process's own
  /// @param pubsub where they find Pub/Sub: `host:port`
  /// @param longestEnd what all of them together get when the cloud is closed
  public record Settings(
      List<String> command, Map<String, String> environment, String pubsub, Duration longestEnd) {
    public Settings {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }
  }

  private static final List<String> METADATA_VARIABLES =
      List.of("GCE_METADATA_HOST", "GCE_METADATA_IP", "GCE_METADATA_ROOT");

  private static final String PUBSUB_VARIABLE = "PUBSUB_EMULATOR_HOST";

  private final Settings settings;
  private final FaultPlan plan;
  private final MetadataHosts metadata;
  private final Path folder;
  private final Reaper reaper;
  private final ChatPorts ports = new ChatPorts();
  private final Map<Long, Machine> running = new ConcurrentHashMap<>();

  /// @param plan whether networks are to be cuttable
  /// @param folder of this cloud alone; gone when the cloud is
  public ProcessMachines(Settings settings, FaultPlan plan, MetadataHosts metadata, Path folder)
      throws IOException {
    this.settings = settings;
    this.plan = plan;
    this.metadata = metadata;
    this.folder = folder;
    this.reaper = Reaper.start(folder);
    plan.onChange(
        faults -> running.values().forEach(machine -> machine.closePort(faults.probesCut())));
  }

  @Override
  public Map<String, String> additions(InstanceSpec spec) {
    if (!spec.agentImage() || spec.metadata().containsKey(PORT_ITEM)) {
      return Map.of();
    }
    return Map.of(PORT_ITEM, String.valueOf(ports.next()));
  }

  @Override
  public void boot(Instance instance, SerialLog log, Consumer<End> whenEnded) {
    if (!instance.spec().agentImage()) {
      log.note("[local-cloud] This image holds no agent; the machine is on and idle.");
      return;
    }
    Machine machine = new Machine(instance, log, whenEnded);
    running.put(instance.id(), machine);
    Thread.ofVirtual().name("boot-" + instance.key().name()).start(() -> launch(machine));
  }

  private void launch(Machine machine) {
    Instance instance = machine.instance();
    try {
      String host = metadata.open(instance);
      machine.knowMetadata(host);
      Path home = Files.createDirectories(folder.resolve("vm-" + instance.id()));
      ProcessBuilder builder = new ProcessBuilder(settings.command()).directory(home.toFile());
      Map<String, String> environment = builder.environment();
      environment.putAll(settings.environment());
      METADATA_VARIABLES.forEach(variable -> environment.put(variable, host));
      environment.put(PUBSUB_VARIABLE, settings.pubsub());
      environment.put("PODIUM_EXIT_ON_STDIN_EOF", "1");
      machine.start(builder, network(instance, environment), reaper);
      machine.closePort(plan.now().probesCut());
    } catch (IOException fault) {
      machine.log().note("[local-cloud] The agent could not be started: " + fault.getMessage());
    }
  }

  private @Nullable MachineNetwork network(Instance instance, Map<String, String> environment)
      throws IOException {
    if (!plan.now().cuttableNetworks() && !plan.now().probesCut()) {
      return null;
    }
    List<String> variables = new ArrayList<>(METADATA_VARIABLES);
    variables.add(PUBSUB_VARIABLE);
    String served = instance.spec().metadata().getOrDefault(PORT_ITEM, "");
    return MachineNetwork.open(
        environment,
        variables,
        served.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(served) : 0,
        ports.next());
  }

  @Override
  public void halt(Instance instance, Duration grace, Runnable whenGone) {
    end(
        instance,
        grace,
        () -> {
          // The port stays taken while the record lives: a stopped instance may be started again.
          metadata.close(instance.id());
          CloudFolder.remove(folder.resolve("vm-" + instance.id()));
          whenGone.run();
        });
  }

  @Override
  public void cutPower(Instance instance, Runnable whenOff) {
    end(instance, Duration.ZERO, whenOff);
  }

  private void end(Instance instance, Duration grace, Runnable then) {
    Machine machine = running.remove(instance.id());
    if (machine == null) {
      then.run();
      return;
    }
    Thread.ofVirtual()
        .name("halt-" + instance.key().name())
        .start(() -> {
          machine.end(grace);
          then.run();
        });
  }

  @Override
  public void freeze(Instance instance) {
    Optional.ofNullable(running.get(instance.id())).ifPresent(machine -> machine.suspend(true));
  }

  @Override
  public void thaw(Instance instance) {
    Optional.ofNullable(running.get(instance.id())).ifPresent(machine -> machine.suspend(false));
  }

  @Override
  public void afflict(Instance instance, Affliction affliction) {
    Machine machine = running.get(instance.id());
    if (machine == null) {
      throw Refusal.invalid("Nothing runs in the machine '" + instance.key().name() + "'.");
    }
    switch (affliction) {
      case HANG -> machine.hang(true);
      case UNHANG -> machine.hang(false);
      case CRASH -> machine.crash();
      case CUT -> machine.cut(true);
      case HEAL -> machine.cut(false);
    }
  }

  @Override
  public Condition condition(Instance instance) {
    Machine machine = running.get(instance.id());
    return machine == null ? Condition.OFF : machine.condition();
  }

  /// Ends all machines within the grace, then the reaper and the folder.
  @Override
  public void close() {
    List<Machine> last = List.copyOf(running.values());
    running.clear();
    List<Thread> ends =
        last.stream()
            .map(machine -> Thread.ofVirtual().start(() -> machine.end(settings.longestEnd())))
            .toList();
    try {
      for (Thread end : ends) {
        end.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    last.forEach(machine -> metadata.close(machine.instance().id()));
    reaper.close();
    CloudFolder.remove(folder);
  }
}
