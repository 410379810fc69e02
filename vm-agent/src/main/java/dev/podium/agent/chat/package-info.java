/// The chat over WebSockets: frames, what they mean, and how what a room says reaches every socket.
/// On the chat loop.
@NullMarked
package dev.podium.agent.chat;

import org.jspecify.annotations.NullMarked;
