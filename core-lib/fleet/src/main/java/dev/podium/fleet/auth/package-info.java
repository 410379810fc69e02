/// Who the operator is: sign-in with a browser, tokens that are refreshed before they end, and
/// their safe keeping. It follows OAuth 2.0 for installed apps (RFC 8252) with PKCE (RFC 7636).
///
/// The few form posts to the identity server are our own. Google's library cannot serve a client
/// without a secret, and it drops the `id_token`. It measures lifetimes by the wall clock, and
/// always revokes at Google even if the sign-in was made elsewhere. Here a lifetime is the server's
/// `expires_in`, counted on the monotonic clock. A laptop whose clock is wrong, or that slept,
/// neither uses a dead token nor drops a live one.
@NullMarked
package dev.podium.fleet.auth;

import org.jspecify.annotations.NullMarked;
