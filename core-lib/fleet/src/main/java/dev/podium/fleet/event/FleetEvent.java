package dev.podium.fleet.event;

import dev.podium.fleet.model.Evidence;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.VmName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Something that happened to the fleet.
public sealed interface FleetEvent {
  /// A VM is there, or is not what it was before.
  record VmChanged(FleetVm vm) implements FleetEvent {}

  /// A VM is no more.
  ///
  /// @param id the cloud's number for it, because another may already have its name
  /// @param reason the sentence why
  record VmGone(VmName name, String id, String reason) implements FleetEvent {}

  /// A line of the activity list: somebody or something did something, and why.
  ///
  /// @param at by the console's clock
  /// @param vm which VM it was about, if one
  /// @param sentence for a person to read
  /// @param evidence what the decision rested on
  record Activity(
      Instant at,
      Actor actor,
      Level level,
      Optional<VmName> vm,
      String sentence,
      List<Evidence> evidence)
      implements FleetEvent {
    public Activity {
      evidence = List.copyOf(evidence);
    }
  }

  /// The monitor's own state: once a tick, and when it has told every VM of the cloud's first list.
  ///
  /// @param lastTick by the console's clock
  /// @param doubt the observer's score, 0 (well) to 8
  /// @param banner a sentence that the operator must see, such as why nothing is removed at present
  /// @param listed whether that list came: until then a fleet without VMs is one that nobody has
  ///   looked at
  record MonitorTicked(Instant lastTick, int doubt, Optional<String> banner, boolean listed)
      implements FleetEvent {}

  /// Who acted.
  enum Actor {
    /// A person, through the window, the command line or the API.
    OPERATOR,
    /// The health monitor.
    MONITOR,
    /// The scaler.
    SCALER,
    /// The cloud itself, or somebody outside Podium.
    CLOUD
  }

  /// How much it matters.
  enum Level {
    /// As expected.
    INFO,
    /// Worth a look.
    WARNING,
    /// Something did not work.
    FAILURE
  }
}
