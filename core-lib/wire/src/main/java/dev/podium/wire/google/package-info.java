/// What all calls of Google's services share: how they are repeated, in whose name they are made,
/// and how a failure is described.
@NullMarked
package dev.podium.wire.google;

import org.jspecify.annotations.NullMarked;
