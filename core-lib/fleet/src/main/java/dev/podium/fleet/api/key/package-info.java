/// The keys of the REST API: who has which, what it permits, and until when.
///
/// The one rule: the file is the truth. Whoever asks looks at it first, so that a key which one
/// console revoked is good at no other console of this user either.
@NullMarked
package dev.podium.fleet.api.key;

import org.jspecify.annotations.NullMarked;
