package dev.podium.localcloud.machine;

import dev.podium.localcloud.state.Instance;
import dev.podium.localcloud.state.InstanceSpec;
import dev.podium.localcloud.state.Machines;
import dev.podium.localcloud.state.MetadataHosts;
import dev.podium.localcloud.state.SerialLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Machines that are child processes of this JVM. Any thread may call.
public final class ProcessMachines implements Machines, AutoCloseable {
  /// The metadata item that tells the agent where to serve.
  private static final String PORT_ITEM = "podium-port";

  /// What all machines of a cloud share.
  ///
  /// @param command what a machine with the agent's image runs
  /// @param environment added to this process's own
  /// @param grace between the request to end and the end by force
  public record Settings(List<String> command, Map<String, String> environment, Duration grace) {
    public Settings {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }
  }

  private final Settings settings;
  private final MetadataHosts metadata;
  private final Path folder;
  private final Reaper reaper;
  private final ChatPorts ports = new ChatPorts();
  private final Map<Long, Machine> running = new ConcurrentHashMap<>();

  /// @param folder of this cloud alone; gone when the cloud is
  public ProcessMachines(Settings settings, MetadataHosts metadata, Path folder)
      throws IOException {
    this.settings = settings;
    this.metadata = metadata;
    this.folder = folder;
    this.reaper = Reaper.start(folder);
  }

  @Override
  public Map<String, String> additions(InstanceSpec spec) {
    if (!spec.agentImage() || spec.metadata().containsKey(PORT_ITEM)) {
      return Map.of();
    }
    return Map.of(PORT_ITEM, String.valueOf(ports.next()));
  }

  @Override
  public void boot(Instance instance, SerialLog log) {
    if (!instance.spec().agentImage()) {
      log.note("[local-cloud] This image holds no agent; the machine is on and idle.");
      return;
    }
    Machine machine = new Machine(instance, log);
    running.put(instance.id(), machine);
    Thread.ofVirtual().name("boot-" + instance.key().name()).start(() -> launch(machine));
  }

  private void launch(Machine machine) {
    Instance instance = machine.instance();
    try {
      String host = metadata.open(instance);
      Path home = Files.createDirectories(folder.resolve("vm-" + instance.id()));
      ProcessBuilder builder = new ProcessBuilder(settings.command()).directory(home.toFile());
      Map<String, String> environment = builder.environment();
      environment.putAll(settings.environment());
      environment.put("GCE_METADATA_HOST", host);
      environment.put("GCE_METADATA_IP", host);
      environment.put("GCE_METADATA_ROOT", host);
      environment.put("PODIUM_EXIT_ON_STDIN_EOF", "1");
      machine.start(builder, reaper);
    } catch (IOException fault) {
      machine.log().note("[local-cloud] The agent could not be started: " + fault.getMessage());
    }
  }

  @Override
  public void halt(Instance instance, boolean atOnce, Runnable whenGone) {
    Machine machine = running.remove(instance.id());
    if (machine == null) {
      finish(instance, atOnce, whenGone);
      return;
    }
    Thread.ofVirtual()
        .name("halt-" + instance.key().name())
        .start(
            () -> {
              machine.end(atOnce ? Duration.ZERO : settings.grace());
              finish(instance, atOnce, whenGone);
            });
  }

  /// A reset keeps the machine's metadata server, because the machine is on again at once.
  private void finish(Instance instance, boolean atOnce, Runnable whenGone) {
    if (!atOnce) {
      // The port stays taken while the record lives: a stopped instance may be started again.
      metadata.close(instance.id());
      CloudFolder.remove(folder.resolve("vm-" + instance.id()));
    }
    whenGone.run();
  }

  @Override
  public void freeze(Instance instance) {
    signal(instance, "-STOP");
  }

  @Override
  public void thaw(Instance instance) {
    signal(instance, "-CONT");
  }

  private void signal(Instance instance, String signal) {
    Machine machine = running.get(instance.id());
    if (machine != null) {
      machine.signal(signal);
    }
  }

  /// Ends all machines within the grace, then the reaper and the folder.
  @Override
  public void close() {
    List<Machine> last = List.copyOf(running.values());
    running.clear();
    List<Thread> ends =
        last.stream()
            .map(machine -> Thread.ofVirtual().start(() -> machine.end(settings.grace())))
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
