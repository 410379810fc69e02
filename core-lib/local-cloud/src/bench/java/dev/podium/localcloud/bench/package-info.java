/// What the local cloud reaches, beside Google's own.
@NullMarked
package dev.podium.localcloud.bench;

import org.jspecify.annotations.NullMarked;
