/// What agents and consoles share beside their messages: why something failed, and the labels of
/// what belongs to a fleet.
@NullMarked
package dev.podium.wire.model;

import org.jspecify.annotations.NullMarked;
