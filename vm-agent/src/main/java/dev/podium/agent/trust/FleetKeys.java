package dev.podium.agent.trust;

import dev.podium.wire.identity.Ed25519PublicKey;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.identity.VerificationKey;
import dev.podium.wire.pulse.KnownKeys;
import dev.podium.wire.pulse.PulseCheck;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whose key is whose, as this VM knows it: its own, the consoles', and those of the roster that it
/// goes by. May be used from any thread.
public final class FleetKeys implements KnownKeys {
  /// How far ahead of the cloud's clock a roster's revision may be.
  private static final Duration AHEAD = PulseCheck.OLDEST;

  /// Where clocks were wrong, each roster still has a successor.
  private static final long STEP = 1_000;

  private final String vm;
  private final ConsoleKeys consoles;
  private final InstantSource now;
  private volatile @Nullable VmIdentity own;
  private volatile Known known = new Known(Roster.NONE, Map.of());

  /// @param now the cloud's clock: keys of consoles have an end
  public FleetKeys(String vm, ConsoleKeys consoles, InstantSource now) {
    this.vm = vm;
    this.consoles = consoles;
    this.now = now;
  }

  /// Tells who this VM is. To be called before anything is heard.
  public synchronized void know(VmIdentity identity) {
    own = identity;
  }

  /// Whether only what is signed is believed. Until the VM knows itself it believes nothing.
  public boolean strict() {
    VmIdentity identity = own;
    return identity == null || identity.strict();
  }

  /// The roster that this VM goes by.
  public Roster roster() {
    return known.roster;
  }

  /// Whether the roster has this VM with its own key.
  public boolean isListed() {
    VmIdentity identity = own;
    return identity != null && known.senders.containsKey(identity.pair().publicKey().id());
  }

  @Override
  public Optional<Sender> sender(String key) {
    VmIdentity identity = own;
    if (identity != null && identity.pair().publicKey().id().equals(key)) {
      return Optional.of(new Sender.OfVm(vm, identity.vmId(), identity.pair().publicKey()));
    }
    Optional<Sender> console = consoles.find(key, now.instant()).map(Sender.OfConsole::new);
    return console.isPresent() ? console : Optional.ofNullable(known.senders.get(key));
  }

  /// Goes by a roster that a console is known to have signed, if it is a later one. From then on
  /// only what is signed is believed.
  ///
  /// @param published when the cloud took it
  /// @return whether it is a later one
  public synchronized boolean follow(Roster roster, Instant published) {
    if (!isSuccessor(known.roster.revision(), roster.revision(), published)) {
      return false;
    }
    Map<String, Sender> senders = new HashMap<>();
    for (Roster.Entry entry : roster.entries()) {
      VerificationKey key = new RosterKey(entry.key());
      senders.put(key.id(), new Sender.OfVm(entry.vm(), entry.vmId(), key));
    }
    known = new Known(roster, senders);
    VmIdentity identity = own;
    own = identity == null ? null : identity.butStrict();
    return true;
  }

  /// A revision is a moment, so nobody can use all of them up: one from the future is refused. Old
  /// ones are good for who held an older one: a VM that starts hears a roster of last week.
  static boolean isSuccessor(long held, long revision, Instant published) {
    return revision > held
        && (revision <= published.plus(AHEAD).toEpochMilli() || revision - held <= STEP);
  }

  private record Known(Roster roster, Map<String, Sender> senders) {}

  /// A VM's key, which is read when it is needed first: a roster has thousands.
  private static final class RosterKey implements VerificationKey {
    private final String id;
    private final String x;
    private volatile @Nullable Ed25519PublicKey key;

    RosterKey(String x) {
      this.id = Ed25519PublicKey.thumbprint(x);
      this.x = x;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public boolean verifies(String text, byte[] signature) {
      try {
        Ed25519PublicKey read = key;
        if (read == null) {
          read = Ed25519PublicKey.parse(x);
          key = read;
        }
        return read.verifies(text, signature);
      } catch (IllegalArgumentException noKey) {
        return false;
      }
    }
  }
}
