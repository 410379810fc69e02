/// Whose word a VM goes by.
@NullMarked
package dev.podium.agent.trust;

import org.jspecify.annotations.NullMarked;
