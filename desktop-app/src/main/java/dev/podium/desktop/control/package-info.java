/// The controls that every page of the window is built from, and the words in which it speaks of
/// ages, money and failures.
@NullMarked
package dev.podium.desktop.control;

import org.jspecify.annotations.NullMarked;
