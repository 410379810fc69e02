package dev.podium.localcloud.state.instance;

/// A disk in an instance.
///
/// @param disk the disk's name, in the instance's zone
/// @param deviceName what the guest sees
/// @param boot whether the instance starts from it
/// @param autoDelete whether it goes with the instance
/// @param mode `READ_WRITE` or `READ_ONLY`
/// @param sizeGb for lists, so that they need not look the disk up
public record AttachedDisk(
    String disk, String deviceName, boolean boot, boolean autoDelete, String mode, long sizeGb) {}
