/// The VM's face: the page, the WebSocket, the front door, health and metrics.
///
/// One event loop, the *chat loop*, reads and writes every socket and owns the chat's state, so
/// nothing is locked. A message is encoded once. What a room says during one turn of the loop
/// becomes one buffer, and each socket gets it in one write; an idle loop's turn ends at once, so
/// nothing waits. What bounds a VM is the kernel's cost of a write: about 7 µs for each socket,
/// whatever its length. The busier the room, the more each write carries.
///
/// Nothing that comes from outside is unbounded:
///
/// - A page: 8 KiB a frame, 20 hellos and 2,000 frames a minute, 256 messages or 1 MiB that it has
///   not read.
/// - A person: five pages, 100 messages a minute.
/// - An address: 20 failed attempts a minute, and 1,200 in all.
/// - Who has not been let in: 16 KiB, 1,024 connections of one address, 4,096 in all. Nothing more
///   is answered while earlier answers wait.
/// - The VM: what waits for Pub/Sub, what waits to be read, and the rooms' histories, each in all.
///
/// Whoever meets a bound is told so in an `error` frame with a sentence; the page tries again where
/// that helps.
///
/// A seat is held for as long as what opened it is good. An invite may expire or be taken back, or
/// its key may be thrown away. Then its people are told and put out (4001), as they would be at
/// their next connection. A new access code keeps newcomers out and leaves those who are in.
///
/// The page itself is in the resources beside this package. It is plain modules without a build
/// step, one idea each, which ask nobody but the VM for anything. `page/main.mjs` puts them
/// together; what they decide without a browser is tested in `src/test/page`.
@NullMarked
package dev.podium.agent.web;

import org.jspecify.annotations.NullMarked;
