/// Reads the bodies of requests, and refuses what Compute Engine refuses.
@NullMarked
package dev.podium.localcloud.compute.body;

import org.jspecify.annotations.NullMarked;
