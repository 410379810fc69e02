package dev.podium.localcloud.compute.request;

import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.compute.Edits;
import dev.podium.localcloud.state.compute.InstanceLifecycle;
import dev.podium.localcloud.state.instance.Machines;
import dev.podium.localcloud.state.token.IssuedTokens;

/// What the service works on.
///
/// @param machines what stands behind the instances
/// @param tokens all that were given out
public record ComputeParts(
    ComputeState state,
    InstanceLifecycle lifecycle,
    Edits edits,
    Machines machines,
    IssuedTokens tokens) {}
