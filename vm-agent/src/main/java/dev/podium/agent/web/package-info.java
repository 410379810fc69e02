/// The VM's face: the page, the WebSocket, the front door, health and metrics.
///
/// One event loop, the *chat loop*, reads and writes every socket and owns the chat's state, so
/// nothing is locked. A message is encoded once. What a room says during one turn of the loop
/// becomes one buffer, and each socket gets it in one write; an idle loop's turn ends at once, so
/// nothing waits. The wall is the kernel's cost of a write, about 7 µs for each socket, whatever
/// its length: the busier the room, the more each write carries.
@NullMarked
package dev.podium.agent.web;

import org.jspecify.annotations.NullMarked;
