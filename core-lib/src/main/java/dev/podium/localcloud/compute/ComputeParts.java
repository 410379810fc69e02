package dev.podium.localcloud.compute;

import dev.podium.localcloud.state.AccessTokens;
import dev.podium.localcloud.state.ComputeState;
import dev.podium.localcloud.state.Edits;
import dev.podium.localcloud.state.InstanceLifecycle;
import dev.podium.localcloud.state.Machines;

/// What the service works on.
///
/// @param machines what stands behind the instances
/// @param tokens all that were given out
public record ComputeParts(
    ComputeState state,
    InstanceLifecycle lifecycle,
    Edits edits,
    Machines machines,
    AccessTokens tokens) {}
