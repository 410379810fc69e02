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
/// # What is served
///
/// All is GET or HEAD, and has a Content-Security-Policy that lets nothing else in.
///
/// | path | answer |
/// |---|---|
/// | `/` | the page; `ETag`, asked for each time |
/// | `/assets/NAME-HASH.ENDING` | the page's parts: another address for other bytes, so kept for good |
/// | `/page/NAME.mjs`, `/app.css`, `/icon.svg` | the same as they are written |
/// | `/ws` | the WebSocket ([dev.podium.agent.chat] has its frames) |
/// | `/join?room=` | the front door: 302 to the VM with the most free seats, or 503 with the waiting page |
/// | `/join/seat?who=&room=` | what the waiting page asks: `{"url"?,"waiting"}` |
/// | `/join/ways` | how one comes in: `{"code"}`, whether there is an access code beside invites |
/// | `/healthz` | 200 or 503: `{status, instance, bootId, participants, seats, idleSeconds, checks}` |
/// | `/metrics` | OpenMetrics, for the VM itself and private networks |
///
/// The page and its parts are sent compressed to whoever takes gzip: about 35 KB for all of it.
///
/// The page itself is in the resources beside this package. It is plain modules, one idea each,
/// which ask nobody but the VM for anything. `page/main.mjs` puts them together, and [PageBuild]
/// makes one script of them in the build. What they decide without a browser is tested in
/// `src/test/page`, and their types are checked.
@NullMarked
package dev.podium.agent.web;

import org.jspecify.annotations.NullMarked;
