package dev.podium.fleet.health;

import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.chat.Pulse;

/// What [FleetWatch] asks of the world. Every method returns at once; what comes of it is told to
/// the watch later, on its own thread.
public interface Effects {
  /// Leads to [FleetWatch#probed], whatever happens.
  void probe(Vm vm);

  /// Publishes on the fleet's pulse topic. A message that is lost is sent again by the rules.
  void send(Pulse pulse);

  /// Reads Compute Engine's list: leads to [FleetWatch#listed] or [FleetWatch#listFailed].
  void list();

  /// Reads a VM that the list left out: leads to [FleetWatch#reread].
  void confirmMissing(Vm vm);

  /// Takes the last look at a VM and deletes it if all agree: leads to [FleetWatch#endAccepted],
  /// [FleetWatch#endRefused], [FleetWatch#endFailed] or [FleetWatch#missing].
  void end(Vm vm, End end, String reason);
}
