/// The least of a WebSocket client, so that a load generator or a checker with thousands of
/// participants spends its time on what it measures.
@NullMarked
package dev.podium.agent.wire;

import org.jspecify.annotations.NullMarked;
