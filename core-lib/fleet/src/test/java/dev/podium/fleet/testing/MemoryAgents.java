package dev.podium.fleet.testing;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.chat.PulseCodec;
import dev.podium.wire.cloud.MessageBus;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The agents of a [MemoryCloud]'s VMs: each sends heartbeats over the bus, answers drains and
/// probes, and does what a test tells it. May be used from any thread.
public final class MemoryAgents implements HealthProbe, AutoCloseable {
  private final MessageBus bus;
  private final FleetTopics topics;
  private final Map<String, Agent> agents = new ConcurrentHashMap<>();
  private final ScheduledExecutorService beating =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("agents").factory());

  /// One agent, in the words of its heartbeat.
  public static final class Agent {
    private final Vm vm;
    private long sequence;
    private volatile int people;
    private volatile long idleSeconds = 1;
    private volatile boolean draining;
    private volatile boolean dead;

    private Agent(Vm vm) {
      this.vm = vm;
    }

    /// So many people are on it, and act.
    public void people(int count) {
      people = count;
      idleSeconds = count > 0 ? 0 : 1;
    }

    /// Nobody has acted on it for so long.
    public void idle(Duration span) {
      idleSeconds = span.toSeconds();
    }

    /// It says and answers nothing any more.
    public void die() {
      dead = true;
    }

    private synchronized Pulse.Heartbeat beat() {
      return new Pulse.Heartbeat(
          vm.name().value(),
          vm.id(),
          "boot-" + vm.id(),
          ++sequence,
          String.valueOf(vm.chatUrl().orElse(null)),
          people,
          2,
          idleSeconds,
          true,
          draining,
          List.of(),
          List.of(),
          0);
    }
  }

  /// @param interval between heartbeats
  public MemoryAgents(MemoryCloud cloud, MessageBus bus, String fleet, Duration interval) {
    this.bus = bus;
    this.topics = new FleetTopics(fleet);
    cloud.onCreate(vm -> agents.put(vm.name().value(), new Agent(vm)));
    cloud.onDelete(vm -> agents.remove(vm.name().value()));
    bus.subscribe(
        new MessageBus.SubscriptionSpec(
            topics.pulse(),
            "agents",
            Optional.empty(),
            false,
            Duration.ofDays(1),
            Optional.empty(),
            Map.of()),
        this::received);
    var _ =
        beating.scheduleAtFixedRate(this::beatAll, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// The agent of that VM.
  public Agent of(String name) {
    return Optional.ofNullable(agents.get(name)).orElseThrow();
  }

  private void beatAll() {
    agents.values().stream().filter(agent -> !agent.dead).forEach(agent -> send(agent.beat()));
  }

  private void received(MessageBus.Incoming message) {
    if (PulseCodec.decode(message.body()).orElse(null)
        instanceof Pulse.DrainRequest(String id, String vm, _, boolean force, _)) {
      Agent agent = agents.get(vm);
      if (agent != null && !agent.dead) {
        agent.draining = force || agent.people == 0;
        send(new Pulse.DrainAnswer(id, vm, agent.draining, agent.people));
      }
    }
  }

  private void send(Pulse pulse) {
    var _ =
        bus.publish(
            topics.pulse(),
            new MessageBus.Outgoing(PulseCodec.encode(pulse), Map.of(), Optional.empty()));
  }

  @Override
  public Result probe(URI chatUrl, Duration timeout) {
    return agents.values().stream()
        .filter(agent -> agent.vm.chatUrl().filter(chatUrl::equals).isPresent() && !agent.dead)
        .findFirst()
        .<Result>map(agent ->
            new Result.Answered(
                true, "boot-" + agent.vm.id(), "ok", agent.people, agent.idleSeconds))
        .orElseGet(() -> new Result.Silent("connection refused"));
  }

  @Override
  public void close() {
    beating.shutdownNow();
  }
}
