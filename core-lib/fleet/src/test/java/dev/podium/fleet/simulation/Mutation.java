package dev.podium.fleet.simulation;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.health.FleetWatch;
import dev.podium.fleet.health.Rulebook;
import dev.podium.fleet.health.ending.LastLook;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.scaler.Scaler;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.identity.VerificationKey;
import dev.podium.wire.pulse.KnownKeys;
import dev.podium.wire.pulse.ReceivedPulse;
import java.util.Optional;
import java.util.Random;

/// What a console does otherwise than it should. This one does all as it should; others break one
/// rule each, so that the [Referee] can show that it would notice.
class Mutation {
  /// The rules by which it judges.
  Rulebook rulebook(HealthLimits limits) {
    return Rulebook.of(limits);
  }

  /// How it understands a message.
  Pulse heard(Pulse pulse, FleetWatch watch) {
    return pulse;
  }

  /// How it understands what a probe brought.
  HealthProbe.Result probed(HealthProbe.Result result, Vm vm) {
    return result;
  }

  /// An answer that it gives itself instead of asking, in the last look at a VM.
  Optional<LastLook.Answer> answer(LastLook.Ask ask, Vm vm, SimConsole console) {
    return Optional.empty();
  }

  /// What it makes of a VM as the cloud describes it.
  Vm read(Vm vm, SimConsole console) {
    return vm;
  }

  /// Whether it names the fingerprint of the labels that it saw.
  boolean checksFingerprints() {
    return true;
  }

  /// Whether it knows the cloud's clock from its computer's.
  boolean knowsCloudsClock() {
    return true;
  }

  /// A key as it checks signatures.
  VerificationKey key(VerificationKey right) {
    return right;
  }

  /// What it makes of a message before it is proved.
  ///
  /// @param keys whose key is whose, as the receiver knows it
  ReceivedPulse taken(ReceivedPulse received, KnownKeys keys) {
    return received;
  }

  /// What it makes of a message that was proved.
  ReceivedPulse proved(ReceivedPulse received) {
    return received;
  }

  /// Whether an agent believes this without a proof.
  boolean agentBelieves(ReceivedPulse received) {
    return false;
  }

  /// Whether an agent remembers which messages it has had.
  boolean remembers() {
    return true;
  }

  /// Whether an agent looks at a roster's revision.
  boolean checksRevision() {
    return true;
  }

  /// Where an agent says that a VM is.
  String address(Pulse.Heartbeat beat, Roster.Entry entry) {
    return entry.url();
  }

  /// How it names a slot's VM.
  VmName name(Scaler.Creation creation, Random random) {
    return creation.slot().name();
  }
}
