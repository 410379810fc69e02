/// What the window's tests share: a fleet that does what the test says, a window's thread and a
/// clock that the test moves.
@NullMarked
package dev.podium.desktop.testing;

import org.jspecify.annotations.NullMarked;
