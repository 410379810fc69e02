package dev.podium.localcloud.compute.request;

import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.compute.Edits;
import dev.podium.localcloud.state.compute.InstanceLifecycle;
import dev.podium.localcloud.state.instance.Machines;
import dev.podium.localcloud.state.project.Access;
import dev.podium.localcloud.state.project.Administration;
import dev.podium.localcloud.state.storage.Buckets;
import dev.podium.localcloud.state.token.IssuedTokens;

/// What the service works on.
///
/// @param administration how the project is set up
/// @param access who may do what in it
/// @param machines what stands behind the instances
/// @param tokens all that were given out
/// @param buckets what Cloud Storage holds, of which images are made
public record ComputeParts(
    ComputeState state,
    Administration administration,
    Access access,
    InstanceLifecycle lifecycle,
    Edits edits,
    Machines machines,
    IssuedTokens tokens,
    Buckets buckets) {}
