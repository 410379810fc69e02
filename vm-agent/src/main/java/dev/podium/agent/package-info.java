/// The service on every VM: wiring and ordered shutdown, the chat loop, the log, and what systemd
/// is told.
@NullMarked
package dev.podium.agent;

import org.jspecify.annotations.NullMarked;
