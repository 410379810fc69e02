package dev.podium.fleet.simulation;

import dev.podium.fleet.health.FleetWatch;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.identity.VerificationKey;
import dev.podium.wire.pulse.KnownKeys;
import dev.podium.wire.pulse.PulseSignature;
import dev.podium.wire.pulse.ReceivedPulse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Consoles and agents that break one rule each of those by which they know who speaks.
final class IdentityMutations {
  private IdentityMutations() {}

  /// Whatever names a key counts as signed by it.
  static final class NoSignature extends Mutation {
    @Override
    VerificationKey key(VerificationKey right) {
      return new VerificationKey() {
        @Override
        public String id() {
          return right.id();
        }

        @Override
        public boolean verifies(String text, byte[] signature) {
          return true;
        }
      };
    }
  }

  /// What was signed long ago counts as said now.
  static final class NoAge extends Mutation {
    @Override
    ReceivedPulse taken(ReceivedPulse received, KnownKeys keys) {
      return received
          .signature()
          .map(PulseSignature::at)
          .map(at -> new ReceivedPulse(received.pulse(), received.body(), received.signature(), at))
          .orElse(received);
    }
  }

  /// An agent believes the same message as often as it comes.
  static final class NoNumber extends Mutation {
    @Override
    boolean remembers() {
      return false;
    }
  }

  /// Each VM of the roster may speak in every VM's name.
  static final class AnyName extends Mutation {
    private final Map<String, Pulse> meant = new HashMap<>();

    @Override
    ReceivedPulse taken(ReceivedPulse received, KnownKeys keys) {
      Optional<KnownKeys.Sender> sender =
          received.signature().flatMap(signature -> keys.sender(signature.key()));
      if (received.pulse() instanceof Pulse.Heartbeat beat
          && sender.orElse(null) instanceof KnownKeys.Sender.OfVm own
          && !own.vmId().equals(beat.vmId())) {
        meant.put(received.body(), beat);
        return new ReceivedPulse(
            as(beat, own), received.body(), received.signature(), received.published());
      }
      return received;
    }

    private static Pulse as(Pulse.Heartbeat beat, KnownKeys.Sender.OfVm own) {
      return new Pulse.Heartbeat(
          own.vm(),
          own.vmId(),
          beat.bootId(),
          beat.sequence(),
          beat.url(),
          beat.participants(),
          beat.seats(),
          beat.idleSeconds(),
          beat.ready(),
          beat.draining(),
          beat.selfCheck(),
          beat.members(),
          beat.roster());
    }

    @Override
    ReceivedPulse proved(ReceivedPulse received) {
      Pulse pulse = meant.remove(received.body());
      return pulse == null
          ? received
          : new ReceivedPulse(pulse, received.body(), received.signature(), received.published());
    }
  }

  /// An agent goes by whatever roster came last.
  static final class AnyRoster extends Mutation {
    @Override
    boolean checksRevision() {
      return false;
    }
  }

  /// An agent sends people where a VM says that it is.
  static final class OwnAddress extends Mutation {
    @Override
    String address(Pulse.Heartbeat beat, Roster.Entry entry) {
      return beat.url();
    }
  }

  /// Whatever a VM wants is added to what it wanted before.
  static final class EndlessWants extends Mutation {
    private int doors;

    @Override
    Pulse heard(Pulse pulse, FleetWatch watch) {
      return pulse instanceof Pulse.SeatsWanted wanted
          ? new Pulse.SeatsWanted(wanted.vm() + ++doors, wanted.waiting(), wanted.room())
          : pulse;
    }
  }

  /// An agent obeys whoever asks it to drain.
  static final class AnyAsker extends Mutation {
    @Override
    boolean agentBelieves(ReceivedPulse received) {
      return received.pulse() instanceof Pulse.DrainRequest && received.signature().isEmpty();
    }
  }
}
