/// What one VM knows of the chat: its people, the rooms' histories, the other VMs. Pure state over
/// an injected clock.
///
/// The rule of this package: one thread, the *chat loop*, owns all of it. Nothing here locks,
/// blocks or starts a thread; whoever comes from another thread hands its call to the loop. So
/// "somebody joined first" and "the drain came first" can not both be true.
@NullMarked
package dev.podium.agent.room;

import org.jspecify.annotations.NullMarked;
