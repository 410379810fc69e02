/// How well this console sees: the cloud's lists, heartbeats, its own message to itself, and its
/// doubt about itself. Nothing ends while the doubt is too large.
@NullMarked
package dev.podium.fleet.health.sight;

import org.jspecify.annotations.NullMarked;
