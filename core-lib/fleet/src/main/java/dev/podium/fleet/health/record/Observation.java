package dev.podium.fleet.health.record;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.chat.Pulse;
import java.time.Instant;

/// Something that the rules are told about one VM.
public sealed interface Observation {
  /// Time passed.
  record Tick() implements Observation {}

  /// Its heartbeat arrived.
  ///
  /// @param published by the cloud's clock
  record Beat(Pulse.Heartbeat heartbeat, Instant published) implements Observation {}

  /// A heartbeat arrived that had waited while the console slept.
  ///
  /// @param published by the cloud's clock
  record OldBeat(Pulse.Heartbeat heartbeat, Instant published) implements Observation {}

  /// What the probe that was sent brought back.
  record Probed(HealthProbe.Result result) implements Observation {}

  /// What Compute Engine says of it, in its list or by itself.
  record Listed(Vm vm) implements Observation {}

  /// The console slept or its clock jumped: nothing remembered may count against the VM.
  ///
  /// @param why the reason that is shown: `this computer slept for 40 s`
  record Slept(String why) implements Observation {}

  /// The fleet's rules, or the operator, permit that it is drained.
  ///
  /// @param id the fencing token of this drain
  /// @param force whether people may be moved on
  /// @param reason why it ends: `nobody for 31 min`
  record DrainPermitted(String id, boolean force, String reason) implements Observation {}

  /// It answered a drain.
  record DrainAnswered(Pulse.DrainAnswer answer) implements Observation {}

  /// The fleet's rules permit that it ends, and the last look at it has begun.
  record EndPermitted() implements Observation {}

  /// The fleet's rules do not permit its end yet.
  ///
  /// @param why `the fleet keeps at least 2 VMs`
  record EndHeld(String why) implements Observation {}

  /// The last look disagreed, or another console was first.
  record EndRefused(String why) implements Observation {}

  /// The cloud accepted its deletion.
  record EndAccepted(String reason) implements Observation {}

  /// Its deletion was accepted and then failed.
  record EndFailed(String why) implements Observation {}
}
