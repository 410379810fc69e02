/// Whom a command asks: a running server of Podium, or a local cloud.
@NullMarked
package dev.podium.desktop.cli.client;

import org.jspecify.annotations.NullMarked;
