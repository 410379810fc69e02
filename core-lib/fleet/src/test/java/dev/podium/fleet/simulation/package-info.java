/// A fleet, its people, its cloud and its consoles, simulated: discrete events on one thread, drawn
/// from one seed. So whatever goes wrong goes wrong again.
///
/// The consoles are the production classes: [dev.podium.fleet.health.FleetWatch] with all its
/// rules, [dev.podium.fleet.health.ending.LastLook] and [dev.podium.fleet.scaler.Scaling]. What
/// they meet is simulated: Compute Engine with its errors, stock-outs and slow operations, Pub/Sub
/// with its delays and repeats. So are agents that die and hang, people who come and forget to
/// leave, and laptops that sleep. In a part of the runs a [Thief] has one of the VMs, or some VMs
/// and a console are of the release before. [Referee] knows the truth, and says after each step
/// whether a promise was broken.
@NullMarked
package dev.podium.fleet.simulation;

import org.jspecify.annotations.NullMarked;
