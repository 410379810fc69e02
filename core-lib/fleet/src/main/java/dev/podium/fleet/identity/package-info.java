/// Who speaks on the pulse topic, as a console knows it: which VM has which key, and what is
/// believed.
///
/// A VM announces its key with an identity token of its metadata server. The console checks the
/// token, and that Compute Engine lists that very VM with the fleet's label
/// ([dev.podium.fleet.identity.Enrolment]). From then on the VM is heard by its signature alone
/// ([dev.podium.fleet.identity.PulseIntake]). All consoles say which VMs the fleet has, and where
/// they are by Compute Engine's word ([dev.podium.fleet.identity.RosterKeeper]).
///
/// A VM of a release without signatures is judged by what is said in its name, as before there were
/// keys. What is said in the name of one that signs, before its key is known, is a sign of life
/// only ([dev.podium.fleet.identity.UnprovedHeartbeats]). Neither is on the roster, so nobody is
/// sent there.
@NullMarked
package dev.podium.fleet.identity;

import org.jspecify.annotations.NullMarked;
