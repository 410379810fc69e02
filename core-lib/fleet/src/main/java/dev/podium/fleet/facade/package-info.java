/// The fleet as one object: its parts are built here, in order, and each knows only what was built
/// before it.
@NullMarked
package dev.podium.fleet.facade;

import org.jspecify.annotations.NullMarked;
