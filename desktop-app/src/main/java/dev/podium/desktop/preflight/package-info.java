/// The check of a project as the window shows it: rows that fill in, with what helps beside each.
///
/// The one rule: nothing is changed in the project unless the person presses *Fix it*.
@NullMarked
package dev.podium.desktop.preflight;

import org.jspecify.annotations.NullMarked;
