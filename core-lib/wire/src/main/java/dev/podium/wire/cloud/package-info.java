/// The ports that an agent needs of a cloud, in Podium's words: messages, tokens and time, and the
/// pauses after a failure. Failures are [dev.podium.wire.model.PodiumException].
@NullMarked
package dev.podium.wire.cloud;

import org.jspecify.annotations.NullMarked;
