package dev.podium.fleet.health.ending;

/// A VM that ended for its health, whoever ended it.
///
/// @param vmId the cloud's number for it
/// @param at when the cloud accepted its deletion, monotonic nanoseconds of this console
public record HealthEnd(String vmId, long at) {}
