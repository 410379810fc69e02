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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Machines that are child processes of this JVM, each of one of the kinds that the cloud has. Any
/// thread may call.
public final class ProcessMachines implements Machines, AutoCloseable {
  /// The metadata item by which an instance chooses another kind than the cloud's usual one.
  public static final String KIND_ITEM = "local-cloud-machine";

  /// What the machines of a cloud are.
  ///
  /// @param kinds by the names that [#KIND_ITEM] takes, such as `process`
  /// @param usual the name of the kind for instances that choose none
  /// @param longestEnd what all of them together get when the cloud is closed
  public record Settings(Map<String, MachineKind> kinds, String usual, Duration longestEnd) {
    public Settings {
      kinds = Map.copyOf(kinds);
      if (!kinds.containsKey(usual)) {
        throw new IllegalArgumentException("There is no kind of machine '" + usual + "'.");
      }
    }
  }

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
    if (!spec.agentImage()) {
      return Map.of();
    }
    Map<String, String> additions = new LinkedHashMap<>();
    additions.put(MachineKind.PORT_ITEM, String.valueOf(ports.next()));
    kind(spec).ifPresent(kind -> additions.putAll(kind.additions()));
    additions.keySet().removeAll(spec.metadata().keySet());
    return additions;
  }

  private Optional<MachineKind> kind(InstanceSpec spec) {
    return Optional.ofNullable(settings.kinds().get(kindName(spec)));
  }

  private String kindName(InstanceSpec spec) {
    return spec.metadata().getOrDefault(KIND_ITEM, settings.usual());
  }

  @Override
  public void boot(Instance instance, SerialLog log, Consumer<End> whenEnded) {
    if (!instance.spec().agentImage()) {
      log.note("[local-cloud] This image holds no agent; the machine is on and idle.");
      return;
    }
    Optional<MachineKind> kind = kind(instance.spec());
    if (kind.isEmpty()) {
      log.note(
          "[local-cloud] This cloud has no machines of the kind '"
              + kindName(instance.spec())
              + "'; the machine is on and idle. Its kinds are "
              + String.join(", ", new TreeSet<>(settings.kinds().keySet()))
              + ".");
      return;
    }
    Machine machine = new Machine(instance, kind.get(), log, whenEnded);
    running.put(instance.id(), machine);
    Thread.ofVirtual().name("boot-" + instance.key().name()).start(() -> launch(machine));
  }

  private void launch(Machine machine) {
    Instance instance = machine.instance();
    try {
      String host = metadata.open(instance, machine.kind().ownAddress());
      machine.knowMetadata(host);
      Path home = Files.createDirectories(home(instance));
      machine.start(
          machine.kind().prepare(instance, host, home, served(instance), ports.next(), plan),
          reaper);
      machine.closePort(plan.now().probesCut());
    } catch (IOException fault) {
      machine.log().note("[local-cloud] The agent could not be started: " + fault.getMessage());
    }
  }

  private static int served(Instance instance) {
    String port = instance.spec().metadata().getOrDefault(MachineKind.PORT_ITEM, "");
    return port.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(port) : 0;
  }

  private Path home(Instance instance) {
    return folder.resolve("vm-" + instance.id());
  }

  @Override
  public void halt(Instance instance, Duration grace, Runnable whenGone) {
    Optional<MachineKind> kind = kind(instance.spec());
    boolean kept = kind.map(MachineKind::keepsDisk).orElse(false);
    end(
        instance,
        kind.filter(_ -> grace.isPositive()).map(own -> own.grace(grace)).orElse(grace),
        () -> {
          // The port stays taken while the record lives: a stopped instance may be started again.
          metadata.close(instance.id());
          if (!kept) {
            CloudFolder.remove(home(instance));
          }
          whenGone.run();
        });
  }

  @Override
  public void forget(Instance instance) {
    Thread.ofVirtual()
        .name("forget-" + instance.key().name())
        .start(() -> CloudFolder.remove(home(instance)));
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
