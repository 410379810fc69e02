/// The window: sign-in or fleet, navigation, status bar, keyboard, and the composition of the
/// features, which do not know one another.
@NullMarked
package dev.podium.desktop.shell;

import org.jspecify.annotations.NullMarked;
