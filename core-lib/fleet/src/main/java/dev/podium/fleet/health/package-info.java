/// Which VMs are well, which are used, and which may end: the watch over all of them.
///
/// [HealthMonitor] is the one thread that drives it: it takes what waits in the [WatchInbox], and
/// ticks. [FleetWatch] does the work, step by step: [WatchedVms] moves each VM, [FleetEnds] begins
/// what may end. It has neither a thread nor a clock of its own, so that a test or a simulator can
/// own both. What it asks of the world goes out through [Effects].
///
/// The decisions are pure, and stand in packages of their own:
///
/// - [dev.podium.fleet.health.rules.HealthRules]: one VM, by the table of its states
/// - [dev.podium.fleet.health.sight.ObserverRules]: the console's doubt about itself
/// - [dev.podium.fleet.health.ending.EndRules]: what the fleet as a whole permits
///
/// [dev.podium.fleet.health.ending.VmEnding] is the only code here that asks for a deletion.
///
/// The rule above all others: a VM that somebody uses is never ended by Podium on its own. A VM
/// counts as unused only if its own agent said so, or if nobody reached it on two channels. The
/// console must have had every reason to trust itself then.
@NullMarked
package dev.podium.fleet.health;

import org.jspecify.annotations.NullMarked;
