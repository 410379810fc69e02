/// Between Pub/Sub and the rooms.
///
/// Out: a message is published under its room's ordering key, and acknowledged to its sender only
/// when Pub/Sub has it. In: what a room shows comes from the subscription alone, the VM's own
/// messages too, so the order is the topic's and the same on every VM. At its start a VM sets its
/// own new subscription back over the topic's retention, sets a marker behind everything, and is
/// *ready* when the marker has come back and what lay before it has come too.
@NullMarked
package dev.podium.agent.bridge;

import org.jspecify.annotations.NullMarked;
