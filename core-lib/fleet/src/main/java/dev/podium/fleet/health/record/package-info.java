/// What is remembered of one VM: observations come in, a record of what they mean comes out.
/// Immutable values, no judgement.
@NullMarked
package dev.podium.fleet.health.record;

import org.jspecify.annotations.NullMarked;
