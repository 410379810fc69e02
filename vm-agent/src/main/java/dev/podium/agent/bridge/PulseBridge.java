package dev.podium.agent.bridge;

import dev.podium.agent.people.SeatRequests;
import dev.podium.agent.room.ChatState;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.pulse.PulseTopic;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The pulse topic's two directions: what other VMs and the consoles say goes to the chat's state,
/// on the chat loop; a drain is answered there and then.
public final class PulseBridge implements SeatRequests {
  private static final Logger LOG = LoggerFactory.getLogger(PulseBridge.class);

  private final PulseTopic pulses;
  private final String vm;
  private final String vmId;
  private final String bootId;
  private final Map<String, String> labels;
  private final ChatState chat;
  private final Executor loop;
  private final Runnable ownHeartbeatCame;

  /// @param vmId the cloud's number of this machine; a drain that is meant for another of the same
  ///   name is not for it
  /// @param labels on the subscription, so that consoles know whose it is
  /// @param ownHeartbeatCame told whenever this boot's own heartbeat comes back: the bus works
  public PulseBridge(
      PulseTopic pulses,
      String vm,
      String vmId,
      String bootId,
      Map<String, String> labels,
      ChatState chat,
      Executor loop,
      Runnable ownHeartbeatCame) {
    this.pulses = pulses;
    this.vm = vm;
    this.vmId = vmId;
    this.bootId = bootId;
    this.labels = labels;
    this.chat = chat;
    this.loop = loop;
    this.ownHeartbeatCame = ownHeartbeatCame;
  }

  /// The name of this boot's own subscription.
  public String subscriptionName() {
    FleetTopics topics = pulses.topics();
    return topics.subscription(topics.pulse(), vm + "-" + bootId);
  }

  /// Subscribes to what comes from now on. Blocks.
  ///
  /// @throws dev.podium.wire.model.PodiumException if Pub/Sub refuses or does not answer
  public MessageBus.Subscription subscribe() {
    return pulses.subscribe(
        subscriptionName(), labels, received -> loop.execute(() -> take(received.pulse())));
  }

  /// Publishes a pulse. What fails is not sent again: the next heartbeat says more.
  public CompletableFuture<String> send(Pulse pulse) {
    return pulses.publish(pulse);
  }

  @Override
  public void seatsWanted(int waiting, Optional<String> room) {
    LOG.info("Every seat of the fleet is taken; {} waiting", waiting);
    sendAndForget(new Pulse.SeatsWanted(vm, waiting, room));
  }

  private void take(Pulse pulse) {
    switch (pulse) {
      case Pulse.Heartbeat beat -> {
        if (beat.vm().equals(vm) && beat.bootId().equals(bootId)) {
          ownHeartbeatCame.run();
        }
        chat.heard(beat);
      }
      case Pulse.Goodbye goodbye -> chat.gone(goodbye);
      case Pulse.DrainRequest request -> {
        if (request.vm().equals(vm) && request.vmId().filter(id -> !id.equals(vmId)).isEmpty()) {
          Pulse.DrainAnswer answer = chat.drain(request);
          LOG.info(
              "Drain {} {}, {} people here",
              request.id(),
              answer.accepted() ? "accepted" : "refused",
              answer.participants());
          sendAndForget(answer);
        }
      }
      case Pulse.DrainCancelled cancelled -> {
        if (cancelled.vm().equals(vm)) {
          LOG.info("Drain {} cancelled", cancelled.id());
          chat.drainCancelled(cancelled);
        }
      }
      case Pulse.DrainAnswer answer -> {
        // For the console that asked.
      }
      case Pulse.Canary canary -> {
        // A console's word to itself.
      }
      case Pulse.Policy policy -> {
        // Between consoles.
      }
      case Pulse.SeatsWanted wanted -> {
        // For the consoles.
      }
      case Pulse.Announcement shown -> {
        // For the consoles.
      }
      case Pulse.KeysWanted wanted -> {}
      case Pulse.RosterChanged changed -> {}
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The failure is told here, once.
  private void sendAndForget(Pulse pulse) {
    send(pulse)
        .whenComplete((id, failure) -> {
          if (failure != null) {
            LOG.warn("A pulse was not published: {}", failure.getMessage());
          }
        });
  }
}
