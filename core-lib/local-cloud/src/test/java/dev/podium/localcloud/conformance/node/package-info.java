/// Google's own Node clients, from their registry, at work on the local cloud. What they do is in
/// the scripts of `src/test/npm`; the exact versions are in the lock file there.
@NullMarked
package dev.podium.localcloud.conformance.node;

import org.jspecify.annotations.NullMarked;
