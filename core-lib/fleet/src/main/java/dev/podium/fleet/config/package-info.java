/// What this computer keeps for Podium in files: profiles, a fleet's saved policy, and where they
/// are. All are parsed once, and refused in one sentence.
@NullMarked
package dev.podium.fleet.config;

import org.jspecify.annotations.NullMarked;
