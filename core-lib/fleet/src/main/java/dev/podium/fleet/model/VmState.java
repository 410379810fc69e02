package dev.podium.fleet.model;

/// What Compute Engine says of an instance (`Instance.status`); health is another question.
public enum VmState {
  /// Resources are being found.
  PROVISIONING,
  /// Resources are found, the machine is being prepared to boot.
  STAGING,
  /// The machine runs; whether its service does is the heartbeat's to tell.
  RUNNING,
  /// The machine is being shut down.
  STOPPING,
  /// The machine is off; its disks still cost money.
  TERMINATED,
  /// The memory is being saved.
  SUSPENDING,
  /// The memory is saved, the machine is off.
  SUSPENDED,
  /// The cloud is mending the machine.
  REPAIRING,
  /// A word that this release does not know; never a reason to act.
  UNKNOWN;

  /// Whether a machine in this state is switched off, or is being so.
  public boolean isOff() {
    return switch (this) {
      case STOPPING, TERMINATED, SUSPENDING, SUSPENDED -> true;
      case PROVISIONING, STAGING, RUNNING, REPAIRING, UNKNOWN -> false;
    };
  }

  /// The state for the cloud's word; a word that this release does not know is [#UNKNOWN], because
  /// the cloud may add some.
  public static VmState of(String word) {
    for (VmState state : values()) {
      if (state.name().equals(word)) {
        return state;
      }
    }
    return switch (word) {
      case "PENDING" -> PROVISIONING;
      case "PENDING_STOP", "DEPROVISIONING" -> STOPPING;
      case "STOPPED" -> TERMINATED;
      default -> UNKNOWN;
    };
  }
}
