/// Which VMs are well, which are used, and which may end.
///
/// Decisions are pure: [HealthRules] for one VM, [ObserverRules] for the console's doubt about
/// itself, [EndRules] for what the fleet as a whole permits. [FleetWatch] applies them to the
/// fleet, step by step: [WatchedVms] moves each VM, [FleetEnds] begins what may end. It has neither
/// a thread nor a clock of its own, so that a test or a simulator can own both. [HealthMonitor] is
/// the one thread that drives it with the real bus, probe and cloud. [VmEnding] is the only code
/// here that asks for a deletion.
///
/// The table of a VM's states is held a few rows at a time. A row names the state that comes next,
/// and [StateTable] enters it:
///
/// - [StartRules]: STARTING and UNKNOWN, of which too little is known yet
/// - [UseRules]: HEALTHY and IDLE, by whether people use it
/// - [SilenceRules]: SUSPECT, UNREACHABLE and CONDEMNED, ever longer unheard of
/// - [BrokenRules]: BROKEN, which answers but does not work
/// - [DrainRules]: DRAINING, to which a [DrainConversation] leads
/// - [StoppedRules]: DELETING and TERMINATED, by Compute Engine's own word
///
/// The rule above all others: a VM that somebody uses is never ended by Podium on its own. A VM
/// counts as unused only if its own agent said so, or if nobody reached it on two channels. The
/// console must have had every reason to trust itself then.
@NullMarked
package dev.podium.fleet.health;

import org.jspecify.annotations.NullMarked;
