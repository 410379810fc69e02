package dev.podium.fleet.bench;

import com.sun.management.ThreadMXBean;
import dev.podium.bench.Figure;
import dev.podium.bench.Race;
import dev.podium.fleet.cloud.IdentityTokens.NamedVm;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.identity.EnrolledKeys;
import dev.podium.fleet.identity.PulseIntake;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Participants;
import dev.podium.fleet.model.Verdict;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.chat.PulseCodec;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.Ed25519KeyPair;
import dev.podium.wire.identity.Ed25519PublicKey;
import dev.podium.wire.identity.TextSigner;
import dev.podium.wire.pulse.CloudClock;
import dev.podium.wire.pulse.KnownKeys;
import dev.podium.wire.pulse.PulseCheck;
import dev.podium.wire.pulse.PulseSignature;
import dev.podium.wire.pulse.PulseSigner;
import dev.podium.wire.pulse.ReceivedPulse;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What the signatures of heartbeats cost: an hour of 1,000 and of 10,000 VMs, each of which sends
/// one every five seconds. Four of each are measured, and the hour has 720.
///
/// A console checks all of them. An agent checks those that say something new, one in a hundred,
/// and of the others every second one: what it last proved of a VM is less than ten seconds old.
/// Beside that stands the same without signatures, which is to read each heartbeat.
public final class HeartbeatsBench {
  private static final int ROUNDS = 3;
  private static final int BEATS = 4;
  private static final double AN_HOUR = 3_600.0 / 5 / BEATS;
  private static final int CHANGED = 100;
  private static final int PROVED = 2;
  private static final String FLEET = "bench";
  private static final int FEW = 1_000;
  private static final int MANY = 10_000;

  private static final Figure CONSOLE_FEW = Figure.lower("console, 1,000 VMs", "s of CPU an hour");
  private static final Figure CONSOLE_MANY =
      Figure.lower("console, 10,000 VMs", "s of CPU an hour");
  private static final Figure AGENT_FEW = Figure.lower("agent, 1,000 VMs", "s of CPU an hour");
  private static final Figure AGENT_MANY = Figure.lower("agent, 10,000 VMs", "s of CPU an hour");

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Map<String, Ed25519KeyPair> pairs = new HashMap<>();
  private int session;

  private HeartbeatsBench() {
    for (int i = 0; i < MANY; i++) {
      pairs.put("vm-" + i, Ed25519KeyPair.generate());
    }
  }

  /// Runs the bench and prints its table; the peer is the same without signatures.
  public static void main(String[] arguments) throws Exception {
    HeartbeatsBench bench = new HeartbeatsBench();
    new Race("Heartbeats, signed and not", CONSOLE_FEW, CONSOLE_MANY, AGENT_FEW, AGENT_MANY)
        .enter("Podium", () -> bench.round(true))
        .enter("unsigned", () -> bench.round(false))
        .run(ROUNDS);
  }

  private Map<Figure, Double> round(boolean signed) {
    return Map.of(
        CONSOLE_FEW, console(FEW, signed),
        CONSOLE_MANY, console(MANY, signed),
        AGENT_FEW, agent(FEW, signed),
        AGENT_MANY, agent(MANY, signed));
  }

  private double console(int vms, boolean signed) {
    Intake intake = new Intake(vms, signed);
    List<Sent> sent = heartbeats(vms, signed);
    double seconds = measured(sent, intake.intake::take);
    intake.require(sent.size());
    return seconds;
  }

  private double agent(int vms, boolean signed) {
    if (!signed) {
      return measured(heartbeats(vms, false), _ -> {});
    }
    Map<String, KnownKeys.Sender> senders = new HashMap<>();
    for (int i = 0; i < vms; i++) {
      Ed25519PublicKey key = pair(i).publicKey();
      senders.put(key.id(), new KnownKeys.Sender.OfVm("vm-" + i, "id-" + i, key));
    }
    PulseCheck check =
        new PulseCheck(
            FLEET, key -> Optional.ofNullable(senders.get(key)), Ed25519PublicKey::parse);
    int[] count = new int[1];
    return measured(
        heartbeats(vms, true),
        received -> {
          int number = count[0]++;
          boolean used = number % CHANGED == 0 || number % PROVED == 0;
          var why = used ? check.prove(received) : check.look(received);
          if (why.isPresent()) {
            throw new IllegalStateException("Not believed: " + why.get());
          }
        });
  }

  /// @return seconds of processor time for an hour of it
  private double measured(List<Sent> sent, Consumer<ReceivedPulse> receiver) {
    long before = threads.getCurrentThreadCpuTime();
    for (Sent one : sent) {
      Pulse pulse = PulseCodec.decode(one.body).orElseThrow();
      receiver.accept(
          new ReceivedPulse(pulse, one.body, PulseSignature.of(one.attributes), one.published));
    }
    return (threads.getCurrentThreadCpuTime() - before) / 1e9 * AN_HOUR;
  }

  private record Sent(String body, Map<String, String> attributes, Instant published) {}

  private List<Sent> heartbeats(int vms, boolean signed) {
    session++;
    List<PulseSigner> signers = new ArrayList<>();
    for (int i = 0; i < vms; i++) {
      signers.add(
          new PulseSigner(TextSigner.ofVm(pair(i)), FLEET, "session-" + session, Ticker.system()));
    }
    List<Sent> sent = new ArrayList<>();
    for (int sequence = 1; sequence <= BEATS; sequence++) {
      for (int i = 0; i < vms; i++) {
        String body = PulseCodec.encode(beat(i, sequence));
        Map<String, String> attributes = signed ? signers.get(i).sign(body).attributes() : Map.of();
        sent.add(new Sent(body, attributes, Instant.now()));
      }
    }
    return sent;
  }

  private Ed25519KeyPair pair(int vm) {
    return pairs.getOrDefault("vm-" + vm, Ed25519KeyPair.generate());
  }

  private static Pulse beat(int number, int sequence) {
    return new Pulse.Heartbeat(
        "vm-" + number,
        "id-" + number,
        "boot-" + number,
        sequence,
        "http://127.0.0.1:8080/",
        3,
        50,
        0,
        true,
        false,
        List.of(),
        List.of(
            new Pulse.Member("id-ann", "Ann", "room a"),
            new Pulse.Member("id-bob", "Bob", "room a"),
            new Pulse.Member("id-eve", "Eve", "room b")),
        0);
  }

  /// A console that knows all VMs, and their keys if they have any.
  private final class Intake {
    private final EventStream events = new EventStream();
    private final PulseIntake intake;
    private int believed;

    Intake(int vms, boolean signed) {
      intake =
          new PulseIntake(
              FLEET,
              "bench",
              new EnrolledKeys(_ -> Optional.empty(), Ed25519PublicKey::parse),
              (token, _, _) -> new NamedVm(token, "vm-" + token.substring(3), "us-central1-a"),
              new CloudClock(Ticker.system()),
              Ticker.system(),
              (_, _) -> {},
              Runnable::run,
              () -> {},
              events,
              _ -> {});
      intake.start(
          new PulseIntake.Listener() {
            @Override
            public void believed(ReceivedPulse pulse) {
              believed++;
            }

            @Override
            public void enrolled(String vmId) {}
          });
      for (int i = 0; i < vms; i++) {
        list(i, signed);
      }
    }

    private void list(int number, boolean signed) {
      Vm vm = vm(number, signed);
      events.publish(
          new FleetEvent.VmChanged(
              new FleetVm(
                  vm,
                  new Verdict(Health.HEALTHY, "made", Instant.EPOCH, List.of()),
                  new Participants(0, 50),
                  Optional.empty(),
                  Optional.empty(),
                  0)));
      if (signed) {
        Ed25519KeyPair own = pair(number);
        String body =
            PulseCodec.encode(
                new Pulse.Announcement(
                    vm.name().value(), vm.id(), "boot", own.publicKey().x(), vm.id()));
        PulseSignature signature =
            new PulseSigner(TextSigner.ofVm(own), FLEET, "announcement", Ticker.system())
                .sign(body);
        intake.take(
            new ReceivedPulse(
                PulseCodec.decode(body).orElseThrow(),
                body,
                Optional.of(signature),
                Instant.now()));
      }
    }

    void require(int count) {
      if (believed != count) {
        throw new IllegalStateException(believed + " of " + count + " were believed");
      }
    }
  }

  /// @param signs whether it is of a release whose VMs sign; others are heard without a signature
  private static Vm vm(int number, boolean signs) {
    return new Vm(
        "id-" + number,
        new VmName("vm-" + number),
        "us-central1-a",
        "e2-small",
        "podium-agent",
        VmState.RUNNING,
        Instant.EPOCH,
        Map.of(),
        "f0",
        Optional.of("127.0.0.1"),
        8_080,
        50,
        signs,
        false,
        Optional.empty());
  }
}
