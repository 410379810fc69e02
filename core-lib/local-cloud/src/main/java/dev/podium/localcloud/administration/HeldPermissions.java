package dev.podium.localcloud.administration;

import dev.podium.localcloud.state.project.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The answer of every `testIamPermissions`: those of the permissions that the caller holds.
final class HeldPermissions {
  private HeldPermissions() {}

  static Map<String, Object> of(Access access, AdministrationCall call) {
    List<String> asked = new ArrayList<>();
    call.body().path("permissions").forEach(permission -> asked.add(permission.asText()));
    List<String> held = access.held(call.user(), call.machine(), asked);
    // Google leaves out what is empty.
    return held.isEmpty() ? Map.of() : Map.of("permissions", held);
  }
}
