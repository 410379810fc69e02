package dev.podium.fleet.model;

import java.time.Instant;

/// A Pub/Sub subscription that a VM made for itself, as its labels tell.
///
/// @param vm the VM's name
/// @param vmId the cloud's number for that VM, because another may have its name by now
/// @param created by the VM's clock: Pub/Sub itself does not say when
public record VmSubscription(String name, String vm, String vmId, Instant created) {}
