package dev.podium.agent;

import dev.podium.agent.door.InviteGate;
import dev.podium.agent.duty.AgentSettings;
import dev.podium.wire.chat.AgentMetadata;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.invite.InviteVerifier;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The agent as it is, but that its bus is a method call: what a message costs without Pub/Sub.
/// Says on which port it serves.
///
/// Arguments: the public keys of the invites, as the metadata server would tell them.
public final class EchoAgent {
  /// The fleet that invites are to be for.
  public static final String FLEET = "bench";

  /// What a metadata server would say.
  public static final Map<String, String> METADATA =
      Map.of(
          "project/project-id",
          "bench",
          "instance/name",
          "vm-a",
          "instance/id",
          "7",
          "instance/zone",
          "projects/7/zones/us-central1-a",
          "instance/network-interfaces/0/ip",
          "127.0.0.1",
          AgentSettings.path(AgentMetadata.FLEET),
          FLEET,
          AgentSettings.path(AgentMetadata.PORT),
          "0",
          AgentSettings.path(AgentMetadata.SEATS),
          "10000");

  private EchoAgent() {}

  /// Runs until it is killed.
  public static void main(String[] arguments) throws InterruptedException {
    AgentSettings settings =
        AgentSettings.read((AgentSettings.Items) path -> Optional.ofNullable(METADATA.get(path)));
    InviteVerifier verifier =
        new InviteVerifier(() -> arguments[0], FLEET, "vm-a", InstantSource.system());
    try (Agent agent =
        new Agent(
            settings,
            EchoBus::new,
            new InviteGate(verifier),
            Duration.ofMillis(1),
            Ticker.system())) {
      agent.ready().join();
      System.out.println("port " + agent.port());
      Thread.currentThread().join();
    }
  }

  private static final class EchoBus implements MessageBus {
    private final AtomicLong ids = new AtomicLong();
    private final Map<String, List<Consumer<Incoming>>> receivers = new ConcurrentHashMap<>();

    @Override
    public void ensureTopic(String topic, Duration retention) {}

    @Override
    public List<CompletableFuture<String>> publishAll(String topic, List<Outgoing> messages) {
      return messages.stream().map(one -> publish(topic, one)).toList();
    }

    @Override
    public CompletableFuture<String> publish(String topic, Outgoing message) {
      Incoming incoming =
          new Incoming(
              Long.toString(ids.incrementAndGet()),
              message.body(),
              message.attributes(),
              message.orderingKey(),
              Instant.now());
      List<Consumer<Incoming>> all = receivers.getOrDefault(topic, List.of());
      new ArrayList<>(all).forEach(receiver -> receiver.accept(incoming));
      return CompletableFuture.completedFuture(incoming.id());
    }

    @Override
    public Subscription subscribe(SubscriptionSpec spec, Consumer<Incoming> receiver) {
      receivers.computeIfAbsent(spec.topic(), _ -> new CopyOnWriteArrayList<>()).add(receiver);
      return new Subscription() {
        @Override
        public CompletableFuture<Void> ended() {
          return new CompletableFuture<>();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void deleteSubscription(String name) {}

    @Override
    public void close() {}
  }
}
