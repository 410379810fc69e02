/// The local cloud: Compute Engine, Cloud Pub/Sub, Google's sign-in and the metadata server on one
/// computer, over the protocols that Google's own clients speak.
///
/// It is an emulator for trying things out and for tests. It binds to the loopback only, keeps
/// everything in memory, and forgets all of it when it ends. It runs machines as child processes,
/// with the rights of whoever started it. It knows none of Podium's other modules and meets them
/// only over Google's protocols, so that it remains an independent check.
@NullMarked
package dev.podium.localcloud;

import org.jspecify.annotations.NullMarked;
