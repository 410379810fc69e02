/// The local cloud's own controls below `/local/`: what goes wrong, and what is done to a machine
/// now.
@NullMarked
package dev.podium.localcloud.compute.fault;

import org.jspecify.annotations.NullMarked;
