package dev.podium.fleet.testing;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.chat.PulseCodec;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.Ed25519KeyPair;
import dev.podium.wire.identity.TextSigner;
import dev.podium.wire.identity.TokenAudience;
import dev.podium.wire.pulse.PulseSigner;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The agents of a [MemoryCloud]'s VMs: each shows its key, sends signed heartbeats over the bus,
/// answers drains and probes, and does what a test tells it. May be used from any thread.
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
    private final Ed25519KeyPair pair = Ed25519KeyPair.generate();
    private final PulseSigner signer;
    private boolean shown;
    private long sequence;
    private volatile int people;
    private volatile long idleSeconds = 1;
    private volatile boolean draining;
    private volatile boolean dead;

    private Agent(Vm vm, String fleet) {
      this.vm = vm;
      this.signer = new PulseSigner(TextSigner.ofVm(pair), fleet, "boot", Ticker.system());
    }

    private Pulse announcement(String fleet) {
      String audience = TokenAudience.of(fleet, pair.publicKey().id());
      String token = MemoryTokens.of(vm.id(), vm.name().value(), vm.zone(), audience);
      return new Pulse.Announcement(
          vm.name().value(), vm.id(), "boot-" + vm.id(), pair.publicKey().x(), token);
    }

    private synchronized boolean showsNow() {
      boolean first = !shown;
      shown = true;
      return first;
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
    cloud.onCreate(vm -> agents.put(vm.name().value(), new Agent(vm, fleet)));
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
    agents.values().stream()
        .filter(agent -> !agent.dead)
        .forEach(agent -> {
          if (agent.showsNow()) {
            send(agent, agent.announcement(topics.fleet()));
          }
          send(agent, agent.beat());
        });
  }

  private void received(MessageBus.Incoming message) {
    switch (PulseCodec.decode(message.body()).orElse(null)) {
      case Pulse.DrainRequest(String id, String vm, _, boolean force, _) -> {
        Agent agent = agents.get(vm);
        if (agent != null && !agent.dead) {
          agent.draining = force || agent.people == 0;
          send(agent, new Pulse.DrainAnswer(id, vm, agent.draining, agent.people));
        }
      }
      case Pulse.KeysWanted wanted ->
          agents.values().stream()
              .filter(agent -> !agent.dead)
              .filter(
                  agent -> wanted.vms().isEmpty() || wanted.vms().contains(agent.vm.name().value()))
              .forEach(agent -> send(agent, agent.announcement(topics.fleet())));
      case null, default -> {
        // For others.
      }
    }
  }

  private void send(Agent agent, Pulse pulse) {
    String body = PulseCodec.encode(pulse);
    var _ =
        bus.publish(
            topics.pulse(),
            new MessageBus.Outgoing(body, agent.signer.sign(body).attributes(), Optional.empty()));
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
