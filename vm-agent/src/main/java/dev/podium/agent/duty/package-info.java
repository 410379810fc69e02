/// What a VM owes its fleet: to say that it lives and how it is, and to know what it was told by
/// its metadata. One thread of its own does the duties, so that a stuck chat loop is noticed and
/// told.
@NullMarked
package dev.podium.agent.duty;

import org.jspecify.annotations.NullMarked;
