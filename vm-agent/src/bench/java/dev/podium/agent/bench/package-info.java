/// The agent beside what somebody would take instead: fan-out, latency, memory and start.
@NullMarked
package dev.podium.agent.bench;

import org.jspecify.annotations.NullMarked;
