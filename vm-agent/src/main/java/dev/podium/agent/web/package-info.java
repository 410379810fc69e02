/// The VM's face: the page, the WebSocket, the front door, health and metrics.
///
/// One event loop, the *chat loop*, reads and writes every socket and owns the chat's state, so
/// nothing is locked.
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
/// - Whoever may publish on the topic: their messages are held to the limits of a page's
///   ([dev.podium.wire.chat.ChatLimits]).
///
/// Whoever meets a bound is told so in an `error` frame with a sentence; the page tries again where
/// that helps.
///
/// `/metrics` is for the fleet: whoever asks from the internet is told that there is no such page.
///
/// The page itself is in the resources beside this package. It is plain modules without a build
/// step, one idea each, which ask nobody but the VM for anything. `page/main.mjs` puts them
/// together; what they decide without a browser is tested in `src/test/page`.
@NullMarked
package dev.podium.agent.web;

import org.jspecify.annotations.NullMarked;
