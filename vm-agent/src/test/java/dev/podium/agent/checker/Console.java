package dev.podium.agent.checker;

import dev.podium.fleet.cloud.IdentityTokens;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.health.sight.PulseSubscription;
import dev.podium.fleet.identity.EnrolledKeys;
import dev.podium.fleet.identity.Later;
import dev.podium.fleet.identity.PulseIntake;
import dev.podium.fleet.invite.InviteDesk;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Participants;
import dev.podium.fleet.model.Verdict;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.pulse.PulseSigner;
import dev.podium.wire.pulse.PulseTopic;
import dev.podium.wire.pulse.ReceivedPulse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// What VMs need of a console: it takes their keys in, says who belongs to the fleet, and drains.
/// May be used from any thread.
final class Console implements AutoCloseable {
  private static final int SEATS = 5_000;

  /// So often a pulse is tried to be sent.
  private static final int PULSES = 5;

  private final EventStream events = new EventStream();
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final PulseTopic topic;
  private final PulseIntake intake;
  private final PulseSubscription hearing;

  Console(MessageBus bus, String fleet, InviteDesk desk, IdentityTokens tokens) {
    Ticker ticker = Ticker.system();
    PulseSigner signer = new PulseSigner(desk, fleet, "checker", ticker);
    this.topic = new PulseTopic(bus, new FleetTopics(fleet), signer);
    this.intake =
        new PulseIntake(
            fleet,
            "checker",
            new EnrolledKeys(desk),
            tokens,
            signer.clock(),
            ticker,
            Later.inRealTime(),
            blocking,
            () -> {},
            events,
            this::say);
    intake.start(
        new PulseIntake.Listener() {
          @Override
          public void believed(ReceivedPulse pulse) {
            // Nobody is judged here.
          }

          @Override
          public void enrolled(String vmId) {
            // The roster tells.
          }
        });
    this.hearing = new PulseSubscription(topic, "checker", ticker, intake::take);
    hearing.start();
  }

  /// A VM is there.
  ///
  /// @param id the cloud's number for it
  void came(String name, String id, int port) {
    Vm vm =
        new Vm(
            id,
            new VmName(name),
            "us-central1-a",
            "e2-small",
            "podium-agent",
            VmState.RUNNING,
            Instant.EPOCH,
            Map.of(),
            "f0",
            Optional.of("127.0.0.1"),
            port,
            SEATS,
            true,
            false,
            Optional.empty());
    events.publish(
        new FleetEvent.VmChanged(
            new FleetVm(
                vm,
                new Verdict(Health.HEALTHY, "it is there", Instant.EPOCH, List.of()),
                new Participants(0, SEATS),
                Optional.empty(),
                Optional.empty(),
                0)));
  }

  /// A VM is gone.
  void left(String name, String id) {
    events.publish(new FleetEvent.VmGone(new VmName(name), id, "it ended"));
  }

  /// Says it now; a busy computer's Pub/Sub may be late, and a console says things again too.
  void insist(Pulse pulse) {
    for (int left = PULSES; left > 0; left--) {
      try {
        topic.publish(pulse).join();
        return;
      } catch (CompletionException failed) {
        if (left == 1) {
          throw failed;
        }
      }
    }
  }

  private void say(Pulse pulse) {
    // What is lost is said again: VMs tell which roster they go by.
    var _ = topic.publish(pulse);
  }

  /// What was dropped, by why.
  Map<String, Long> dropped() {
    return intake.dropped();
  }

  @Override
  public void close() {
    hearing.close(Duration.ofSeconds(2));
    intake.close();
    blocking.close();
  }
}
