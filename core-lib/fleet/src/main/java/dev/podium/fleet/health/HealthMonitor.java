package dev.podium.fleet.health;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.health.ending.LastLook;
import dev.podium.fleet.health.ending.LastLook.Outcome;
import dev.podium.fleet.health.ending.VmEnding;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.sight.PulsePublisher;
import dev.podium.fleet.health.sight.PulseSubscription;
import dev.podium.fleet.model.ClockReading;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that owns all health state. It ticks, takes what arrives from the bus, from
/// probes and from Compute Engine, one thing at a time, and lets [FleetWatch] judge. Whatever waits
/// for a network runs on a virtual thread of its own and comes back as a message. So a cloud that
/// hangs never stops the clock.
public final class HealthMonitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);
  private static final Duration STOP = Duration.ofMillis(1_500);

  private final ComputeCloud cloud;
  private final HealthProbe probe;
  private final Ticker ticker;
  private final HealthLimits limits;
  private final String fleet;
  private final PulsePublisher publisher;
  private final VmEnding ending;
  private final Effects effects = new NetworkEffects();
  private final FleetWatch watch;
  private final PulseSubscription pulses;
  private final BlockingQueue<Consumer<ClockReading>> messages = new LinkedBlockingQueue<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread thread;

  /// @param console this console's id: lower-case letters, digits and hyphens
  /// @param sizing what keeps the fleet at its size; called on the monitor's thread
  public HealthMonitor(
      ComputeCloud cloud,
      MessageBus bus,
      HealthProbe probe,
      Ticker ticker,
      HealthLimits limits,
      String fleet,
      String console,
      FleetSizing sizing,
      EventStream events,
      OperatorView view) {
    this.cloud = cloud;
    this.probe = probe;
    this.ticker = ticker;
    this.limits = limits;
    this.fleet = fleet;
    this.publisher = new PulsePublisher(bus, fleet);
    this.ending = new VmEnding(cloud, probe, ticker, limits, fleet, console);
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
    this.pulses =
        new PulseSubscription(
            bus,
            new FleetTopics(fleet),
            console,
            (pulse, published) -> tell(now -> watch.heard(pulse, published, now)));
    this.thread = Thread.ofPlatform().name("podium-health").daemon().unstarted(this::run);
  }

  /// Begins to watch. Returns at once.
  public void start() {
    thread.start();
    pulses.start();
  }

  /// Judges by other limits from now on; how often it looks, and how it doubts itself, stay as they
  /// were at the start.
  public void limits(HealthLimits next) {
    tell(_ -> watch.limits(next));
  }

  /// A VM that was just created, so that nobody waits for the next list.
  public void created(Vm vm) {
    tell(now -> watch.created(vm, now));
  }

  /// A VM that was just read, so that nobody waits for the next list.
  public void found(Vm vm) {
    tell(now -> watch.found(vm, now));
  }

  /// The cloud accepted a deletion that a person asked for.
  public void endAccepted(Vm vm, String reason) {
    tell(now -> watch.endAccepted(vm.id(), reason, now));
  }

  /// The request id for the next deletion of the VM by a person: another one after a deletion that
  /// failed.
  public UUID deletionId(Vm vm) {
    return ending.deletionId(vm, false);
  }

  /// A deletion that was accepted failed.
  public void endFailed(Vm vm, String why) {
    ending.failed(vm);
    tell(now -> watch.endFailed(vm.id(), why, now));
  }

  /// The cloud knows the VM no more.
  public void missing(Vm vm) {
    tell(now -> watch.missing(vm.id(), now));
  }

  /// Drains the VM, moving on the people on it; it is deleted when it is empty.
  ///
  /// @return whether the monitor knows the VM; fails with a Conflict if it is pinned
  public CompletableFuture<Boolean> drain(VmName name, String reason) {
    return ask(now -> watch.drain(name, reason, now));
  }

  /// Looks at the fleet's size now rather than at the next tick: somebody waits. Returns at once.
  public void resize() {
    tell(watch::resize);
  }

  /// Runs something on the monitor's thread, after what waits there already.
  public void post(Consumer<ClockReading> message) {
    tell(message);
  }

  private void tell(Consumer<ClockReading> message) {
    if (!closed.get()) {
      messages.add(message);
    }
  }

  private <T> CompletableFuture<T> ask(Function<ClockReading, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    tell(now -> {
      try {
        answer.complete(question.apply(now));
      } catch (PodiumException e) {
        answer.completeExceptionally(e);
      }
    });
    return answer;
  }

  private void run() {
    Optional<ClockReading> last = Optional.empty();
    while (!closed.get()) {
      try {
        Consumer<ClockReading> message = messages.poll(untilTick(last), TimeUnit.NANOSECONDS);
        ClockReading now = ClockReading.of(ticker);
        // The tick comes first: it notices a sleep before anything that waited meanwhile is
        // mistaken for news.
        if (last.isEmpty() || isDue(last.get(), now)) {
          last = Optional.of(now);
          step(() -> watch.tick(now));
        }
        if (message != null) {
          step(() -> message.accept(now));
        }
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

  /// Stops watching, within two seconds. What the cloud has accepted goes on in the cloud.
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    thread.interrupt();
    pulses.close(STOP);
    try {
      thread.join(STOP);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// The watch's requests, each on a virtual thread.
  private final class NetworkEffects implements Effects {
    @Override
    public void probe(Vm vm) {
      Optional<URI> url = vm.chatUrl();
      background(
          () -> {
            HealthProbe.Result result =
                url.isEmpty()
                    ? new HealthProbe.Result.Silent("it has no address")
                    : probe.probe(url.get(), limits.watching().probeTimeout());
            tell(now -> watch.probed(vm.id(), result, now));
          },
          why -> tell(now -> watch.probed(vm.id(), new HealthProbe.Result.Silent(why), now)));
    }

    @Override
    public void send(Pulse pulse) {
      // The rules send it again, and a canary that is lost is what the doubt is made of.
      publisher.send(pulse);
    }

    @Override
    public void list() {
      attempt(
          () -> {
            var vms = cloud.list(fleet);
            tell(now -> watch.listed(vms, now));
          },
          failure -> {
            String why =
                PodiumException.in(failure)
                    .map(PodiumException::inFull)
                    .orElseGet(() -> words(failure) + ".");
            LOG.warn("Compute Engine's list could not be read: {}", why);
            tell(_ -> watch.listFailed(why));
          });
    }

    @Override
    public void confirmMissing(Vm vm) {
      background(
          () -> {
            Optional<Vm> read = cloud.get(vm.zone(), vm.name());
            tell(now -> watch.reread(vm, read, now));
          },
          _ -> tell(_ -> watch.rereadFailed()));
    }

    @Override
    public void end(Vm vm, End end, String reason) {
      background(
          () ->
              outcome(
                  vm,
                  reason,
                  ending.end(
                      vm,
                      end,
                      result -> tell(now -> watch.probed(vm.id(), result, now)),
                      consent -> objection(consent, end))),
          why -> tell(now -> watch.endRefused(vm.id(), why, now)));
    }

    private void outcome(Vm vm, String reason, Outcome outcome) {
      switch (outcome) {
        case Outcome.Missing _ -> tell(now -> watch.missing(vm.id(), now));
        case Outcome.Refused(String why) -> tell(now -> watch.endRefused(vm.id(), why, now));
        case Outcome.Failed(PodiumException failure) ->
            tell(now -> watch.endRefused(vm.id(), failure.sentence(), now));
        case Outcome.Unsure(PodiumException failure) ->
            tell(now -> watch.endUnsure(vm.id(), failure.sentence(), now));
        case Outcome.Accepted(ComputeCloud.Started deletion) -> {
          tell(now -> watch.endAccepted(vm.id(), reason, now));
          var _ =
              deletion
                  .done()
                  .whenComplete((_, failure) -> {
                    if (failure == null) {
                      missing(vm);
                    } else {
                      endFailed(vm, words(failure));
                    }
                  });
        }
      }
    }

    private Optional<String> objection(LastLook.Ask.Consent consent, End end) {
      try {
        return ask(now -> watch.objection(consent, end, now))
            .get(STOP.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return Optional.of("Podium is being closed");
      } catch (ExecutionException | TimeoutException _) {
        return Optional.of("the monitor did not answer in time");
      }
    }
  }

  private static void background(Runnable work, Consumer<String> failed) {
    attempt(work, failure -> failed.accept(words(failure)));
  }

  private static void attempt(Runnable work, Consumer<RuntimeException> failed) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            // Whatever went wrong is a finding for the rules; the watch waits for an answer.
            failed.accept(e);
          }
        });
  }

  private static String words(Throwable failure) {
    Throwable cause = failure;
    while (!(cause instanceof PodiumException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
