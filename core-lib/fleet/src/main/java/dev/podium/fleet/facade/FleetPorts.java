package dev.podium.fleet.facade;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.cloud.IdentityTokens;
import dev.podium.fleet.cloud.Leftovers;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;

/// What a fleet has of the world outside: Google's services, its VMs' health endpoint and the time.
/// Whoever made them closes them, after the fleet.
///
/// @param compute makes, lists and deletes VMs
/// @param bus carries the pulse topic
/// @param leftovers disks and subscriptions that VMs leave behind
/// @param probe asks a VM whether it works
/// @param tokens checks which VM an identity token is of
/// @param ticker this computer's clocks and, as far as its answers tell, the cloud's
public record FleetPorts(
    ComputeCloud compute,
    MessageBus bus,
    Leftovers leftovers,
    HealthProbe probe,
    IdentityTokens tokens,
    Ticker ticker) {}
