/// Google's OAuth 2.0 endpoints for an app on a person's computer: the consent page, tokens, who a
/// token belongs to, and the keys that identity tokens are signed with.
///
/// Any client id and any secret is known here, and any e-mail address is a person who needs no
/// password. All else is as strict as Google's: redirects only to the loopback, one-time codes
/// bound to their client, redirect and code verifier, refresh tokens that end when they are
/// revoked.
@NullMarked
package dev.podium.localcloud.identity;

import org.jspecify.annotations.NullMarked;
