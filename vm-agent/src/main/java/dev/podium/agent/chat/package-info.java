/// The chat over WebSockets: frames, what they mean, and how what a room says reaches every socket.
/// On the chat loop.
///
/// A message is encoded once. What a room says during one turn of the loop becomes one buffer, and
/// each socket gets it in one write; an idle loop's turn ends at once, so nothing waits. What
/// bounds a VM is the kernel's cost of a write: about 7 µs for each socket, whatever its length.
/// The busier the room, the more each write carries.
///
/// A seat is held for as long as what opened it is good. An invite may expire or be taken back, or
/// its key may be thrown away. Then its people are told and put out (4001), as they would be at
/// their next connection. When the access code is changed or cleared, who is in by it is asked for
/// it again within seconds.
@NullMarked
package dev.podium.agent.chat;

import org.jspecify.annotations.NullMarked;
