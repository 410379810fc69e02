/// The commands inside this JVM, with nothing behind them.
@NullMarked
package dev.podium.desktop.cli;

import org.jspecify.annotations.NullMarked;
