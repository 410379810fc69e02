/// The commands that go on until they are stopped: the console, the server, the local cloud.
@NullMarked
package dev.podium.desktop.cli.server;

import org.jspecify.annotations.NullMarked;
