/// One VM from near: what it is, why Podium thinks of it what it thinks, what it writes to its
/// serial console, its labels.
@NullMarked
package dev.podium.desktop.details;

import org.jspecify.annotations.NullMarked;
