/// What the window remembers of itself, and the page that shows the settings.
@NullMarked
package dev.podium.desktop.settings;

import org.jspecify.annotations.NullMarked;
