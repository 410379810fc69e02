/// One receiving call at a time: a stream or a unary pull, and what it is told of its
/// acknowledgements.
@NullMarked
package dev.podium.localcloud.pubsub.stream;

import org.jspecify.annotations.NullMarked;
