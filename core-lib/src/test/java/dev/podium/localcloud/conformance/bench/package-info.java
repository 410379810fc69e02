/// Programs that measure the local cloud; compiled with the tests, run by hand.
@NullMarked
package dev.podium.localcloud.conformance.bench;

import org.jspecify.annotations.NullMarked;
