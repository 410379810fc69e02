/// Who speaks: Ed25519 keys of VMs and consoles, and the roster that says which key is whose.
///
/// A VM makes its pair itself and shows it to the consoles with an identity token of its metadata
/// server. Consoles check the token and publish the [dev.podium.wire.identity.Roster]. A console's
/// public keys reach the VMs through their metadata, which only who runs the fleet can write.
@NullMarked
package dev.podium.wire.identity;

import org.jspecify.annotations.NullMarked;
