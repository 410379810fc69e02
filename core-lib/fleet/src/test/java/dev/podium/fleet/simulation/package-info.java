/// A fleet, its people, its cloud and its consoles, simulated: discrete events on one thread, drawn
/// from one seed, so that whatever goes wrong goes wrong again.
///
/// The consoles are the production classes: [dev.podium.fleet.health.FleetWatch] with all its
/// rules, [dev.podium.fleet.health.ending.LastLook] and [dev.podium.fleet.scaler.Scaling]. What is
/// simulated is what they meet: Compute Engine with its errors, stock-outs and slow operations,
/// Pub/Sub with its delays and repeats, agents that die and hang, people who come and forget to
/// leave, laptops that sleep. [Referee] knows the truth, and says after each step whether a promise
/// was broken.
@NullMarked
package dev.podium.fleet.simulation;

import org.jspecify.annotations.NullMarked;
