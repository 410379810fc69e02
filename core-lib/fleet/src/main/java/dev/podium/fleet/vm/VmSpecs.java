package dev.podium.fleet.vm;

import dev.podium.fleet.CreateRequest;
import dev.podium.fleet.directory.FleetSettings;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmSpec;
import dev.podium.fleet.model.offer.BootDiskType;
import dev.podium.wire.chat.AgentMetadata;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// What the fleet's VMs are made of: what was asked for, the fleet's labels, and what the agent has
/// to know from its first moment.
///
/// @param admission the metadata that say who is let in; may block
public record VmSpecs(FleetSettings settings, Supplier<Map<String, String>> admission) {
  /// What the VM is made of, in that zone.
  ///
  /// @param more labels
  /// @throws PodiumException.Invalid if the request asks for something impossible
  VmSpec of(CreateRequest request, VmName name, String zone, Map<String, String> more) {
    Map<String, String> labels = new HashMap<>(request.labels());
    labels.putAll(more);
    labels.put(Labels.FLEET, settings.fleet());
    labels.put(Labels.OWNER, settings.ownerLabel());
    labels.put(Labels.CONSOLE, settings.console());
    Map<String, String> metadata = new HashMap<>(admission.get());
    metadata.put(AgentMetadata.FLEET, settings.fleet());
    metadata.put(AgentMetadata.SEATS, Integer.toString(request.seats()));
    metadata.put(
        AgentMetadata.HEARTBEAT_SECONDS,
        Long.toString(settings.limits().watching().heartbeat().toSeconds()));
    metadata.put(AgentMetadata.VERSION, settings.version());
    settings.port().ifPresent(port -> metadata.put(AgentMetadata.PORT, Integer.toString(port)));
    metadata.put(AgentMetadata.IDENTITY, AgentMetadata.IDENTITY_KIND);
    return new VmSpec(
        name,
        zone,
        request.machineType(),
        request.image(),
        BootDiskType.fitting(request.diskType(), request.machineType()),
        request.diskSizeGb(),
        request.spot(),
        request.runLimit(),
        labels,
        metadata);
  }
}
