/// Between Pub/Sub and the rooms.
///
/// Out: a message is published under its room's ordering key, and acknowledged to its sender only
/// when Pub/Sub has it. All that is published under that key, markers too, waits in one queue,
/// [RoomQueue]. The bus takes one call of a key at a time and keeps none.
///
/// In: what a room shows comes from the subscription alone, the VM's own messages too. So the order
/// is the topic's, and the same on every VM.
///
/// At its start a VM sets its own new subscription back over the topic's retention and publishes a
/// marker behind everything. It is *ready* when the marker has come back and what lay before it has
/// come too: a marker in each room shows that.
///
/// A VM can also fall behind later: it stood still, or Pub/Sub brings it something late. Who comes
/// back with a message that it does not have waits for a marker in their room.
@NullMarked
package dev.podium.agent.bridge;

import org.jspecify.annotations.NullMarked;
