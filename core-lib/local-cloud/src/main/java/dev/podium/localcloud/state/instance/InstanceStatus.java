package dev.podium.localcloud.state.instance;

/// Where an instance is in its life, in Compute Engine's words.
public enum InstanceStatus {
  /// Resources are being set aside; nothing runs.
  PROVISIONING,
  /// Resources are there; the machine is being put together.
  STAGING,
  /// The machine runs; whether its programs do is another matter.
  RUNNING,
  /// The machine is to be stopped and may first finish what it does, where it was promised that.
  PENDING_STOP,
  /// The machine was asked to end and has a moment to do so.
  STOPPING,
  /// The machine's memory is being saved.
  SUSPENDING,
  /// The machine is frozen and can carry on where it was.
  SUSPENDED,
  /// The machine is off; its disks and its record remain.
  TERMINATED
}
