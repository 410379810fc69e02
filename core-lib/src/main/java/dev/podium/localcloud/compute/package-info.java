/// Compute Engine's REST protocol, version 1, over the local cloud's truth.
///
/// A request becomes a [dev.podium.localcloud.compute.Call], a route answers it with a
/// [dev.podium.localcloud.compute.Answer] or throws a [dev.podium.localcloud.state.Refusal], and
/// the service writes either as Google does: JSON, 64-bit numbers as texts, errors in Google's
/// envelope, links with Google's own host. Unknown query parameters and unknown members of a body
/// are never refused, because newer clients send more than older servers know.
@NullMarked
package dev.podium.localcloud.compute;

import org.jspecify.annotations.NullMarked;
