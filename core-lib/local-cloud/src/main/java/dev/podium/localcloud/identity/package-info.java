/// Google's OAuth 2.0 endpoints for an app on a person's computer. They are the consent page,
/// tokens, who a token belongs to, and the keys that sign identity tokens.
///
/// Any client id and any secret is known here, and any e-mail address is a person who needs no
/// password. All else is as strict as Google's. Redirects go only to the loopback. A code is good
/// once, for its client, redirect and code verifier. Refresh tokens end when they are revoked.
@NullMarked
package dev.podium.localcloud.identity;

import org.jspecify.annotations.NullMarked;
