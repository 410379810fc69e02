/// The operator's side of signed invites: who may come in, to which room, on which VM, until when.
///
/// An invite is a compact JSON Web Signature (RFC 7515) with Ed25519 (RFC 8037), made by the
/// operator's console. VMs hold only public keys, as a JSON Web Key Set in their metadata, so a
/// stolen VM can forge none. They verify with [dev.podium.wire.invite.InviteVerifier].
///
/// A key is named by its RFC 7638 thumbprint. After a rotation the old key goes on verifying until
/// the last invite that it signed has expired. The console keeps the private keys in a file that
/// only its user may read. Each fleet has keys of its own: an invite of one fleet is worth nothing
/// in another.
@NullMarked
package dev.podium.fleet.invite;

import org.jspecify.annotations.NullMarked;
