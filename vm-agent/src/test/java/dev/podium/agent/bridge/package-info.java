/// Tests of the bridges' parts that need no bus.
package dev.podium.agent.bridge;
