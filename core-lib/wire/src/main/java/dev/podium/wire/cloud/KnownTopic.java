package dev.podium.wire.cloud;

import dev.podium.wire.model.PodiumException;
import java.util.Optional;

/// Which of the topics of one name a subscription was made for. A topic that was deleted and made
/// again is another one. Subscriptions of the first stay, are silent, and get nothing of the
/// second. May be used from any thread.
public final class KnownTopic {
  private final MessageBus bus;
  private final String topic;
  private Optional<String> id = Optional.empty();

  public KnownTopic(MessageBus bus, String topic) {
    this.bus = bus;
    this.topic = topic;
  }

  /// Reads which one is there, for the subscription that is made next. Blocks.
  ///
  /// @return whether it is another than the last time
  /// @throws PodiumException if there is none, or Pub/Sub does not answer
  public synchronized boolean isReplaced() {
    Optional<String> before = id;
    id = Optional.of(bus.topicId(topic));
    return before.isPresent() && !before.equals(id);
  }

  /// Whether the one that was there is no more. Blocks.
  ///
  /// @return false too if Pub/Sub does not answer: then nothing is known
  public synchronized boolean isGone() {
    try {
      return id.isPresent() && !id.get().equals(bus.topicId(topic));
    } catch (PodiumException.NotFound deleted) {
      return true;
    } catch (PodiumException unknown) {
      return false;
    }
  }
}
