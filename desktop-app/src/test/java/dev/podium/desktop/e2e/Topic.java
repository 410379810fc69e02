package dev.podium.desktop.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.chat.PulseCodec;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.google.pubsub.GoogleMessageBus;
import dev.podium.wire.google.pubsub.PubsubEndpoint;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.pulse.PulseSignature;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// A fleet's topics, as somebody sees them who may publish and read there but has no key.
final class Topic implements AutoCloseable {
  private static final FleetTopics NAMES = new FleetTopics("local");

  private final MessageBus bus;
  private final List<Heard> heard = new CopyOnWriteArrayList<>();

  /// @param pulse what the message says
  /// @param message as it came
  record Heard(Pulse pulse, MessageBus.Incoming message) {}

  /// @param cloud the part of a program's ready line that names the local cloud
  Topic(JsonNode cloud) {
    this.bus =
        GoogleMessageBus.forConsole(
            PubsubEndpoint.of(
                cloud.path("project").asText(), Optional.of(cloud.path("pubsub").asText()), true),
            AccessTokens.fixed("none"));
    bus.ensureTopic(NAMES.pulse(), FleetTopics.PULSE_RETENTION);
    var _ =
        bus.subscribe(
            new MessageBus.SubscriptionSpec(
                NAMES.pulse(),
                "listener-" + UUID.randomUUID(),
                Optional.empty(),
                false,
                FleetTopics.SUBSCRIPTION_EXPIRY,
                Optional.empty(),
                Map.of()),
            message ->
                PulseCodec.decode(message.body())
                    .ifPresent(pulse -> heard.add(new Heard(pulse, message))));
  }

  /// Publishes without a signature, and waits until the topic has it.
  void unsigned(Pulse pulse) {
    send(PulseCodec.encode(pulse), Map.of());
  }

  /// Publishes what somebody wrote, with these attributes.
  void send(String body, Map<String, String> attributes) {
    Map<String, String> all = new HashMap<>(attributes);
    all.put(FleetTopics.FLEET_ATTRIBUTE, NAMES.fleet());
    bus.publish(NAMES.pulse(), new MessageBus.Outgoing(body, all, Optional.empty())).join();
  }

  /// Puts a message on the topic of the rooms, whatever it holds.
  void say(String room, String body) {
    Map<String, String> attributes = Map.of(FleetTopics.FLEET_ATTRIBUTE, NAMES.fleet());
    bus.ensureTopic(NAMES.chat(), FleetTopics.CHAT_RETENTION);
    bus.publish(NAMES.chat(), new MessageBus.Outgoing(body, attributes, Optional.of(room))).join();
  }

  /// What came, the oldest first.
  List<Heard> heard() {
    return heard;
  }

  /// What came of that kind, the oldest first.
  <P extends Pulse> Stream<P> heard(Class<P> kind) {
    return heard.stream().map(Heard::pulse).filter(kind::isInstance).map(kind::cast);
  }

  /// Those that a console published: nobody else names itself so.
  Stream<Roster> rosters() {
    return heard(Pulse.RosterChanged.class)
        .filter(changed -> changed.console().startsWith("console-"))
        .map(Pulse.RosterChanged::roster);
  }

  Roster newestRoster() {
    return rosters().max(Comparator.comparingLong(Roster::revision)).orElse(Roster.NONE);
  }

  /// The id of the console's key, which stands beside each of its messages.
  String consoleKeyId() {
    return heard.stream()
        .filter(one -> one.pulse() instanceof Pulse.Canary)
        .flatMap(one -> PulseSignature.of(one.message().attributes()).stream())
        .map(PulseSignature::key)
        .findFirst()
        .orElse("x".repeat(43));
  }

  @Override
  public void close() {
    bus.close();
  }
}
