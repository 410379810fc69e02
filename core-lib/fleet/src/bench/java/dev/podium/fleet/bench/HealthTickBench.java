package dev.podium.fleet.bench;

import com.sun.management.ThreadMXBean;
import dev.podium.bench.Figure;
import dev.podium.bench.Race;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.health.Effects;
import dev.podium.fleet.health.FleetSizing;
import dev.podium.fleet.health.FleetWatch;
import dev.podium.fleet.health.OperatorView;
import dev.podium.fleet.health.Rulebook;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.Labels;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// One tick of the health rules over 10,000 VMs. Some are healthy, some have said nothing for a
/// while, and each tick judges every one.
public final class HealthTickBench {
  private static final int COUNT = 10_000;
  private static final int TICKS = 100;
  private static final int ROUNDS = 3;

  private static final Figure HEALTHY =
      Figure.lower("a tick, all healthy, processor time", "ms").value(5);
  private static final Figure BYTES = Figure.lower("a tick, all healthy, allocated", "KB");
  private static final Figure SILENT =
      Figure.lower("a tick, all silent for 30 s, processor time", "ms").value(5);
  private static final Figure SILENT_BYTES =
      Figure.lower("a tick, all silent for 30 s, allocated", "KB");
  private static final Figure LATER_BYTES =
      Figure.lower("a tick, all silent for 5 min, allocated", "KB");

  private final EventStream events = new EventStream();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final FleetWatch watch;
  private Duration elapsed = Duration.ofHours(1);

  private HealthTickBench() {
    this.watch =
        new FleetWatch(
            HealthLimits.standard(),
            Rulebook.of(HealthLimits.standard()),
            "bench",
            FleetSizing.atLeast(0),
            new Nothing(),
            events,
            new OperatorView(() -> 50, _ -> OptionalDouble.of(0)),
            now());
  }

  /// Runs the bench and prints its table.
  public static void main(String[] arguments) throws Exception {
    new Race(
            "Health of 10,000 VMs, limits of a cloud",
            HEALTHY,
            BYTES,
            SILENT,
            SILENT_BYTES,
            LATER_BYTES)
        .enter("Podium", () -> new HealthTickBench().round())
        .run(ROUNDS);
  }

  private Map<Figure, Double> round() {
    List<Vm> vms = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      vms.add(vm(i));
    }
    watch.tick(now());
    watch.listed(vms, now());
    for (int sequence = 1; sequence <= 3; sequence++) {
      for (int i = 0; i < COUNT; i++) {
        watch.heard(beat(i, sequence), now().wall(), now());
      }
      pass(Duration.ofSeconds(1));
    }
    require(Health.HEALTHY);
    double[] healthy = ticks();
    pass(Duration.ofSeconds(30));
    double[] silent = ticks();
    pass(Duration.ofMinutes(5));
    double[] later = ticks();
    return Map.of(
        HEALTHY, healthy[0],
        BYTES, healthy[1],
        SILENT, silent[0],
        SILENT_BYTES, silent[1],
        LATER_BYTES, later[1]);
  }

  /// @return milliseconds of processor time and kilobytes allocated a tick, in the steady state
  private double[] ticks() {
    for (int i = 0; i < 20; i++) {
      pass(Duration.ofMillis(1));
    }
    long cpu = threads.getCurrentThreadCpuTime();
    long bytes = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < TICKS; i++) {
      pass(Duration.ofMillis(1));
    }
    return new double[] {
      (threads.getCurrentThreadCpuTime() - cpu) / 1e6 / TICKS,
      (threads.getCurrentThreadAllocatedBytes() - bytes) / 1024.0 / TICKS
    };
  }

  private void require(Health wanted) {
    List<Health> found = new ArrayList<>();
    events
        .subscribe(event -> {
          if (event instanceof FleetEvent.VmChanged(var vm)) {
            found.add(vm.health());
          }
        })
        .close();
    long right = found.stream().filter(wanted::equals).count();
    if (right != COUNT) {
      throw new IllegalStateException(
          right + " VMs are " + wanted + ", others " + found.getFirst());
    }
  }

  /// Time passes as on a machine that never sleeps: in steps that the rules do not take for one.
  private void pass(Duration duration) {
    Duration step = Duration.ofSeconds(1);
    for (Duration left = duration; left.isPositive(); left = left.minus(step)) {
      elapsed = elapsed.plus(left.compareTo(step) < 0 ? left : step);
      watch.tick(now());
    }
  }

  private ClockReading now() {
    return new ClockReading(elapsed.toNanos(), Instant.EPOCH.plus(elapsed));
  }

  private static Vm vm(int number) {
    return new Vm(
        "id-" + number,
        new VmName("vm-" + number),
        "us-central1-a",
        "e2-small",
        "podium-agent",
        VmState.RUNNING,
        Instant.EPOCH,
        Map.of(Labels.FLEET, "demo"),
        "f0",
        Optional.of("127.0.0.1"),
        8_080,
        50,
        true,
        false,
        Optional.empty());
  }

  private static Pulse beat(int number, int sequence) {
    return new Pulse.Heartbeat(
        "vm-" + number,
        "id-" + number,
        "boot-" + number,
        sequence,
        "http://127.0.0.1:8080/",
        3,
        50,
        0,
        true,
        false,
        List.of(),
        List.of(),
        0);
  }

  /// The network, to which nothing is sent.
  private static final class Nothing implements Effects {
    @Override
    public void probe(Vm vm) {}

    @Override
    public void send(Pulse pulse) {}

    @Override
    public void list() {}

    @Override
    public void confirmMissing(Vm vm) {}

    @Override
    public void end(Vm vm, End end, String reason) {}
  }
}
