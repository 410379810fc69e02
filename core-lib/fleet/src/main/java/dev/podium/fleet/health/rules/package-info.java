/// The table of a VM's health states. A row names the next state and never calls another row; one
/// bounded loop enters it. Pure: no clock, no thread, no network.
@NullMarked
package dev.podium.fleet.health.rules;

import org.jspecify.annotations.NullMarked;
