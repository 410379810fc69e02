package dev.podium.fleet.simulation;

import dev.podium.fleet.testing.MemoryTokens;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.identity.Base64Url;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.identity.TextSigner;
import dev.podium.wire.identity.TokenAudience;
import dev.podium.wire.pulse.PulseSignature;
import dev.podium.wire.pulse.PulseSigner;
import dev.podium.wire.pulse.ReceivedPulse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Who took one VM over. He has its key, and reads and writes all of the pulse topic. What he does
/// there is drawn from the seed.
final class Thief {
  /// Where he wants people to go.
  static final String URL = "http://198.51.100.66:8080/";

  private static final int REMEMBERED = 400;
  private static final int FLOOD = 40;

  private final Simulation world;
  private final SimVm vm;
  private final Random random;
  private final Duration pace;
  private final List<SimBus.Message> overheard = new ArrayList<>();
  private final List<SimBus.Message> orders = new ArrayList<>();
  private int sessions;

  Thief(Simulation world, SimVm vm) {
    this.world = world;
    this.vm = vm;
    this.random = new Random(world.seed * 31 + 7);
    this.pace = Duration.ofSeconds(2 + random.nextInt(20));
    act();
  }

  boolean has(SimVm one) {
    return one == vm;
  }

  void overhears(SimBus.Message message) {
    if (message.author() == this) {
      return;
    }
    boolean order =
        message.pulse() instanceof Pulse.DrainRequest
            || message.pulse() instanceof Pulse.DrainCancelled
            || message.pulse() instanceof Pulse.RosterChanged;
    List<SimBus.Message> kept = order ? orders : overheard;
    kept.add(message);
    if (kept.size() > REMEMBERED) {
      kept.removeFirst();
    }
    // What a console takes back is said again at once, while it is young.
    if (message.pulse() instanceof Pulse.DrainCancelled cancelled) {
      world.agenda.in(Duration.ofSeconds(3 + random.nextInt(60)), () -> sayAgain(cancelled.id()));
    }
  }

  private void sayAgain(String drain) {
    orders.stream()
        .filter(old -> old.pulse() instanceof Pulse.DrainRequest one && one.id().equals(drain))
        .reduce((_, last) -> last)
        .ifPresent(this::replay);
  }

  private void act() {
    int count = random.nextInt(30) == 0 ? FLOOD : 1;
    for (int i = 0; i < count; i++) {
      once();
    }
    world.agenda.in(world.agenda.exponential(pace), this::act);
  }

  private void once() {
    switch (random.nextInt(12)) {
      case 0, 1 -> {
        if (!overheard.isEmpty()) {
          replay(overheard.get(random.nextInt(overheard.size())));
        }
      }
      case 2, 3 -> {
        if (!orders.isEmpty()) {
          replay(orders.get(random.nextInt(orders.size())));
        }
      }
      case 4 -> say(invented());
      case 5 -> say(wanted());
      case 6 -> say(announcement());
      case 7 -> sayOwn(lie(vm, vm.sequence + 1 + random.nextInt(3)));
      default -> say(forged(somebody()));
    }
  }

  private void replay(SimBus.Message old) {
    ReceivedPulse before = old.received();
    world.bus.publish(
        new SimBus.Message(
            new ReceivedPulse(
                before.pulse(), before.body(), before.signature(), world.serverTime()),
            this));
  }

  private SimVm somebody() {
    List<SimVm> all = world.cloud.all();
    return all.isEmpty() ? vm : all.get(random.nextInt(all.size()));
  }

  private Pulse forged(SimVm victim) {
    String name = victim.vm.name().value();
    return switch (random.nextInt(12)) {
      case 0 -> new Pulse.Goodbye(name, victim.bootId());
      case 1, 2 -> new Pulse.DrainAnswer(overheardDrain(), name, random.nextInt(4) > 0, 0);
      case 3 -> new Pulse.DrainRequest("thief-" + random.nextInt(), name, Optional.empty(), true);
      case 4 -> new Pulse.DrainRequest(overheardDrain(), name, Optional.of(victim.vm.id()), true);
      case 5 -> new Pulse.DrainCancelled(overheardDrain(), name);
      case 6 ->
          new Pulse.Policy(
              "console-1", 1_000_000, Map.of("minimum", "0", "maximum", "0"), "k", "s");
      case 7 -> roster();
      case 8 -> new Pulse.Canary("console-1", random.nextInt(10_000));
      case 9 -> new Pulse.KeysWanted("console-1", List.of());
      default -> lie(victim, sequence(victim));
    };
  }

  private long sequence(SimVm victim) {
    return switch (random.nextInt(4)) {
      case 0 -> Long.MAX_VALUE;
      case 1 -> victim.sequence + 100 + random.nextInt(200);
      default -> victim.sequence + 1;
    };
  }

  private Pulse.Heartbeat lie(SimVm of, long sequence) {
    boolean full = random.nextBoolean();
    return new Pulse.Heartbeat(
        of.vm.name().value(),
        of.vm.id(),
        random.nextInt(4) == 0 ? of.vm.id() + "-99" : of.bootId(),
        sequence,
        URL,
        full ? Integer.MAX_VALUE : 0,
        Integer.MAX_VALUE,
        random.nextBoolean() ? 1_000_000 : 0,
        true,
        random.nextBoolean(),
        random.nextInt(3) == 0 ? List.of("disk") : List.of(),
        List.of(),
        0);
  }

  private Pulse invented() {
    String name = "invented-" + random.nextInt(1_000);
    return new Pulse.Heartbeat(
        name,
        "9" + random.nextInt(1_000),
        "b",
        1,
        URL,
        0,
        5_000,
        0,
        true,
        false,
        List.of(),
        List.of(),
        0);
  }

  private Pulse wanted() {
    String name =
        switch (random.nextInt(3)) {
          case 0 -> "invented-" + random.nextInt(1_000);
          case 1 -> somebody().vm.name().value();
          default -> vm.vm.name().value();
        };
    return new Pulse.SeatsWanted(name, Integer.MAX_VALUE, Optional.empty());
  }

  /// His token, shown as another's; another's, shown with his key; and VMs that do not exist.
  private Pulse announcement() {
    SimKeys.SimKey own = vm.agent.key();
    String audience = TokenAudience.of(Simulation.FLEET, own.id());
    String token = MemoryTokens.of(vm.vm.id(), vm.vm.name().value(), vm.vm.zone(), audience);
    SimVm victim = somebody();
    if (random.nextBoolean()) {
      return new Pulse.Announcement(
          victim.vm.name().value(), victim.vm.id(), "b", own.form(), token);
    }
    return overheard.stream()
        .map(SimBus.Message::pulse)
        .filter(Pulse.Announcement.class::isInstance)
        .map(Pulse.Announcement.class::cast)
        .reduce((_, last) -> last)
        .map(last -> new Pulse.Announcement(last.vm(), last.vmId(), "b", own.form(), last.token()))
        .orElseGet(() -> new Pulse.Announcement("invented", "9", "b", own.form(), token));
  }

  private Pulse roster() {
    List<Roster.Entry> entries = new ArrayList<>();
    for (SimVm one : world.cloud.all()) {
      entries.add(
          new Roster.Entry(one.vm.name().value(), one.vm.id(), URL, vm.agent.key().form(), 5_000));
    }
    long revision = world.serverTime().plusSeconds(random.nextInt(100)).toEpochMilli();
    return new Pulse.RosterChanged("console-1", new Roster(revision, entries));
  }

  private String overheardDrain() {
    return orders.stream()
        .map(SimBus.Message::pulse)
        .filter(Pulse.DrainRequest.class::isInstance)
        .map(one -> ((Pulse.DrainRequest) one).id())
        .reduce((_, last) -> last)
        .orElse("none");
  }

  private void sayOwn(Pulse pulse) {
    publish(world.bus.signed(pulse, signer(vm.agent.key(), TextSigner.VM, Duration.ZERO), this));
  }

  /// Says it with one of the signatures that he can have.
  private void say(Pulse pulse) {
    switch (random.nextInt(7)) {
      case 0 -> publish(world.bus.unsigned(pulse, this));
      case 1 -> sayOwn(pulse);
      case 2 ->
          publish(
              world.bus.signed(
                  pulse, signer(vm.agent.key(), TextSigner.CONSOLE, Duration.ZERO), this));
      case 3 -> {
        Duration off = Duration.ofMinutes(random.nextInt(120) - 60L);
        publish(world.bus.signed(pulse, signer(vm.agent.key(), TextSigner.VM, off), this));
      }
      case 4 ->
          publish(
              world.bus.signed(
                  pulse, signer(world.keys.make(), TextSigner.VM, Duration.ZERO), this));
      case 5 -> publish(inNameOf(pulse, somebody().agent.key().id()));
      default -> {
        SimConsole console = world.consoles.get(random.nextInt(world.consoles.size()));
        publish(inNameOf(pulse, console.key().id()));
      }
    }
  }

  /// With the id of another's key, and a signature out of thin air.
  private SimBus.Message inNameOf(Pulse pulse, String key) {
    ReceivedPulse bare = world.bus.unsigned(pulse, this).received();
    PulseSignature signature =
        new PulseSignature(
            key,
            "x" + ++sessions,
            sessions,
            world.serverTime(),
            Base64Url.encode(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
    return new SimBus.Message(
        new ReceivedPulse(pulse, bare.body(), Optional.of(signature), bare.published()), this);
  }

  private PulseSigner signer(SimKeys.SimKey key, String kind, Duration off) {
    return new PulseSigner(
        key.signer(kind), Simulation.FLEET, "t" + ++sessions, world.ticker(() -> off));
  }

  private void publish(SimBus.Message message) {
    world.bus.publish(message);
  }
}
