/// The table of a VM's health states, held a few rows at a time. A row names the next state and
/// never calls another row; [StateTable] enters it, in one bounded loop. Pure: no clock, no thread,
/// no network.
///
/// - [StartRules]: STARTING and UNKNOWN, of which too little is known yet
/// - [UseRules]: HEALTHY and IDLE, by whether people use it
/// - [SilenceRules]: SUSPECT, UNREACHABLE and CONDEMNED, ever longer unheard of
/// - [BrokenRules]: BROKEN, which answers but does not work
/// - [DrainRules]: DRAINING, to which a [DrainConversation] leads
/// - [StoppedRules]: DELETING and TERMINATED, by Compute Engine's own word
@NullMarked
package dev.podium.fleet.health.rules;

import org.jspecify.annotations.NullMarked;
