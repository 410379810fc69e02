package dev.podium.desktop.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.google.pubsub.GoogleMessageBus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A VM of the release before VMs had keys, as consoles, other VMs and people met it: heartbeats
/// without a signature, drains obeyed whoever sends them, messages of rooms without a mark.
///
/// It writes JSON by its own hand, so that it stays as that release was.
final class OldAgent {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String vm;
  private final String vmId;
  private final String fleet;
  private final String url;
  private final int seats;
  private final String bootId = UUID.randomUUID().toString();
  private final MessageBus bus;
  private final OldPage page;

  /// What follows one after the other: heartbeats, drains, people.
  private final ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor();

  private long sequence;
  private boolean draining;
  private long usedNanos = System.nanoTime();

  private OldAgent(String host) throws Exception {
    this.vm = ChosenAgent.metadata(host, "instance/name");
    this.vmId = ChosenAgent.metadata(host, "instance/id");
    this.fleet = ChosenAgent.metadata(host, "instance/attributes/podium-fleet");
    int port = Integer.parseInt(ChosenAgent.metadata(host, "instance/attributes/podium-port"));
    this.seats = Integer.parseInt(ChosenAgent.metadata(host, "instance/attributes/podium-seats"));
    this.url = "http://127.0.0.1:" + port + "/";
    this.bus =
        GoogleMessageBus.onVirtualMachine(
            ChosenAgent.metadata(host, "project/project-id"),
            "us-central1",
            Optional.ofNullable(System.getenv("PUBSUB_EMULATOR_HOST")),
            AccessTokens.fixed("none"));
    this.page = new OldPage(port, vm, this::health, frame -> turns.execute(() -> used(frame)));
  }

  /// Runs until its standard input ends.
  static void run(String host) throws Exception {
    OldAgent agent = new OldAgent(host);
    agent.start();
    while (System.in.read() >= 0) {
      // Whoever started it holds its standard input open.
    }
    agent.publish(JSON.createObjectNode().put("t", "goodbye").put("vm", agent.vm)).join();
    System.exit(0);
  }

  private void start() {
    bus.ensureTopic(chat(), Duration.ofDays(1));
    bus.ensureTopic(pulse(), Duration.ofMinutes(10));
    subscribe(chat(), true, this::heardInARoom);
    subscribe(pulse(), false, incoming -> turns.execute(() -> heard(incoming)));
    var _ = turns.scheduleAtFixedRate(this::beat, 0, 1, TimeUnit.SECONDS);
    System.out.println("Ready after a moment, on " + url);
  }

  private String chat() {
    return "podium-" + fleet + "-chat";
  }

  private String pulse() {
    return "podium-" + fleet + "-pulse";
  }

  private void subscribe(String topic, boolean ordered, Consumer<MessageBus.Incoming> receiver) {
    var _ =
        bus.subscribe(
            new MessageBus.SubscriptionSpec(
                topic,
                topic + "-" + vm + "-" + bootId,
                Optional.of("attributes.fleet = \"" + fleet + "\""),
                ordered,
                Duration.ofDays(1),
                Optional.empty(),
                Map.of("podium-fleet", fleet, "podium-vm", vm, "podium-vm-id", vmId)),
            receiver);
  }

  private CompletableFuture<String> publish(ObjectNode body) {
    return bus.publish(
        pulse(),
        new MessageBus.Outgoing(body.toString(), Map.of("fleet", fleet), Optional.empty()));
  }

  private void beat() {
    ObjectNode beat =
        JSON.createObjectNode()
            .put("t", "heartbeat")
            .put("vm", vm)
            .put("vmId", vmId)
            .put("bootId", bootId)
            .put("sequence", sequence++)
            .put("url", url)
            .put("participants", page.people().size())
            .put("seats", seats)
            .put("idleSeconds", idleSeconds())
            .put("ready", true)
            .put("draining", draining);
    beat.putArray("selfCheck");
    var members = beat.putArray("members");
    page.people()
        .forEach(
            name -> members.addObject().put("id", name).put("name", name).put("room", "lobby"));
    var _ = publish(beat);
  }

  private long idleSeconds() {
    return Duration.ofNanos(System.nanoTime() - usedNanos).toSeconds();
  }

  /// It believes whoever asks.
  private void heard(MessageBus.Incoming incoming) {
    JsonNode said = read(incoming.body());
    if (!said.path("vm").asText().equals(vm)) {
      return;
    }
    if (said.path("t").asText().equals("drain")) {
      int here = page.people().size();
      boolean accepted = here == 0 || said.path("force").asBoolean();
      draining |= accepted;
      System.out.println("Drain " + (accepted ? "accepted" : "refused") + ", " + here + " here");
      var _ =
          publish(
              JSON.createObjectNode()
                  .put("t", "drained")
                  .put("id", said.path("id").asText())
                  .put("vm", vm)
                  .put("accepted", accepted)
                  .put("participants", here));
    } else if (said.path("t").asText().equals("drainCancelled")) {
      draining = false;
    }
  }

  /// Somebody came, went or said something.
  private void used(Optional<OldPage.Said> said) {
    usedNanos = System.nanoTime();
    if (said.isEmpty()) {
      beat();
      return;
    }
    OldPage.Said one = said.get();
    ObjectNode body =
        JSON.createObjectNode().put("t", "chat").put("cid", one.cid()).put("room", "lobby");
    body.putObject("from").put("id", one.name()).put("name", one.name()).put("instance", vm);
    body.put("text", one.text()).put("at", Instant.now().toString());
    String id =
        bus.publish(
                chat(),
                new MessageBus.Outgoing(
                    body.toString(), Map.of("fleet", fleet), Optional.of("lobby")))
            .join();
    one.taken().accept(id);
  }

  private void heardInARoom(MessageBus.Incoming incoming) {
    JsonNode said = read(incoming.body());
    if (said.path("t").asText().equals("chat")) {
      ObjectNode frame = said.deepCopy();
      page.tellAll(frame.put("t", "msg").put("id", incoming.id()).toString());
    }
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException unreadable) {
      throw new IllegalArgumentException(unreadable);
    }
  }

  private String health() {
    ObjectNode health =
        JSON.createObjectNode()
            .put("status", draining ? "draining" : "ok")
            .put("instance", vm)
            .put("bootId", bootId)
            .put("participants", page.people().size())
            .put("seats", seats)
            .put("idleSeconds", idleSeconds());
    health.putObject("checks").put("bus", "ok").put("loop", "ok").put("heap", "ok");
    return health.toString();
  }
}
