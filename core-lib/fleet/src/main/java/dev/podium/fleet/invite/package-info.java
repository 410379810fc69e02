/// Signed invites: who may come in, to which room, on which VM, until when.
///
/// An invite is a compact JSON Web Signature (RFC 7515) with Ed25519 (RFC 8037), made by the
/// operator's console. VMs hold only public keys, as a JSON Web Key Set in their metadata, so a
/// stolen VM can forge none. A key is named by its RFC 7638 thumbprint; after a rotation the old
/// key goes on verifying until the last invite that it signed has expired. The console keeps the
/// private keys in a file that only its user may read. Each fleet has keys of its own: an invite of
/// one fleet is forged in the eyes of another.
///
/// Beside invites a fleet may have one access code, which lets in whoever was told it; of it the
/// consoles and the VMs keep a salted hash alone.
///
/// Verification runs on the agent and needs the JDK and Jackson alone.
@NullMarked
package dev.podium.fleet.invite;

import org.jspecify.annotations.NullMarked;
