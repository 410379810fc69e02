/// How well this console sees: lists, heartbeats, its own message to itself, and its doubt about
/// itself.
@NullMarked
package dev.podium.fleet.health.sight;

import org.jspecify.annotations.NullMarked;
