package dev.podium.agent.bridge;

import dev.podium.agent.people.SeatRequests;
import dev.podium.agent.room.ChatState;
import dev.podium.agent.trust.FleetKeys;
import dev.podium.agent.trust.HeartbeatLimits;
import dev.podium.agent.trust.KeptRoster;
import dev.podium.agent.trust.ProvedHeartbeats;
import dev.podium.agent.trust.VmIdentity;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.KnownTopic;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.Ed25519PublicKey;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.pulse.PulseCheck;
import dev.podium.wire.pulse.PulseRejection;
import dev.podium.wire.pulse.PulseTopic;
import dev.podium.wire.pulse.ReceivedPulse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The pulse topic's two directions. What other VMs and the consoles say is proved on the bus's
/// threads. What is believed goes to the chat's state, on the chat loop. A drain is answered there
/// and then.
///
/// A VM that goes by no roster yet, and whose maker did not say that there is one, believes the
/// unsigned. Its fleet is of the release before.
public final class PulseBridge implements SeatRequests {
  private static final Logger LOG = LoggerFactory.getLogger(PulseBridge.class);

  private final PulseTopic pulses;
  private final Self self;
  private final Map<String, String> labels;
  private final ChatState chat;
  private final Executor loop;
  private final FleetKeys keys;
  private final CompletableFuture<VmIdentity> identity;
  private final Duties duties;
  private final PulseCheck check;
  private final ProvedHeartbeats heartbeats;

  /// Signing takes a fraction of a millisecond, which the chat loop has better uses for.
  private final Executor signing = Executors.newVirtualThreadPerTaskExecutor();

  private final KnownTopic topic;
  private boolean known;
  private boolean subscribed;

  /// @param labels on the subscription, so that consoles know whose it is
  /// @param keys whose word counts; told of rosters here
  /// @param identity completes before anything is heard
  public PulseBridge(
      PulseTopic pulses,
      Self self,
      Map<String, String> labels,
      ChatState chat,
      Executor loop,
      FleetKeys keys,
      CompletableFuture<VmIdentity> identity,
      Duties duties,
      Ticker ticker) {
    this.pulses = pulses;
    this.self = self;
    this.labels = labels;
    this.chat = chat;
    this.loop = loop;
    this.keys = keys;
    this.identity = identity;
    this.duties = duties;
    this.topic = new KnownTopic(pulses.bus(), pulses.topics().pulse());
    this.check = new PulseCheck(pulses.topics().fleet(), keys, ticker);
    this.heartbeats =
        new ProvedHeartbeats(
            check,
            ticker,
            (beat, heardNanos) -> {
              Pulse.Heartbeat within = HeartbeatLimits.within(beat);
              loop.execute(() -> chat.heard(within, heardNanos));
            });
  }

  /// This VM.
  ///
  /// @param vmId the cloud's number of this machine; a drain that is meant for another of the same
  ///   name is not for it
  /// @param bootId this start of the agent
  public record Self(String vm, String vmId, String bootId) {}

  /// What others do when something was heard. Both return at once.
  ///
  /// @param ownHeartbeatCame told whenever this boot's own heartbeat comes back: the bus works
  /// @param keyWanted told when a console asks for this VM's key; whether it asked all VMs
  public record Duties(Runnable ownHeartbeatCame, Consumer<Boolean> keyWanted) {}

  /// The name of this boot's own subscription.
  public String subscriptionName() {
    FleetTopics topics = pulses.topics();
    return topics.subscription(topics.pulse(), self.vm() + "-" + self.bootId());
  }

  /// Subscribes to what comes from now on. Blocks; for one thread.
  ///
  /// @throws dev.podium.wire.model.PodiumException if Pub/Sub refuses or does not answer
  public MessageBus.Subscription subscribe() {
    knowOneself();
    if (subscribed) {
      // It may have lost its topic or be detached, and nothing mends that.
      pulses.bus().deleteSubscription(subscriptionName());
    }
    MessageBus.Subscription subscription =
        pulses.subscribe(subscriptionName(), labels, this::receive);
    subscribed = true;
    // The topic may have become another one meanwhile; then this subscription is soon found silent.
    boolean replaced = topic.isReplaced();
    LOG.debug("Hears the pulse topic, another than before: {}", replaced);
    return subscription;
  }

  /// Whether the topic of the subscription was deleted, though perhaps made again. Blocks.
  public boolean topicIsGone() {
    return topic.isGone();
  }

  /// Publishes a pulse. What fails is not sent again: the next heartbeat says more. Signs it, so it
  /// is not for the chat loop.
  public CompletableFuture<String> send(Pulse pulse) {
    return pulses.publish(pulse);
  }

  @Override
  public void seatsWanted(int waiting, Optional<String> room) {
    LOG.info("Every seat of the fleet is taken; {} waiting", waiting);
    sendAndForget(new Pulse.SeatsWanted(self.vm(), waiting, room));
  }

  /// Proves what has waited for its proof; to be called every second, not on the chat loop.
  public void look() {
    heartbeats.look();
  }

  /// How many pulses were dropped, by why, in small letters. From any thread.
  public Map<String, Long> dropped() {
    Map<String, Long> dropped = new TreeMap<>();
    for (PulseRejection why : PulseRejection.values()) {
      dropped.put(why.name().toLowerCase(Locale.ROOT), check.rejected(why));
    }
    return dropped;
  }

  private synchronized void knowOneself() {
    if (known) {
      return;
    }
    known = true;
    VmIdentity own = identity.join();
    keys.know(own);
    PulseCheck late = new PulseCheck(pulses.topics().fleet(), keys, Ed25519PublicKey::parse);
    new KeptRoster(own.state())
        .read()
        .ifPresent(kept -> {
          if (kept.pulse() instanceof Pulse.RosterChanged changed
              && late.prove(kept).isEmpty()
              && keys.follow(changed.roster(), kept.published())) {
            LOG.info("The kept roster {} is good", changed.roster().revision());
          }
        });
    if (keys.strict()) {
      Roster roster = keys.roster();
      loop.execute(() -> chat.follow(roster));
    }
  }

  /// On one of the bus's threads.
  private void receive(ReceivedPulse received) {
    switch (received.pulse()) {
      case Pulse.Heartbeat beat -> heard(received, beat);
      case Pulse.Goodbye goodbye -> {
        if (!goodbye.vm().equals(self.vm()) && believes(received)) {
          heartbeats.gone(goodbye);
          loop.execute(() -> chat.gone(goodbye));
        }
      }
      case Pulse.DrainRequest request -> {
        boolean here =
            request.vm().equals(self.vm())
                && request.vmId().filter(id -> !id.equals(self.vmId())).isEmpty();
        if (here && believes(received)) {
          loop.execute(() -> drain(request));
        }
      }
      case Pulse.DrainCancelled cancelled -> {
        if (cancelled.vm().equals(self.vm()) && believes(received)) {
          LOG.info("Drain {} cancelled", cancelled.id());
          loop.execute(() -> chat.drainCancelled(cancelled));
        }
      }
      case Pulse.KeysWanted wanted -> {
        boolean all = wanted.vms().isEmpty();
        if ((all || wanted.vms().contains(self.vm())) && proves(received)) {
          duties.keyWanted().accept(all);
        }
      }
      case Pulse.PersonRemoved removed -> {
        if (proves(received)) {
          LOG.info("A host puts {} out", removed.person());
          loop.execute(() -> chat.removals().remove(removed.person(), removed.span()));
        }
      }
      case Pulse.RosterChanged changed -> {
        if (changed.roster().revision() > keys.roster().revision() && proves(received)) {
          follow(received, changed.roster());
        }
      }
      case Pulse.DrainAnswer _,
          Pulse.Canary _,
          Pulse.Policy _,
          Pulse.SeatsWanted _,
          Pulse.Announcement _ -> {
        // For the consoles.
      }
    }
  }

  private void heard(ReceivedPulse received, Pulse.Heartbeat beat) {
    if (beat.vm().equals(self.vm())) {
      if (beat.bootId().equals(self.bootId()) && proves(received)) {
        duties.ownHeartbeatCame().run();
      }
    } else if (keys.strict()) {
      heartbeats.heard(received, beat);
    } else {
      Pulse.Heartbeat within = HeartbeatLimits.within(beat);
      loop.execute(() -> chat.heard(within));
    }
  }

  private void drain(Pulse.DrainRequest request) {
    Pulse.DrainAnswer answer = chat.drain(request);
    LOG.info(
        "Drain {} {}, {} people here",
        request.id(),
        answer.accepted() ? "accepted" : "refused",
        answer.participants());
    sendAndForget(answer);
  }

  /// One roster after the other, that the chat loop has the latest last.
  private synchronized void follow(ReceivedPulse received, Roster roster) {
    if (!keys.follow(roster, received.published())) {
      drop(PulseRejection.IMPLAUSIBLE, received);
      return;
    }
    LOG.info("Roster {} names {} VMs", roster.revision(), roster.entries().size());
    heartbeats.keepOnly(roster);
    loop.execute(() -> chat.follow(roster));
    new KeptRoster(identity.join().state()).keep(received);
  }

  /// Whether it was proved, or this VM believes what is unsigned.
  private boolean believes(ReceivedPulse received) {
    return !keys.strict() || proves(received);
  }

  private boolean proves(ReceivedPulse received) {
    Optional<PulseRejection> why = check.prove(received);
    why.ifPresent(rejection -> drop(rejection, received));
    return why.isEmpty();
  }

  private void drop(PulseRejection why, ReceivedPulse received) {
    check.count(why);
    LOG.debug("Dropped as {}: {}", why, received.pulse().getClass().getSimpleName());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The failure is told here, once.
  private void sendAndForget(Pulse pulse) {
    CompletableFuture.supplyAsync(() -> send(pulse), signing)
        .thenCompose(sent -> sent)
        .whenComplete((id, failure) -> {
          if (failure != null) {
            LOG.warn("A pulse was not published: {}", failure.getMessage());
          }
        });
  }
}
