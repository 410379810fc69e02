package dev.podium.fleet.simulation;

import dev.podium.fleet.model.Vm;
import dev.podium.fleet.testing.MemoryTokens;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.identity.TextSigner;
import dev.podium.wire.identity.TokenAudience;
import dev.podium.wire.identity.VerificationKey;
import dev.podium.wire.pulse.KnownKeys;
import dev.podium.wire.pulse.PulseCheck;
import dev.podium.wire.pulse.PulseSigner;
import dev.podium.wire.pulse.ReceivedPulse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a VM's agent believes, and by which key it speaks. One of an outdated VM signs nothing, and
/// believes everything.
final class SimAgent implements KnownKeys {
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  private final Simulation world;
  private final Vm vm;
  private final boolean outdated;
  private Duration ahead;
  private Roster roster = Roster.NONE;
  private final Map<String, Roster.Entry> known = new HashMap<>();
  private int starts;
  private SimKeys.SimKey key;
  private PulseSigner signer;
  private PulseCheck check;

  /// @param ahead of the cloud's clock is the machine's own
  SimAgent(Simulation world, Vm vm, Duration ahead) {
    this.world = world;
    this.vm = vm;
    this.outdated = vm.outdated();
    this.ahead = ahead;
    this.key = world.keys.make();
    this.signer = signer();
    this.check = check();
  }

  private PulseSigner signer() {
    return new PulseSigner(
        key.signer(TextSigner.VM), Simulation.FLEET, "s" + ++starts, world.ticker(() -> ahead));
  }

  private PulseCheck check() {
    return new PulseCheck(Simulation.FLEET, this, world.keys::read, world.ticker(() -> ahead));
  }

  /// It has a new key, and knows nothing of what it has heard but the roster.
  void startAnew() {
    key = world.keys.make();
    signer = signer();
    check = check();
  }

  SimKeys.SimKey key() {
    return key;
  }

  long revision() {
    return outdated ? 0 : roster.revision();
  }

  SimBus.Message said(Pulse pulse, SimVm author) {
    return outdated ? world.bus.unsigned(pulse, author) : world.bus.signed(pulse, signer, author);
  }

  /// The metadata server's answer with the token says what time it is, to half a second.
  Pulse announcement() {
    ahead = ahead.isNegative() ? HALF_A_SECOND.negated() : HALF_A_SECOND;
    String audience = TokenAudience.of(Simulation.FLEET, key.id());
    String token = MemoryTokens.of(vm.id(), vm.name().value(), vm.zone(), audience);
    return new Pulse.Announcement(vm.name().value(), vm.id(), "b" + starts, key.form(), token);
  }

  /// Whether its roster has the key by which it signs.
  boolean isListed() {
    return known.containsKey(key.id());
  }

  /// Whether it knows what it has heard.
  boolean remembers() {
    return world.mutation.remembers();
  }

  /// Its own message came back, with the cloud's time.
  void cameBack(ReceivedPulse own) {
    own.signature().ifPresent(signature -> signer.heard(signature, own.published()));
  }

  boolean believes(ReceivedPulse received) {
    if (outdated || world.mutation.agentBelieves(received)) {
      return true;
    }
    PulseCheck used =
        world.mutation.remembers()
            ? check
            : new PulseCheck(Simulation.FLEET, this, world.keys::read);
    return used.prove(world.mutation.taken(received, this)).isEmpty();
  }

  /// A roster came. It is not for outdated ones.
  void follow(ReceivedPulse received, Pulse.RosterChanged changed) {
    boolean newer =
        changed.roster().revision() > roster.revision() || !world.mutation.checksRevision();
    if (outdated || !newer || !believes(received)) {
      return;
    }
    if (changed.roster().revision() < roster.revision()) {
      throw world.referee.broken("nobody goes by an older roster", vm.name().value());
    }
    roster = changed.roster();
    known.clear();
    roster.entries().forEach(entry -> known.put(world.keys.read(entry.key()).id(), entry));
  }

  @Override
  public Optional<Sender> sender(String id) {
    Optional<VerificationKey> console = world.keys.console(id);
    if (console.isPresent()) {
      return console.map(Sender.OfConsole::new);
    }
    return Optional.ofNullable(known.get(id))
        .map(entry -> new Sender.OfVm(entry.vm(), entry.vmId(), world.keys.read(entry.key())));
  }

  /// Where it would send somebody, by what was lately said on the topic. Empty if it knows no
  /// place.
  Optional<String> place() {
    if (outdated) {
      return Optional.empty();
    }
    PulseCheck once = new PulseCheck(Simulation.FLEET, this, world.keys::read);
    Map<String, Roster.Entry> entries = roster.byName();
    int most = Integer.MIN_VALUE;
    Optional<String> place = Optional.empty();
    for (ReceivedPulse received : world.bus.lately()) {
      Pulse.Heartbeat beat = (Pulse.Heartbeat) received.pulse();
      Roster.Entry entry = entries.get(beat.vm());
      if (entry == null || !entry.vmId().equals(beat.vmId())) {
        continue;
      }
      int free = Math.min(beat.seats(), entry.seats()) - beat.participants();
      boolean takes = beat.ready() && !beat.draining() && beat.selfCheck().isEmpty();
      boolean other = !beat.vmId().equals(vm.id());
      if (other
          && takes
          && free >= most
          && once.prove(world.mutation.taken(received, this)).isEmpty()) {
        most = free;
        place = Optional.of(world.mutation.address(beat, entry));
      }
    }
    return place;
  }
}
