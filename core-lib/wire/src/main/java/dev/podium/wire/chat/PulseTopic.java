package dev.podium.wire.chat;

import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.model.PodiumException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/// A fleet's pulse topic, as agents and consoles use it alike. May be used from any thread.
///
/// Nothing that was lost is sent again here: whoever sends it repeats what still holds later.
public record PulseTopic(MessageBus bus, FleetTopics topics) {
  /// Publishes once.
  ///
  /// @return the message's id once Pub/Sub has it; fails, and never throws, if that was not
  ///   possible
  public CompletableFuture<String> publish(Pulse pulse) {
    try {
      return bus.publish(
          topics.pulse(),
          new MessageBus.Outgoing(
              PulseCodec.encode(pulse),
              Map.of(FleetTopics.FLEET_ATTRIBUTE, topics.fleet()),
              Optional.empty()));
    } catch (RuntimeException unopened) {
      // Whatever it was: the self-check hears of a heartbeat's failure by its future alone.
      return CompletableFuture.failedFuture(unopened);
    }
  }

  /// Subscribes to what comes from now on, and creates the topic if there is none. Blocks.
  ///
  /// @param name of the subscription
  /// @param labels by which others see whose it is
  /// @param receiver told each message, and when the cloud took it, by the cloud's clock; on a
  ///   thread of the bus
  /// @throws PodiumException if Pub/Sub refuses or does not answer
  public MessageBus.Subscription subscribe(
      String name, Map<String, String> labels, BiConsumer<Pulse, Instant> receiver) {
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
        message ->
            PulseCodec.decode(message.body())
                .ifPresent(pulse -> receiver.accept(pulse, message.published())));
  }
}
