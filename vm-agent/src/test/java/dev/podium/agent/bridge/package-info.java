/// Tests of the bridges' parts that need no bus.
@NullMarked
package dev.podium.agent.bridge;

import org.jspecify.annotations.NullMarked;
