/// Everything that happened, as sentences with their time; filtered, and exported as JSON lines.
@NullMarked
package dev.podium.desktop.activity;

import org.jspecify.annotations.NullMarked;
