/// Settings: immutable, parsed once at the start, logged with their secrets left out.
@NullMarked
package dev.podium.core.config;

import org.jspecify.annotations.NullMarked;
