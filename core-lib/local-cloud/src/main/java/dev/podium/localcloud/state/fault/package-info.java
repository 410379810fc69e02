/// What goes wrong in the cloud on demand, and how long the cloud takes for things.
@NullMarked
package dev.podium.localcloud.state.fault;

import org.jspecify.annotations.NullMarked;
