/// What Compute Engine knows as a whole, and the only ways to change it: the lives of instances,
/// and edits that move no machine.
@NullMarked
package dev.podium.localcloud.state.compute;

import org.jspecify.annotations.NullMarked;
