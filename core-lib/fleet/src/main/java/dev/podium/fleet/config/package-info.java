/// Settings: immutable, parsed once at the start, logged with their secrets left out.
@NullMarked
package dev.podium.fleet.config;

import org.jspecify.annotations.NullMarked;
