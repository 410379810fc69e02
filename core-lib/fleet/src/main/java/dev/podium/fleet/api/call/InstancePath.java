package dev.podium.fleet.api.call;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.model.PodiumException;

/// Which VM a request's path names, as in `/v1/instances/{name}`.
record InstancePath(Fleet fleet) {
  /// @throws PodiumException.NotFound if the fleet has no VM of that name
  FleetVm vm(ServiceRequestContext context) {
    VmName name = name(context);
    return fleet
        .find(name)
        .orElseThrow(() ->
            new PodiumException.NotFound(
                "There is no VM '" + name + "'",
                "the fleet has none of that name",
                "GET /v1/instances lists those that there are.",
                null));
  }

  /// The name alone, whether there is such a VM or not.
  static VmName name(ServiceRequestContext context) {
    return new VmName(String.valueOf(context.pathParam("name")));
  }
}
