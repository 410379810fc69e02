/// Whose word this VM goes by: its own key, the fleet's roster, the consoles' keys, and which
/// heartbeats of other VMs it believes.
///
/// The rule of this package: nothing here runs on the chat loop, for a signature takes a few tenths
/// of a millisecond to check. What is believed is handed to the loop afterwards.
@NullMarked
package dev.podium.agent.trust;

import org.jspecify.annotations.NullMarked;
