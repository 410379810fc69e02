/// The few words that agents and consoles share: why something failed, and the labels of what
/// belongs to a fleet.
@NullMarked
package dev.podium.wire.model;

import org.jspecify.annotations.NullMarked;
