package dev.podium.wire.pulse;

import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.chat.PulseCodec;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.model.PodiumException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A fleet's pulse topic, as agents and consoles use it alike. May be used from any thread.
///
/// Nothing that was lost is sent again here: whoever sends it repeats what still holds later.
///
/// @param signer signs all that is sent, in the name of this VM or console
public record PulseTopic(MessageBus bus, FleetTopics topics, PulseSigner signer) {
  /// Signs and publishes once.
  ///
  /// @return the message's id once Pub/Sub has it; fails, and never throws, if that was not
  ///   possible
  public CompletableFuture<String> publish(Pulse pulse) {
    try {
      String body = PulseCodec.encode(pulse);
      Map<String, String> attributes = new HashMap<>(signer.sign(body).attributes());
      attributes.put(FleetTopics.FLEET_ATTRIBUTE, topics.fleet());
      return bus.publish(
          topics.pulse(), new MessageBus.Outgoing(body, attributes, Optional.empty()));
    } catch (RuntimeException unopened) {
      // Whatever it was: the self-check hears of a heartbeat's failure by its future alone.
      return CompletableFuture.failedFuture(unopened);
    }
  }

  /// Subscribes to what comes from now on, and creates the topic if there is none. Blocks.
  ///
  /// @param name of the subscription
  /// @param labels by which others see whose it is
  /// @param receiver told each message, on a thread of the bus. It must not believe what
  ///   [PulseCheck] did not prove
  /// @throws PodiumException if Pub/Sub refuses or does not answer
  public MessageBus.Subscription subscribe(
      String name, Map<String, String> labels, Consumer<ReceivedPulse> receiver) {
    bus.ensureTopic(topics.pulse(), FleetTopics.PULSE_RETENTION);
    return bus.subscribe(
        new MessageBus.SubscriptionSpec(
            topics.pulse(),
            name,
            Optional.of(topics.filter()),
            false,
            FleetTopics.SUBSCRIPTION_EXPIRY,
            Optional.empty(),
            labels),
        message -> {
          Optional<PulseSignature> signature = PulseSignature.of(message.attributes());
          signature.ifPresent(own -> signer.heard(own, message.published()));
          PulseCodec.decode(message.body())
              .ifPresent(pulse ->
                  receiver.accept(
                      new ReceivedPulse(pulse, message.body(), signature, message.published())));
        });
  }
}
