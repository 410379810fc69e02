package dev.podium.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.agent.door.ChatError;
import dev.podium.agent.door.EntryGate.Credentials;
import dev.podium.agent.door.EntryGate.Decision;
import dev.podium.agent.door.Pass;
import dev.podium.agent.duty.AgentSettings;
import dev.podium.wire.chat.ChatCodec;
import dev.podium.wire.chat.ChatMessage;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.chat.PulseCodec;
import dev.podium.wire.cloud.MessageBus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The agents of one test: whole ones on real sockets; only Pub/Sub is in memory, and time can be
/// made to pass.
final class Agents implements AfterEachCallback {
  static final FleetTopics TOPICS = new FleetTopics("class-a");

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final MemoryBus bus = new MemoryBus();
  private final LeapingTicker ticker = new LeapingTicker();
  private final List<Agent> running = new ArrayList<>();

  /// By token: why its pass is no longer good.
  private final Map<String, String> ended = new ConcurrentHashMap<>();

  MemoryBus bus() {
    return bus;
  }

  LeapingTicker ticker() {
    return ticker;
  }

  /// Ends the pass of who came in by that token.
  void endPass(String token, String sentence) {
    ended.put(token, sentence);
  }

  /// Starts an agent and waits until it is ready.
  Agent start(String name, int seats) {
    Agent agent = begin(name, seats);
    agent.ready().orTimeout(PageClient.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    return agent;
  }

  /// Starts an agent, which serves its page and may not be ready.
  Agent begin(String name, int seats) {
    return begin(name, seats, Agent.Standing.unknown("7"));
  }

  /// The same, with a key that consoles may know. The cloud's number of every VM is 7.
  Agent begin(String name, int seats, Agent.Standing standing) {
    Agent agent =
        new Agent(
            new AgentSettings(
                "p",
                name,
                "7",
                TOPICS.fleet(),
                "us-central1",
                "127.0.0.1",
                "127.0.0.1",
                0,
                seats,
                Duration.ofSeconds(1),
                Optional.empty()),
            () -> bus,
            this::gate,
            standing,
            Duration.ofMillis(20),
            ticker);
    running.add(agent);
    return agent;
  }

  /// Everybody is who their token says; `forged` is nobody, `only` stays on one VM, and `for-vm-b`
  /// is good on that VM alone.
  private Decision gate(Credentials shown) {
    if (shown instanceof Credentials.Token(String token) && token.equals("for-vm-b")) {
      return new Decision.Elsewhere("vm-b", "This invite is for the VM 'vm-b' only.");
    }
    if (shown instanceof Credentials.Token(String token) && !token.equals("forged")) {
      return new Decision.Admitted(
          "p-" + token,
          token,
          Optional.empty(),
          token.equals("only"),
          new Pass(Optional.empty(), () -> Optional.ofNullable(ended.get(token))));
    }
    return new Decision.Refused(
        shown instanceof Credentials.Code ? ChatError.BAD_CODE : ChatError.BAD_TOKEN,
        "This invite's signature is wrong.");
  }

  HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  void pulse(Pulse pulse) {
    bus.publish(
            TOPICS.pulse(),
            new MessageBus.Outgoing(PulseCodec.encode(pulse), Map.of(), Optional.empty()))
        .join();
  }

  /// Says something in the lobby as if on another VM, past the limits of any page.
  void sayElsewhere(int number, String text) {
    ChatMessage message =
        new ChatMessage(
            "x-" + number,
            "lobby",
            new ChatMessage.Sender("p-far", "Far", "vm-far"),
            text,
            Instant.now());
    assertThat(
            bus.publish(
                TOPICS.chat(),
                new MessageBus.Outgoing(ChatCodec.encode(message), Map.of(), Optional.of("lobby"))))
        .isNotNull();
  }

  void send(MessageBus.Outgoing message) {
    bus.publish(TOPICS.pulse(), message).join();
  }

  List<Pulse> pulses() {
    return bus.published(TOPICS.pulse()).stream()
        .flatMap(incoming -> PulseCodec.decode(incoming.body()).stream())
        .toList();
  }

  /// The frame that says `m` and the number.
  static String said(int number) {
    return "{\"t\":\"say\",\"cid\":\"d1-" + number + "\",\"text\":\"m" + number + "\"}";
  }

  /// Who is on which VM, as a frame tells.
  static Map<String, String> names(JsonNode frame) {
    Map<String, String> names = new HashMap<>();
    frame
        .path("members")
        .forEach(m -> names.put(m.path("name").asText(), m.path("instance").asText()));
    return names;
  }

  /// Every agent ends, and leaves nothing behind in the cloud.
  @Override
  public void afterEach(ExtensionContext context) {
    running.forEach(Agent::close);
    assertThat(bus.subscriptions()).isZero();
  }
}
