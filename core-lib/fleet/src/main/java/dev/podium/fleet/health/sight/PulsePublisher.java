package dev.podium.fleet.health.sight;

import dev.podium.wire.chat.Pulse;
import dev.podium.wire.pulse.PulseTopic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes on the fleet's pulse topic. May be used from any thread.
public final class PulsePublisher {
  private static final Logger LOG = LoggerFactory.getLogger(PulsePublisher.class);

  private final PulseTopic topic;

  public PulsePublisher(PulseTopic topic) {
    this.topic = topic;
  }

  /// Sends the message once, on a virtual thread. Returns at once. What is lost is not sent again
  /// here: whoever sends it notices, and repeats what still holds then.
  public void send(Pulse pulse) {
    Thread.ofVirtual().start(() -> publish(pulse));
  }

  private void publish(Pulse pulse) {
    try {
      topic.publish(pulse).join();
    } catch (RuntimeException e) {
      // Whatever went wrong, the receivers are prepared to miss a message.
      LOG.debug("A message on the pulse topic was not sent", e);
    }
  }
}
