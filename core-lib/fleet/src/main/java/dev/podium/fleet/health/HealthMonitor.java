package dev.podium.fleet.health;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.health.ending.VmEnding;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.sight.NetworkAddresses;
import dev.podium.fleet.health.sight.PulsePublisher;
import dev.podium.fleet.health.sight.PulseSubscription;
import dev.podium.fleet.identity.PulseIntake;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.pulse.PulseTopic;
import dev.podium.wire.pulse.ReceivedPulse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that owns all health state. It ticks, takes what arrives in its inbox, one thing
/// at a time, and lets [FleetWatch] judge. Whatever waits for a network runs on a virtual thread of
/// its own and comes back as a message ([NetworkEffects]). So a cloud that hangs never stops the
/// clock.
public final class HealthMonitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);

  /// Between two looks at this computer's addresses.
  private static final Duration NETWORK = Duration.ofSeconds(5);

  private static final Duration STOP = Duration.ofMillis(1_500);

  private final WatchInbox inbox = new WatchInbox();
  private final Ticker ticker;
  private final HealthLimits limits;
  private final VmEnding ending;
  private final FleetWatch watch;
  private final PulseSubscription pulses;
  private final PulseIntake intake;
  private final Thread thread;
  private final Thread network;

  /// @param topic signs in this console's name
  /// @param intake says what is believed of what comes
  /// @param console this console's id: lower-case letters, digits and hyphens
  /// @param sizing what keeps the fleet at its size; called on the monitor's thread
  public HealthMonitor(
      ComputeCloud cloud,
      PulseTopic topic,
      PulseIntake intake,
      HealthProbe probe,
      Ticker ticker,
      HealthLimits limits,
      String fleet,
      String console,
      FleetSizing sizing,
      EventStream events,
      OperatorView view) {
    this.ticker = ticker;
    this.limits = limits;
    this.ending = new VmEnding(cloud, probe, ticker, limits, fleet, console);
    Effects effects =
        new NetworkEffects(
            cloud,
            fleet,
            probe,
            limits.watching().probeTimeout(),
            new PulsePublisher(topic),
            ending,
            inbox);
    this.watch =
        new FleetWatch(
            limits,
            Rulebook.of(limits),
            console,
            sizing,
            effects,
            events,
            view,
            ClockReading.of(ticker));
    this.pulses = new PulseSubscription(topic, console, ticker, intake::take);
    this.intake = intake;
    this.thread = Thread.ofPlatform().name("podium-health").daemon().unstarted(this::run);
    this.network = Thread.ofVirtual().name("podium-network").unstarted(this::followNetwork);
  }

  /// Begins to watch. Returns at once.
  public void start() {
    thread.start();
    network.start();
    intake.start(new Believed());
    pulses.start();
  }

  /// Judges by other limits from now on; how often it looks, and how it doubts itself, stay as they
  /// were at the start.
  public void limits(HealthLimits next) {
    inbox.tell((watch, _) -> watch.limits(next));
  }

  /// A VM that was just created, so that nobody waits for the next list.
  public void created(Vm vm) {
    inbox.tell((watch, now) -> watch.created(vm, now));
  }

  /// A VM that was just read, so that nobody waits for the next list.
  public void found(Vm vm) {
    inbox.tell((watch, now) -> watch.found(vm, now));
  }

  /// The cloud accepted a deletion that a person asked for.
  public void endAccepted(Vm vm, String reason) {
    inbox.tell((watch, now) -> watch.endAccepted(vm.id(), reason, now));
  }

  /// The request id for the next deletion of the VM by a person: another one after a deletion that
  /// failed.
  public UUID deletionId(Vm vm) {
    return ending.deletionId(vm, false);
  }

  /// A deletion that was accepted failed.
  public void endFailed(Vm vm, String why) {
    ending.failed(vm);
    inbox.tell((watch, now) -> watch.endFailed(vm.id(), why, now));
  }

  /// The cloud knows the VM no more.
  public void missing(Vm vm) {
    inbox.tell((watch, now) -> watch.missing(vm.id(), now));
  }

  /// Drains the VM, moving on the people on it; it is deleted when it is empty.
  ///
  /// @return whether the monitor knows the VM; fails with a Conflict if it is pinned
  public CompletableFuture<Boolean> drain(VmName name, String reason) {
    return inbox.ask((watch, now) -> watch.drain(name, reason, now));
  }

  /// Looks at the fleet's size now rather than at the next tick: somebody waits. Returns at once.
  public void resize() {
    inbox.tell(FleetWatch::resize);
  }

  /// Runs something on the monitor's thread, after what waits there already.
  public void post(Consumer<ClockReading> message) {
    inbox.tell((_, now) -> message.accept(now));
  }

  /// Until the end, on a thread that may wait for the system.
  private void followNetwork() {
    Set<String> before = NetworkAddresses.now();
    while (!inbox.isClosed()) {
      try {
        Thread.sleep(NETWORK);
      } catch (InterruptedException _) {
        return;
      }
      Set<String> addresses = NetworkAddresses.now();
      if (!addresses.equals(before)) {
        before = addresses;
        inbox.tell((watch, _) -> watch.networkChanged());
      }
    }
  }

  private void run() {
    Optional<ClockReading> last = Optional.empty();
    while (!inbox.isClosed()) {
      try {
        Optional<WatchInbox.Message> message = inbox.next(untilTick(last));
        ClockReading now = ClockReading.of(ticker);
        // The tick comes first: it notices a sleep before anything that waited meanwhile is
        // mistaken for news.
        if (last.isEmpty() || isDue(last.get(), now)) {
          last = Optional.of(now);
          step(() -> watch.tick(now));
        }
        message.ifPresent(one -> step(() -> one.deliver(watch, now)));
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private long untilTick(Optional<ClockReading> last) {
    long tick = limits.watching().tick().toNanos();
    return last.map(one -> Math.max(0, tick - (ticker.nanos() - one.nanos()))).orElse(0L);
  }

  /// Also as soon as the clocks part: the monotonic one stands still while some computers sleep.
  private boolean isDue(ClockReading last, ClockReading now) {
    Duration apart =
        Duration.between(last.wall(), now.wall()).minusNanos(now.since(last.nanos())).abs();
    return now.past(last.nanos(), limits.watching().tick(), 1)
        || apart.compareTo(limits.observer().drift()) > 0;
  }

  /// Keeps the watch over all other VMs alive: one thing that the rules choke on must not end it.
  private static void step(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("A step of the health monitor failed, the monitor goes on", e);
    }
  }

  private final class Believed implements PulseIntake.Listener {
    @Override
    public void believed(ReceivedPulse heard) {
      inbox.tell((watch, now) -> watch.heard(heard.pulse(), heard.published(), now));
    }

    @Override
    public void enrolled(String vmId) {
      inbox.tell((watch, _) -> watch.enrolled(vmId));
    }

    @Override
    public void neverSigns(String vmId) {
      inbox.tell((watch, now) -> watch.neverSigns(vmId, now));
    }
  }

  /// Stops watching, within two seconds. What the cloud has accepted goes on in the cloud.
  @Override
  public void close() {
    if (!inbox.close()) {
      return;
    }
    thread.interrupt();
    network.interrupt();
    pulses.close(STOP);
    intake.close();
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join(STOP);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
