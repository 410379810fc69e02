/// Counters and histograms that `/metrics` shows.
@NullMarked
package dev.podium.agent.metric;

import org.jspecify.annotations.NullMarked;
