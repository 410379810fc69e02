package dev.podium.localcloud.compute.request;

import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.place.Catalog;

/// Reads and checks the path parameters that nearly every method shares: project, zone, name.
public final class PathParameters {
  private PathParameters() {}

  /// @throws Refusal 404 unless the path names the cloud's own project, by id or by number
  public static void requireOwnProject(ComputeState state, Call call) {
    String named = call.path("project");
    if (!named.equals(state.project().id())
        && !named.equals(String.valueOf(state.project().number()))) {
      throw Refusal.notFound("projects/" + named);
    }
  }

  /// @throws Refusal 404 unless there is such a zone
  public static String zone(ComputeState state, String zone) {
    if (!Catalog.isZone(zone)) {
      throw Refusal.notFound(state.project().path("zones/" + zone));
    }
    return zone;
  }

  /// The own zone that the path names.
  public static String zone(ComputeState state, Call call) {
    requireOwnProject(state, call);
    return zone(state, call.path("zone"));
  }

  /// The instance or disk that the path names; it need not exist.
  public static InstanceKey key(ComputeState state, Call call) {
    return new InstanceKey(zone(state, call), call.path("name"));
  }
}
